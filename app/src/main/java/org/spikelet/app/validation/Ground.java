package org.spikelet.app.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.spikelet.app.question.Problem;
import org.spikelet.app.question.RandomTensors;
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
  private static final int INPUTS = Problem.INPUTS;
  private static final int OUTPUTS = Problem.OUTPUTS;
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
    Tensor y = Problem.teach(x, dataRandom, 1.5);
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

  /** The targets of some rows, which come as one batch in each epoch, are 5 larger. */
  Dataset withHardRows(int rows, int from, int to) {
    Dataset data = data(rows, 0.1);
    return larger(data, 5, from, to);
  }

  /** From the batch of a step on, all targets are 2 larger. */
  Dataset withLargerTargetsFrom(int steps, int step) {
    Dataset data = data(1536, 0.1);
    Dataset unrolled = data.rows(unrolledRows(data.size(), steps));
    return larger(unrolled, 2, step * BATCH, unrolled.size());
  }

  private static Dataset larger(Dataset data, double by, int from, int to) {
    double[] y = data.targets().toArray();
    for (int i = from * OUTPUTS; i < to * OUTPUTS; i++) {
      y[i] += by;
    }
    return new Dataset(data.inputs(), Tensor.of(data.targets().shape(), y));
  }

  /** The class is the teacher's largest output. */
  private Dataset classes() {
    Dataset data = data(1536, 0.1);
    return new Dataset(data.inputs(), Problem.largest(data.targets()));
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

  private List<Module> layers() {
    List<Module> layers = new ArrayList<>();
    int width = INPUTS;
    for (int next : hidden) {
      layers.add(Dense.of(width, next, initRandom, Initializer.HE_NORMAL));
      layers.add(activation);
      width = next;
    }
    layers.add(Dense.of(width, OUTPUTS, initRandom, Initializer.HE_NORMAL));
    return layers;
  }

  /** Shuffled batches of 32. */
  Planted train(Dataset data, Function<List<Parameter>, Optimizer> optimizer, long steps) {
    DataLoader loader = new DataLoader(data, BATCH).withShuffle(shuffleSeed);
    return planted(layers(), Losses::meanSquaredError, loader, optimizer, steps);
  }

  /** Shuffled batches of 32, with the mean squared error over the number of rows. */
  Planted dividedTwice(Dataset data, Function<List<Parameter>, Optimizer> optimizer, long steps) {
    DataLoader loader = new DataLoader(data, BATCH).withShuffle(shuffleSeed);
    BinaryOperator<Tensor> loss =
        (p, t) -> Losses.meanSquaredError(p, t).mul(1.0 / t.shape().dimension(0));
    return planted(layers(), loss, loader, optimizer, steps);
  }

  /** Batches of 32 as the rows come. */
  Planted inOrder(Dataset data, Function<List<Parameter>, Optimizer> optimizer, long steps) {
    DataLoader loader = new DataLoader(data, BATCH);
    return planted(layers(), Losses::meanSquaredError, loader, optimizer, steps);
  }

  /** Shuffled batches of another size. */
  Planted batches(
      int size, Dataset data, Function<List<Parameter>, Optimizer> optimizer, long steps) {
    DataLoader loader = new DataLoader(data, size).withShuffle(shuffleSeed);
    return planted(layers(), Losses::meanSquaredError, loader, optimizer, steps);
  }

  Planted fullBatch(Dataset data, Function<List<Parameter>, Optimizer> optimizer, long steps) {
    DataLoader loader = new DataLoader(data, data.size());
    return planted(layers(), Losses::meanSquaredError, loader, optimizer, steps);
  }

  /** Cross-entropy from logits, batches of 32 as the rows come. */
  Planted fromLogits(Dataset data, Function<List<Parameter>, Optimizer> optimizer, long steps) {
    return planted(layers(), Losses::crossEntropy, new DataLoader(data, BATCH), optimizer, steps);
  }

  /** −ln p of softmax's probabilities, batches of 32 as the rows come. */
  Planted fromProbabilities(
      Dataset data, Function<List<Parameter>, Optimizer> optimizer, long steps) {
    List<Module> layers = layers();
    layers.add(x -> x.softmax(-1));
    return planted(
        layers, Losses::negativeLogLikelihood, new DataLoader(data, BATCH), optimizer, steps);
  }

  private static Planted planted(
      List<Module> layers,
      BinaryOperator<Tensor> loss,
      DataLoader loader,
      Function<List<Parameter>, Optimizer> optimizer,
      long steps) {
    Module net = Sequential.of(layers.toArray(Module[]::new));
    Trainer trainer = new Trainer(net::forward, loss, optimizer.apply(net.parameters()), loader);
    return new Planted(net, trainer, steps, List.of());
  }
}
