package org.spikelet.app.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Module;
import org.spikelet.optim.Precision;

/**
 * All of a training but its optimizer and its seed. Made by {@link #of}, and changed by {@code
 * with…}, which returns another one; what differs needs a name of its own.
 *
 * @param name part of the names of files
 * @param data what is learned
 * @param model by which net, with which loss
 * @param batchSize rows in a batch; at least the number of rows means full batch
 * @param dropLast whether a small last batch is left out
 * @param steps how many steps
 * @param quickSteps how many with {@code --quick}
 * @param sgdRate the learning rate that {@link #sgd} takes here
 * @param twist what is out of the ordinary
 */
public record Setup(
    String name,
    Data data,
    Model model,
    int batchSize,
    boolean dropLast,
    long steps,
    long quickSteps,
    double sgdRate,
    Twist twist) {

  /** Every step's loss is kept, in eight bytes. */
  private static final long MOST_STEPS = 100_000_000;

  private static final int BATCH_SIZE = 32;
  private static final long STEPS = 6_000;
  private static final long QUICK_STEPS = 1_500;
  private static final double SGD_RATE = 0.02;

  /** Heavy-tailed inputs in batches of 32: the question's flagship, with 6,000 of its steps. */
  public static final Setup FLAGSHIP = of("flagship", Data.HEAVY_TAILED, Model.PLAIN);

  /**
   * Normal inputs at full batch, without sampling noise: the question's companion, with half of its
   * rows and 6,000 of its steps.
   */
  public static final Setup COMPANION =
      of("companion", Data.NORMAL, Model.PLAIN)
          .withBatchSize(256)
          .withSteps(6_000, 5_000)
          .withSgdRate(0.1);

  /** What a training may do beside training. */
  public enum Twist {
    /** Nothing. */
    NONE,
    /** The loss on a fixed probe of 128 rows is taken at every step. */
    PROBE,
    /** At step 1000 the first row of the batch is multiplied by 1000 and labelled wrongly. */
    WRONG_ROW,
    /** After it batches are drawn with the weights frozen, and then the same are trained on. */
    FROZEN,
    /** It starts where Adam's loss was lowest. */
    LOW_POINT,
    /** It is made twice, and the sharpness measured the second time. */
    SHARPNESS,
    /** The result of every operation is rounded to float, and weights and moments are. */
    FLOAT32,
    /** The same, to bfloat16. */
    BFLOAT16,
    /** Only weights and moments are rounded to float, after each step. */
    FLOAT32_WEIGHTS;

    /** Returns what the result of every operation is rounded to. */
    public Optional<Precision> results() {
      return this == FLOAT32_WEIGHTS ? Optional.empty() : weights();
    }

    /** Returns what weights and moments are rounded to. */
    public Optional<Precision> weights() {
      return switch (this) {
        case FLOAT32, FLOAT32_WEIGHTS -> Optional.of(Precision.FLOAT32);
        case BFLOAT16 -> Optional.of(Precision.BFLOAT16);
        default -> Optional.empty();
      };
    }
  }

  /**
   * Checks the numbers and the name.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Setup {
    Name.check("setup", name);
    if (batchSize < 1) {
      throw wrong(name, "the batch size must be at least 1", batchSize);
    }
    if (steps < 1 || steps > MOST_STEPS) {
      throw wrong(name, "the number of steps must be from 1 to " + MOST_STEPS, steps);
    }
    if (quickSteps < 1 || quickSteps > steps) {
      throw wrong(name, "the quick steps must be from 1 to the steps, " + steps, quickSteps);
    }
    if (!(sgdRate > 0 && sgdRate < Double.POSITIVE_INFINITY)) {
      throw wrong(name, "the learning rate of SGD must be positive and finite", sgdRate);
    }
  }

  private static IllegalArgumentException wrong(String name, String rule, Object value) {
    return new IllegalArgumentException("setup '" + name + "': " + rule + ", got " + value);
  }

  /** 6,000 steps in shuffled batches of 32, unless changed; SGD's learning rate is 0.02. */
  public static Setup of(String name, Data data, Model model) {
    return new Setup(
        name, data, model, BATCH_SIZE, false, STEPS, QUICK_STEPS, SGD_RATE, Twist.NONE);
  }

  /** Returns this under another name. */
  public Setup named(String other) {
    return new Setup(other, data, model, batchSize, dropLast, steps, quickSteps, sgdRate, twist);
  }

  /** Returns this with other data. */
  public Setup withData(Data other) {
    return new Setup(name, other, model, batchSize, dropLast, steps, quickSteps, sgdRate, twist);
  }

  /** Returns this with another net and loss. */
  public Setup withModel(Model other) {
    return new Setup(name, data, other, batchSize, dropLast, steps, quickSteps, sgdRate, twist);
  }

  /** Returns this with another net. */
  public Setup withNet(Function<RandomGenerator, Module> net) {
    return withModel(model.withNet(name, net));
  }

  /** Returns this with another loss to train on: from the net's outputs and the targets. */
  public Setup withLoss(BinaryOperator<Tensor> loss) {
    return withModel(model.withLoss(name, loss));
  }

  /**
   * Returns this with another loss to look for spikes in, not trained on: where two losses are
   * compared, both need the same yardstick.
   */
  public Setup watching(BinaryOperator<Tensor> watched) {
    return withModel(model.watching(watched));
  }

  /** Returns this with so many rows in a batch. */
  public Setup withBatchSize(int rows) {
    return new Setup(name, data, model, rows, dropLast, steps, quickSteps, sgdRate, twist);
  }

  /** Returns this with a small last batch left out. */
  public Setup withDropLast() {
    return new Setup(name, data, model, batchSize, true, steps, quickSteps, sgdRate, twist);
  }

  /** Returns this with so many steps; with {@code --quick} a quarter, but at least 1,500. */
  public Setup withSteps(long count) {
    return withSteps(count, Math.min(count, Math.max(QUICK_STEPS, count / 4)));
  }

  /** Returns this with so many steps, and with so many if it has to be quick. */
  public Setup withSteps(long count, long quick) {
    return new Setup(name, data, model, batchSize, dropLast, count, quick, sgdRate, twist);
  }

  /** Returns this with another learning rate for SGD. */
  public Setup withSgdRate(double rate) {
    return new Setup(name, data, model, batchSize, dropLast, steps, quickSteps, rate, twist);
  }

  /** Returns this with a twist. */
  public Setup withTwist(Twist other) {
    return new Setup(name, data, model, batchSize, dropLast, steps, quickSteps, sgdRate, other);
  }

  /** This, trained by Adam with its defaults. */
  public Recipe adam() {
    return by(Optimization.ADAM);
  }

  /** This, trained by SGD. */
  public Recipe sgd() {
    return by(Optimization.sgd(sgdRate));
  }

  /** This, trained by any optimizer. */
  public Recipe by(Optimization optimization) {
    return new Recipe(this, optimization);
  }

  /** What its results depend on, by name. */
  String fingerprint() {
    return String.format(
        "%s[data %s, model %s, batch size %d%s, %s]",
        name, data.name(), model.name(), batchSize, dropLast ? ", drop last" : "", twist);
  }

  /** In what it differs from another one, but for the name and SGD's learning rate. */
  List<String> differences(Setup other) {
    List<String> differences = new ArrayList<>();
    addIf(!data.equals(other.data), "data", differences);
    addIf(!model.net().equals(other.model.net()), "net", differences);
    addIf(!model.loss().equals(other.model.loss()), "loss", differences);
    boolean another = model.watchesAnother() || other.model.watchesAnother();
    addIf(
        another && !model.watched().equals(other.model.watched()),
        "loss that is watched",
        differences);
    addIf(batchSize != other.batchSize, "batch size", differences);
    addIf(dropLast != other.dropLast, "drop last", differences);
    addIf(steps != other.steps, "steps", differences);
    addIf(twist != other.twist, "twist", differences);
    return differences;
  }

  private static void addIf(boolean differs, String what, List<String> differences) {
    if (differs) {
      differences.add(what);
    }
  }
}
