package org.spikelet.spikes;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.GradientTransformation;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Schedule;
import org.spikelet.optim.Trainer;

/** Small trainings for tests: tanh(x·A)·B from 4 inputs to 2 outputs. */
final class Trainings {

  private Trainings() {}

  /** A net and its training. */
  record Training(Module net, Trainer trainer) {

    SpikeRecorder attach() {
      return SpikeRecorder.attach(trainer, net.state());
    }

    SpikeRecorder run(long steps) {
      SpikeRecorder recorder = attach();
      trainer.run(steps);
      return recorder;
    }
  }

  static Tensor uniform(SplittableRandom random, double size, int... shape) {
    Shape of = Shape.of(shape);
    return Tensor.of(of, random.doubles(of.size(), -1, 1).map(u -> size * u).toArray());
  }

  static Dataset data(int rows, double noise, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor x = uniform(random, 2, rows, 4);
    Tensor y = x.matmul(uniform(random, 1, 4, 6)).tanh().matmul(uniform(random, 1, 6, 2));
    return new Dataset(x, y.add(uniform(random, noise, rows, 2)));
  }

  /** The same with the targets of some rows multiplied. */
  static Dataset withOutliers(Dataset data, double factor, int... rows) {
    double[] y = data.targets().toArray();
    for (int row : rows) {
      y[2 * row] *= factor;
      y[2 * row + 1] *= factor;
    }
    return new Dataset(data.inputs(), Tensor.of(data.targets().shape(), y));
  }

  /** Dense layers with other modules after each hidden one. */
  static Module net(SplittableRandom random, int width, List<Module> after) {
    List<Module> layers = new ArrayList<>(List.of(Dense.of(4, width, random)));
    layers.addAll(after);
    layers.add(Dense.of(width, 2, random));
    return Sequential.of(layers.toArray(Module[]::new));
  }

  static Training training(
      DataLoader loader, Schedule schedule, BiFunction<List<Parameter>, Schedule, Optimizer> rule) {
    Module net = net(new SplittableRandom(5), 16, List.of(Activation.TANH));
    return training(net, loader, rule.apply(net.parameters(), schedule));
  }

  static Training training(Module net, DataLoader loader, Optimizer optimizer) {
    return training(net, loader, optimizer, GradientTransformation.none());
  }

  static Training training(
      Module net, DataLoader loader, Optimizer optimizer, GradientTransformation transformation) {
    return new Training(
        net,
        new Trainer(net::forward, Losses::meanSquaredError, optimizer, loader, transformation));
  }
}
