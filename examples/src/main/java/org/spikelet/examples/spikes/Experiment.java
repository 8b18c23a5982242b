package org.spikelet.examples.spikes;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Initializer;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;
import org.spikelet.optim.Adam;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Sgd;

/**
 * One data set on which Adam and SGD train the same net, 14 → 100 → 40 → 4, from the same weights
 * and with the same batches.
 *
 * @param id a file name
 * @param title a heading
 * @param text what the data are
 * @param data the rows to train on
 * @param initSeed the seed of the initial weights
 * @param shuffleSeed the seed of the batches
 * @param settings batch size, steps and the like
 */
record Experiment(
    String id,
    String title,
    String text,
    Dataset data,
    long initSeed,
    long shuffleSeed,
    Settings settings) {

  private static final int INPUTS = 14;
  private static final int OUTPUTS = 4;
  private static final int TEACHER = 20;
  private static final int FLAGSHIP_ROWS = 1536;
  private static final int COMPANION_ROWS = 512;

  /** Adam and SGD, the two that are compared. */
  enum Contender {
    ADAM("Adam"),
    SGD("SGD");

    final String label;

    Contender(String label) {
      this.label = label;
    }
  }

  /**
   * What may be chosen for an experiment.
   *
   * @param steps how many steps each optimizer takes
   * @param batchSize rows in a batch
   * @param dropLast whether a small last batch is left out
   * @param adamRate Adam's learning rate
   * @param sgdRate SGD's learning rate
   */
  record Settings(long steps, int batchSize, boolean dropLast, double adamRate, double sgdRate) {}

  /** Heavy-tailed inputs, small batches: Student-t with 2 degrees of freedom, n = 1536. */
  static Experiment flagship(long seed, Settings settings) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor x = RandomTensors.studentT2(random.split(), FLAGSHIP_ROWS, INPUTS);
    Dataset data = new Dataset(x, teach(x, random.split(), 1));
    String text =
        String.format(
            Locale.ROOT,
            "The inputs have heavy tails: %d rows of 14 numbers from Student's t distribution with 2"
                + " degrees of freedom, so that a few are very large. The targets are a smooth"
                + " function of them, tanh(XA)·B, without noise. The net 14 → 100 → 40 → 4 (ReLU, He"
                + " initialisation, mean squared error) learns them in batches of %d.",
            FLAGSHIP_ROWS,
            Math.min(settings.batchSize, FLAGSHIP_ROWS));
    return new Experiment(
        "flagship",
        "Heavy-tailed data in small batches",
        text,
        data,
        random.nextLong(),
        random.nextLong(),
        settings);
  }

  /** Normal inputs, one full batch: no sampling noise at all, n = 512. */
  static Experiment companion(long seed, Settings settings) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor x = RandomTensors.normal(random.split(), 1, COMPANION_ROWS, INPUTS);
    Dataset data = new Dataset(x, teach(x, random.split(), 1.5));
    String text =
        String.format(
            Locale.ROOT,
            "Normal inputs, %d rows, all of them in every batch: each step sees the same data, so"
                + " nothing here is due to the luck of the draw. Targets tanh(XA)·B without noise; the"
                + " same net and loss.",
            COMPANION_ROWS);
    return new Experiment(
        "companion",
        "Full batch, no sampling noise at all",
        text,
        data,
        random.nextLong(),
        random.nextLong(),
        settings);
  }

  /** y = tanh(x·A)·B; A: 14 × 20 and B: 20 × 4 normal, scaled by 1/√rows and by the factor. */
  private static Tensor teach(Tensor x, SplittableRandom random, double scale) {
    Tensor a = RandomTensors.normal(random, scale / Math.sqrt(INPUTS), INPUTS, TEACHER);
    Tensor b = RandomTensors.normal(random, scale / Math.sqrt(TEACHER), TEACHER, OUTPUTS);
    return x.matmul(a).tanh().matmul(b);
  }

  /** Returns the net with its initial weights, the same each time. */
  Module net() {
    SplittableRandom random = new SplittableRandom(initSeed);
    return Sequential.of(
        Dense.of(INPUTS, 100, random, Initializer.HE_NORMAL),
        Activation.RELU,
        Dense.of(100, 40, random, Initializer.HE_NORMAL),
        Activation.RELU,
        Dense.of(40, OUTPUTS, random, Initializer.HE_NORMAL));
  }

  /** Returns a loader that yields the same batches each time. */
  DataLoader loader() {
    return new DataLoader(data, settings.batchSize)
        .shuffle(shuffleSeed)
        .dropLast(settings.dropLast);
  }

  /** Returns how to make a contender's optimizer. */
  Function<List<Parameter>, Optimizer> optimizer(Contender contender) {
    return switch (contender) {
      case ADAM -> parameters -> new Adam(parameters, settings.adamRate);
      case SGD -> parameters -> new Sgd(parameters, settings.sgdRate);
    };
  }

  /** Describes a contender's settings in words. */
  String describe(Contender contender) {
    return switch (contender) {
      case ADAM -> "learning rate " + settings.adamRate + ", β₁ 0.9, β₂ 0.999, ε 1e-8";
      case SGD -> "learning rate " + settings.sgdRate + ", no momentum";
    };
  }
}
