package org.spikelet.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;
import org.spikelet.optim.Adam;

/**
 * What the benchmarks train: a dense net with relu, cross-entropy and Adam, on one batch of random
 * numbers; the same numbers each time it is made.
 */
public final class TrainingTask {

  private final List<Integer> widths;
  private final Module net;
  private final Adam adam;
  private final Tensor inputs;
  private final Tensor targets;

  /** A net of these widths, inputs first and classes last, and a batch of so many rows. */
  public TrainingTask(List<Integer> widths, int rows) {
    this.widths = List.copyOf(widths);
    SplittableRandom random = new SplittableRandom(1);
    int in = widths.get(0);
    int classes = widths.get(widths.size() - 1);
    List<Module> layers = new ArrayList<>();
    for (int i = 1; i < widths.size(); i++) {
      layers.add(Dense.of(widths.get(i - 1), widths.get(i), random));
      if (i < widths.size() - 1) {
        layers.add(Activation.RELU);
      }
    }
    net = Sequential.of(layers.toArray(Module[]::new));
    adam = new Adam(net.parameters());
    inputs = Tensor.of(Shape.of(rows, in), random.doubles((long) rows * in, -1, 1).toArray());
    targets = Tensor.of(Shape.of(rows), random.ints(rows, 0, classes).asDoubleStream().toArray());
  }

  /** Reads a setting such as {@code 14-100-40-4 x 32}, the batch being last. */
  public static TrainingTask parse(String setting) {
    int x = setting.indexOf(" x ");
    List<Integer> widths =
        Arrays.stream(setting.substring(0, x).split("-", -1)).map(Integer::valueOf).toList();
    return new TrainingTask(widths, Integer.parseInt(setting.substring(x + 3)));
  }

  /** Returns the predictions. */
  public Tensor forward() {
    return net.forward(inputs);
  }

  /** Takes a step of the training, forward, loss, backward and update, and returns the loss. */
  public double step() {
    try (Tape tape = Tape.record()) {
      Tensor loss = Losses.crossEntropy(net.forward(inputs), targets);
      adam.step(tape.gradients(loss));
      return loss.item();
    }
  }

  /** Returns the widths, inputs first. */
  public List<Integer> widths() {
    return widths;
  }

  /** Returns the net. */
  public Module net() {
    return net;
  }

  /** Returns the inputs, rows × in. */
  public Tensor inputs() {
    return inputs;
  }

  /** Returns the class of each row. */
  public Tensor targets() {
    return targets;
  }
}
