package org.spikelet.app.spikes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Initializer;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;
import org.spikelet.optim.Adam;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Sgd;
import org.spikelet.optim.Trainer;

/** What the plants are made from: data, nets and trainings, from one seed. */
final class Ground {
  private static final int INPUTS = 14;
  private static final int OUTPUTS = 4;
  private static final int TEACHER = 20;
  private static final int BATCH = 32;

  private final SplittableRandom dataRandom;
  private final SplittableRandom initRandom;
  private final long shuffleSeed;
  private final Module activation;
  private final List<Integer> hidden;

  Ground(long seed, Module activation, List<Integer> hidden) {
    SplittableRandom random = new SplittableRandom(seed);
    this.dataRandom = random.split();
    this.initRandom = random.split();
    this.shuffleSeed = random.nextLong();
    this.activation = activation;
    this.hidden = hidden;
  }

  Module activation() {
    return activation;
  }

  /** Normal inputs; targets tanh(XA)·B plus noise. */
  Dataset data(int rows, double noise) {
    Tensor x = RandomTensors.normal(dataRandom, 1, rows, INPUTS);
    Tensor a = RandomTensors.normal(dataRandom, 1.5 / Math.sqrt(INPUTS), INPUTS, TEACHER);
    Tensor b = RandomTensors.normal(dataRandom, 1.5 / Math.sqrt(TEACHER), TEACHER, OUTPUTS);
    Tensor y = x.matmul(a).tanh().matmul(b);
    return new Dataset(x, y.add(RandomTensors.normal(dataRandom, noise, rows, OUTPUTS)));
  }

  /** Targets X·A, without noise. */
  Dataset linear(int rows) {
    Tensor x = RandomTensors.normal(dataRandom, 1, rows, INPUTS);
    Tensor a = RandomTensors.normal(dataRandom, 1.5 / Math.sqrt(INPUTS), INPUTS, OUTPUTS);
    return new Dataset(x, x.matmul(a));
  }

  /** Five targets times 20. */
  Dataset withOutliers() {
    Dataset data = data(1536, 0.1);
    double[] y = data.targets().toArray();
    int[] rows = dataRandom.ints(0, data.size()).distinct().limit(5).toArray();
    for (int row : rows) {
      for (int k = 0; k < OUTPUTS; k++) {
        y[row * OUTPUTS + k] *= 20;
      }
    }
    return new Dataset(data.inputs(), Tensor.of(data.targets().shape(), y));
  }

  /** As many batches as there are steps, in shuffled epochs, one after the other. */
  private int[] unrolledRows(int rows, int steps) {
    int[] order = new int[steps * BATCH];
    int[] epoch = {};
    for (int i = 0; i < order.length; i++) {
      if (i % rows == 0) {
        epoch = dataRandom.ints(0, rows).distinct().limit(rows).toArray();
      }
      order[i] = epoch[i % rows];
    }
    return order;
  }

  /** The targets of some steps' batches shifted from row to row, and times 3. */
  Dataset withBadBatches(int steps, int... bad) {
    Dataset data = data(1536, 0.1);
    Dataset unrolled = data.rows(unrolledRows(data.size(), steps));
    double[] y = unrolled.targets().toArray();
    for (int step : bad) {
      int from = step * BATCH * OUTPUTS;
      double[] batch = Arrays.copyOfRange(y, from, from + BATCH * OUTPUTS);
      for (int i = 0; i < batch.length; i++) {
        y[from + i] = 3 * batch[(i + 5 * OUTPUTS) % batch.length];
      }
    }
    return new Dataset(unrolled.inputs(), Tensor.of(unrolled.targets().shape(), y));
  }

  /** The class is the teacher's largest output. */
  private Dataset classes() {
    Dataset data = data(1536, 0.1);
    double[] y = data.targets().toArray();
    double[] classes = new double[data.size()];
    for (int row = 0; row < classes.length; row++) {
      int best = 0;
      for (int k = 1; k < OUTPUTS; k++) {
        best = y[row * OUTPUTS + k] > y[row * OUTPUTS + best] ? k : best;
      }
      classes[row] = best;
    }
    return new Dataset(data.inputs(), Tensor.vector(classes));
  }

  Dataset sortedClasses() {
    Dataset data = classes();
    double[] classes = data.targets().toArray();
    int[] order =
        IntStream.range(0, classes.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> classes[row]))
            .mapToInt(row -> row)
            .toArray();
    return data.rows(order);
  }

  /** At one step the first row of the batch is 1000 times as far out, and its label wrong. */
  Dataset withFarRow(int steps, int step) {
    Dataset data = classes();
    Dataset unrolled = data.rows(unrolledRows(data.size(), steps));
    double[] x = unrolled.inputs().toArray();
    double[] classes = unrolled.targets().toArray();
    int row = step * BATCH;
    for (int k = 0; k < INPUTS; k++) {
      x[row * INPUTS + k] *= 1000;
    }
    classes[row] = (classes[row] + 1) % OUTPUTS;
    return new Dataset(Tensor.of(unrolled.inputs().shape(), x), Tensor.vector(classes));
  }

  Function<List<Parameter>, Optimizer> adam(double learningRate) {
    return parameters -> new Adam(parameters, learningRate);
  }

  Function<List<Parameter>, Optimizer> sgd(double learningRate) {
    return parameters -> new Sgd(parameters, learningRate);
  }

  private Module net(boolean probabilities) {
    List<Module> layers = new ArrayList<>();
    int width = INPUTS;
    for (int next : hidden) {
      layers.add(Dense.of(width, next, initRandom, Initializer.HE_NORMAL));
      layers.add(activation);
      width = next;
    }
    layers.add(Dense.of(width, OUTPUTS, initRandom, Initializer.HE_NORMAL));
    if (probabilities) {
      layers.add(x -> x.softmax(-1));
    }
    return Sequential.of(layers.toArray(Module[]::new));
  }

  /** Shuffled batches of 32. */
  Plant.Planted train(Dataset data, Function<List<Parameter>, Optimizer> optimizer, long steps) {
    DataLoader loader = new DataLoader(data, BATCH).withShuffle(shuffleSeed);
    return planted(net(false), Losses::meanSquaredError, loader, optimizer, steps);
  }

  /** Batches of 32 as the rows come. */
  Plant.Planted inOrder(Dataset data, Function<List<Parameter>, Optimizer> optimizer, long steps) {
    DataLoader loader = new DataLoader(data, BATCH);
    return planted(net(false), Losses::meanSquaredError, loader, optimizer, steps);
  }

  Plant.Planted fullBatch(
      Dataset data, Function<List<Parameter>, Optimizer> optimizer, long steps) {
    DataLoader loader = new DataLoader(data, data.size());
    return planted(net(false), Losses::meanSquaredError, loader, optimizer, steps);
  }

  Plant.Planted classify(
      Dataset data,
      BinaryOperator<Tensor> loss,
      boolean probabilities,
      Function<List<Parameter>, Optimizer> optimizer,
      long steps) {
    return planted(net(probabilities), loss, new DataLoader(data, BATCH), optimizer, steps);
  }

  private static Plant.Planted planted(
      Module net,
      BinaryOperator<Tensor> loss,
      DataLoader loader,
      Function<List<Parameter>, Optimizer> optimizer,
      long steps) {
    Trainer trainer = new Trainer(net::forward, loss, optimizer.apply(net.parameters()), loader);
    return new Plant.Planted(net, trainer, steps, List.of());
  }
}
