package org.spikelet.app.experiment;

import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.spikelet.app.question.Problem;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Initializer;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;

/**
 * A net and its loss.
 *
 * @param name what it is called where results are kept
 * @param net makes the net, and takes all that is random in its first weights from what it is given
 * @param loss the mean loss of a batch from outputs and targets, one number, to train on
 * @param watched the loss to look for spikes in; mostly the same
 */
public record Model(
    String name,
    Function<RandomGenerator, Module> net,
    BinaryOperator<Tensor> loss,
    BinaryOperator<Tensor> watched) {

  /** 14 → 100 → 40 → 4, ReLU, He initialization, mean squared error: the net of the question. */
  public static final Model PLAIN =
      of("plain", random -> Problem.net(random, Initializer.HE_NORMAL), Losses::meanSquaredError);

  /** The same net for four classes, with cross-entropy from logits. */
  public static final Model LOGITS = PLAIN.withLoss("logits", Losses::crossEntropy);

  /** A net of your own. */
  public static Model of(
      String name, Function<RandomGenerator, Module> net, BinaryOperator<Tensor> loss) {
    return new Model(name, net, loss, loss);
  }

  /** Returns this with another net. */
  public Model withNet(String other, Function<RandomGenerator, Module> different) {
    return new Model(other, different, loss, watched);
  }

  /** Returns this with another loss, which is watched too unless another one already is. */
  public Model withLoss(String other, BinaryOperator<Tensor> different) {
    return new Model(other, net, different, watchesAnother() ? watched : different);
  }

  /** Returns this with a loss that is looked at, and not trained on. */
  public Model watching(BinaryOperator<Tensor> other) {
    return new Model(name, net, loss, other);
  }

  /** Returns whether spikes are looked for in another loss than is trained on. */
  public boolean watchesAnother() {
    return !watched.equals(loss);
  }

  /** Returns the net with its first weights, the same each time. */
  public Module net(long seed) {
    return net.apply(new SplittableRandom(seed));
  }
}
