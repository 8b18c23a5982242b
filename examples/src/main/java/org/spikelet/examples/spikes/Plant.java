package org.spikelet.examples.spikes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Function;
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
import org.spikelet.optim.Schedule;
import org.spikelet.optim.Sgd;
import org.spikelet.optim.Trainer;
import org.spikelet.optim.TrainingListener;
import org.spikelet.optim.spikes.Cause;
import org.spikelet.optim.spikes.SpikeRecorder;

/**
 * Trainings with a known cause of spikes planted in them, to try the doctor on; and three in which
 * nothing was planted that makes spikes.
 *
 * <p>Unless it says otherwise: 1536 rows of 14 normal numbers, targets tanh(XA)·B of four outputs
 * with noise of deviation 0.1, batches of 32, mean squared error, Adam at 1e-3.
 */
enum Plant {
  /** Five of the targets times 20. */
  OUTLIERS("five of 1536 targets are 20 times too large", Cause.OUTLIER_SAMPLES) {
    @Override
    Planted plant(Ground ground) {
      return ground.train(ground.withOutliers(), ground.adam(1e-3), 3000);
    }
  },

  /** The same under SGD. */
  OUTLIERS_SGD("five of 1536 targets are 20 times too large, under SGD", Cause.OUTLIER_SAMPLES) {
    @Override
    Planted plant(Ground ground) {
      return ground.train(ground.withOutliers(), ground.sgd(0.02), 3000);
    }
  },

  /** Three batches with wrong targets. */
  BAD_BATCH("the targets of three batches are mixed up and 3 times too large", Cause.HARD_BATCH) {
    @Override
    Planted plant(Ground ground) {
      Dataset unrolled = ground.withBadBatches(3000, 1500, 2000, 2500);
      return ground.inOrder(unrolled, ground.adam(1e-3), 3000).at(1500, 2000, 2500);
    }
  },

  /** One row in the last batch of each epoch. */
  SMALL_LAST_BATCH("1537 rows: the last batch has one row", Cause.SMALL_LAST_BATCH) {
    @Override
    Planted plant(Ground ground) {
      return ground.train(ground.data(1537, 0.5), ground.adam(1e-3), 3000);
    }
  },

  /** A learning rate 30 times too high for three steps. */
  LEARNING_RATE_GLITCH(
      "the learning rate is 30 times too high for three steps", Cause.LEARNING_RATE_CHANGED) {
    @Override
    Planted plant(Ground ground) {
      Schedule glitch = t -> t % 700 < 3 && t >= 1400 ? 3e-2 : 1e-3;
      return ground
          .train(ground.data(1536, 0.1), parameters -> new Adam(parameters, glitch), 3000)
          .at(1400, 2100, 2800);
    }
  },

  /** Adam forgets its moments and its count. */
  LOST_STATE("Adam loses its moments and its step count", Cause.OPTIMIZER_STATE_LOST) {
    @Override
    Planted plant(Ground ground) {
      return ground.train(ground.data(1536, 0), ground.adam(3e-3), 3000).forgetting(1500, 2300);
    }
  },

  /** Adam at the edge of stability, without any noise. */
  INSTABILITY("256 rows, all in every batch, no noise: Adam's own instability", Cause.INSTABILITY) {
    @Override
    Planted plant(Ground ground) {
      return ground.fullBatch(ground.data(256, 0), ground.adam(1e-3), 6000);
    }
  },

  /** SGD beyond 2/λ. */
  SGD_RATE_TOO_HIGH("SGD at a learning rate of 0.3 on a linear function", Cause.INSTABILITY) {
    @Override
    Planted plant(Ground ground) {
      return ground.train(ground.linear(1536), ground.sgd(0.3), 3000);
    }
  },

  /** log(0): a row far out with a wrong label at step 1000, and a loss that takes log p. */
  LOG_OF_ZERO("log(0): a loss from probabilities, and one row far out", Cause.NON_FINITE) {
    @Override
    Planted plant(Ground ground) {
      Dataset unrolled = ground.withFarRow(1200, 1000);
      return ground
          .classify(unrolled, Losses::negativeLogLikelihood, true, ground.adam(1e-3), 1200)
          .at(1000);
    }
  },

  /** Control: the rows sorted by class, and not shuffled. */
  SORTED_CLASSES("rows sorted by class, not shuffled", Cause.SORTED_ORDER) {
    @Override
    Planted plant(Ground ground) {
      return ground.classify(
          ground.sortedClasses(), Losses::crossEntropy, false, ground.adam(1e-3), 3000);
    }
  },

  /** Control: the weights of the first layer ten times too large. */
  LARGE_INIT("the first layer's weights are ten times too large at the start") {
    @Override
    Planted plant(Ground ground) {
      Planted planted = ground.train(ground.data(1536, 0.1), ground.adam(1e-3), 3000);
      Parameter first = planted.net().parameters().get(0);
      first.assign(first.detach().mul(10));
      return planted;
    }
  },

  /** Control: nothing. */
  NOTHING("nothing is planted") {
    @Override
    Planted plant(Ground ground) {
      return ground.train(ground.data(1536, 0.1), ground.adam(1e-3), 3000);
    }
  };

  private final String text;
  private final Optional<Cause> cause;

  Plant(String text) {
    this.text = text;
    this.cause = Optional.empty();
  }

  Plant(String text, Cause cause) {
    this.text = text;
    this.cause = Optional.of(cause);
  }

  /** Returns the cause that was planted, if any. */
  Optional<Cause> cause() {
    return cause;
  }

  /** Returns what was planted, in words. */
  String text() {
    return text;
  }

  /** Returns the name for the command line, such as {@code small-last-batch}. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  abstract Planted plant(Ground ground);

  /** Returns a training, not yet begun, of a net with these hidden layers. */
  Planted plant(long seed, Module activation, Integer... hidden) {
    return plant(new Ground(seed, activation, List.of(hidden)));
  }

  /**
   * A training with a plant in it.
   *
   * @param net the network
   * @param trainer its training
   * @param steps how many steps to train
   * @param at the steps at which it was planted; empty if it is there all the time
   */
  record Planted(Module net, Trainer trainer, long steps, List<Long> at) {

    Planted at(long... steps) {
      List<Long> planted = new ArrayList<>();
      for (long step : steps) {
        planted.add(step);
      }
      return new Planted(net, trainer, this.steps, planted);
    }

    /** Sets the optimizer back before these steps. */
    Planted forgetting(long... steps) {
      Planted planted = at(steps);
      Optimizer optimizer = trainer.optimizer();
      TrainingListener forget =
          step -> {
            if (planted.at.contains(step.number() + 1)) {
              optimizer.restore(optimizer.blank());
            }
          };
      trainer.listen(forget);
      return planted;
    }

    /** Trains, and returns the recording. */
    SpikeRecorder run() {
      SpikeRecorder recorder = SpikeRecorder.attach(trainer, net.state());
      trainer.run(steps);
      return recorder;
    }
  }

  /** What the plants are made from: data, nets and trainings, from one seed. */
  static final class Ground {
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
        double[] batch = java.util.Arrays.copyOfRange(y, from, from + BATCH * OUTPUTS);
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
          java.util.stream.IntStream.range(0, classes.length)
              .boxed()
              .sorted(java.util.Comparator.comparingDouble(row -> classes[row]))
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
    Planted train(Dataset data, Function<List<Parameter>, Optimizer> optimizer, long steps) {
      DataLoader loader = new DataLoader(data, BATCH).shuffle(shuffleSeed);
      return planted(net(false), Losses::meanSquaredError, loader, optimizer, steps);
    }

    /** Batches of 32 as the rows come. */
    Planted inOrder(Dataset data, Function<List<Parameter>, Optimizer> optimizer, long steps) {
      DataLoader loader = new DataLoader(data, BATCH);
      return planted(net(false), Losses::meanSquaredError, loader, optimizer, steps);
    }

    Planted fullBatch(Dataset data, Function<List<Parameter>, Optimizer> optimizer, long steps) {
      DataLoader loader = new DataLoader(data, data.size());
      return planted(net(false), Losses::meanSquaredError, loader, optimizer, steps);
    }

    Planted classify(
        Dataset data,
        BinaryOperator<Tensor> loss,
        boolean probabilities,
        Function<List<Parameter>, Optimizer> optimizer,
        long steps) {
      return planted(net(probabilities), loss, new DataLoader(data, BATCH), optimizer, steps);
    }

    private static Planted planted(
        Module net,
        BinaryOperator<Tensor> loss,
        DataLoader loader,
        Function<List<Parameter>, Optimizer> optimizer,
        long steps) {
      Trainer trainer = new Trainer(net::forward, loss, optimizer.apply(net.parameters()), loader);
      return new Planted(net, trainer, steps, List.of());
    }
  }
}
