package org.spikelet.app.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.spikelet.app.question.RandomTensors;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Initializer;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;
import org.spikelet.optim.Batch;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.OptimizerState;

/** A real training, in which a fault can be made to happen, and what a log says of it. */
class LoggedTraining {

  /** A line of a log. */
  record Line(long step, long epoch, double loss, double norm, double rate) {}

  final LogWorld world;
  final SplittableRandom random;
  final Dataset data;
  final DataLoader loader;
  final Module net;
  final Optimizer optimizer;
  final double rate;
  final int steps;

  private List<double[]> weights = List.of();
  private OptimizerState state;

  LoggedTraining(LogWorld world) {
    this.world = world;
    this.random = new SplittableRandom(world.seed());
    this.data = data(random.split());
    DataLoader inOrder = new DataLoader(data, world.batch());
    this.loader = shuffled() ? inOrder.withShuffle(random.nextLong()) : inOrder;
    this.net = net(random.split());
    this.rate = rate();
    this.optimizer = world.optimizer().apply(net.parameters(), rate);
    this.steps = steps();
  }

  /** What a fault may change. */
  boolean shuffled() {
    return true;
  }

  int rows() {
    return world.batch() * world.batches();
  }

  double noise() {
    return world.noise();
  }

  double rate() {
    return world.rate();
  }

  int steps() {
    return world.steps();
  }

  double rateAt(long step) {
    return rate;
  }

  Tensor targets(long step, Tensor targets) {
    return targets;
  }

  Gradients gradients(long step, Gradients gradients) {
    return gradients;
  }

  void before(long step) {}

  double logged(long step, double loss) {
    return loss;
  }

  long shown(long step) {
    return step;
  }

  /** The step at which something happens; −1 if there is none. */
  long at() {
    return -1;
  }

  Tensor loss(Tensor predictions, Tensor targets) {
    return Losses.meanSquaredError(predictions, targets);
  }

  Dataset data(SplittableRandom r) {
    Tensor x = RandomTensors.normal(r, 1, rows(), world.inputs());
    Tensor a = RandomTensors.normal(r, 1.3 / Math.sqrt(world.inputs()), world.inputs(), 12);
    Tensor b = RandomTensors.normal(r, 1.3 / Math.sqrt(12), 12, world.outputs());
    Tensor y = x.matmul(a).tanh().matmul(b);
    return new Dataset(x, y.add(RandomTensors.normal(r, noise(), rows(), world.outputs())));
  }

  private Module net(SplittableRandom r) {
    List<Module> layers = new ArrayList<>();
    int width = world.inputs();
    for (int next : world.hidden()) {
      layers.add(Dense.of(width, next, r, Initializer.HE_NORMAL));
      layers.add(world.activation());
      width = next;
    }
    layers.add(Dense.of(width, world.outputs(), r, Initializer.HE_NORMAL));
    return Sequential.of(layers.toArray(Module[]::new));
  }

  /** Trains, and returns a line for each step. */
  List<Line> run() {
    List<Line> lines = new ArrayList<>();
    for (long step = 0; step < steps; step++) {
      before(step);
      Batch batch = loader.batch(step);
      optimizer.learningRate(rateAt(step));
      try (Tape tape = Tape.record()) {
        Tensor loss = loss(net.forward(batch.inputs()), targets(step, batch.targets()));
        Gradients gradients = gradients(step, tape.gradients(loss));
        optimizer.step(gradients);
        lines.add(
            new Line(
                shown(step),
                batch.epoch(),
                logged(step, loss.item()),
                gradients.norm(),
                optimizer.learningRate()));
      }
    }
    return lines;
  }

  void keep() {
    weights = new ArrayList<>();
    for (Parameter p : net.parameters()) {
      weights.add(p.toArray());
    }
    state = optimizer.blank();
    optimizer.save(state);
  }

  /** Goes back to what was kept, with the optimizer's state or without it. */
  void restore(Restored what) {
    for (int k = 0; k < weights.size(); k++) {
      double[] kept = weights.get(k);
      net.parameters().get(k).update(w -> System.arraycopy(kept, 0, w, 0, w.length));
    }
    optimizer.restore(what == Restored.ALL ? state : optimizer.blank());
  }

  /** How much comes back after a restart. */
  enum Restored {
    ALL,
    WEIGHTS
  }

  /** The targets of some rows changed. */
  static Dataset changed(Dataset data, int[] rows, double factor, double added) {
    double[] y = data.targets().toArray();
    int width = y.length / data.size();
    for (int row : rows) {
      for (int k = row * width; k < (row + 1) * width; k++) {
        y[k] = y[k] * factor + added;
      }
    }
    return new Dataset(data.inputs(), Tensor.of(data.targets().shape(), y));
  }

  static int[] range(int from, int to) {
    int[] rows = new int[to - from];
    Arrays.setAll(rows, i -> from + i);
    return rows;
  }
}
