package org.spikelet.app.spikes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.spikelet.app.report.Progress;
import org.spikelet.app.report.Run;
import org.spikelet.app.report.Section;
import org.spikelet.app.report.Training;
import org.spikelet.autodiff.Parameter;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Initializer;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;
import org.spikelet.optim.Adam;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Sgd;
import org.spikelet.optim.Trainer;

/**
 * One data set on which Adam and SGD train the same net, 14 → 100 → 40 → 4, from the same weights
 * and with the same batches.
 *
 * @param id a file name
 * @param title a heading
 * @param text what the data are
 * @param problem the rows to train on, and the seeds of weights and batches
 * @param settings batch size, steps and the like
 */
public record Experiment(String id, String title, String text, Problem problem, Settings settings) {

  private static final int FLAGSHIP_ROWS = 1536;
  private static final int COMPANION_ROWS = 512;

  /** Adam and SGD, the two that are compared. */
  public enum Contender {
    /** Adam with its defaults. */
    ADAM("Adam"),
    /** Plain descent. */
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
  public record Settings(
      long steps, int batchSize, boolean dropLast, double adamRate, double sgdRate) {

    /** Returns these, with at most so many steps. */
    public Settings atMost(long most) {
      return new Settings(Math.min(steps, most), batchSize, dropLast, adamRate, sgdRate);
    }
  }

  /** The settings of the flagship unless others are chosen; quick ones take far fewer steps. */
  public static Settings flagshipSettings(boolean quick) {
    return new Settings(quick ? 2_000 : 10_000, 32, false, 1e-3, 0.02);
  }

  /** The same of its companion: always the full batch. */
  public static Settings companionSettings(boolean quick) {
    return new Settings(quick ? 800 : 8_000, Integer.MAX_VALUE, false, 1e-3, 0.1);
  }

  /** Heavy-tailed inputs, small batches: Student-t with 2 degrees of freedom, n = 1536. */
  public static Experiment flagship(long seed, Settings settings) {
    Problem problem = Problem.heavyTailed(seed, FLAGSHIP_ROWS);
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
        "flagship", "Heavy-tailed data in small batches", text, problem, settings);
  }

  /** Normal inputs, one full batch: no sampling noise at all, n = 512. */
  public static Experiment companion(long seed, Settings settings) {
    Problem problem = Problem.normal(seed, COMPANION_ROWS);
    String text =
        String.format(
            Locale.ROOT,
            "Normal inputs, %d rows, all of them in every batch: each step sees the same data, so"
                + " nothing here is due to the luck of the draw. Targets tanh(XA)·B without noise; the"
                + " same net and loss.",
            COMPANION_ROWS);
    return new Experiment(
        "companion", "Full batch, no sampling noise at all", text, problem, settings);
  }

  /** Returns the net with its initial weights, the same each time. */
  Module net() {
    SplittableRandom random = new SplittableRandom(problem.initSeed());
    return Sequential.of(
        Dense.of(Problem.INPUTS, 100, random, Initializer.HE_NORMAL),
        Activation.RELU,
        Dense.of(100, 40, random, Initializer.HE_NORMAL),
        Activation.RELU,
        Dense.of(40, Problem.OUTPUTS, random, Initializer.HE_NORMAL));
  }

  /** Returns a loader that yields the same batches each time. */
  DataLoader loader() {
    DataLoader loader =
        new DataLoader(problem.data(), settings.batchSize).withShuffle(problem.shuffleSeed());
    return settings.dropLast ? loader.withDropLast() : loader;
  }

  /** Returns how to make a contender's optimizer. */
  Function<List<Parameter>, Optimizer> optimizer(Contender contender) {
    return switch (contender) {
      case ADAM -> parameters -> new Adam(parameters, settings.adamRate);
      case SGD -> parameters -> new Sgd(parameters, settings.sgdRate);
    };
  }

  /** Returns a contender's training, not yet begun. */
  Training training(Contender contender, int examined) {
    Module net = net();
    Trainer trainer =
        new Trainer(
            net::forward,
            Losses::meanSquaredError,
            optimizer(contender).apply(net.parameters()),
            loader());
    return new Training(
        contender.label, describe(contender), net, trainer, settings.steps, examined);
  }

  /**
   * Trains with both optimizers at once, each on a thread of its own: they share nothing.
   *
   * @param examined how many spikes of each run to examine
   */
  public Section train(int examined) throws InterruptedException {
    Contender[] contenders = Contender.values();
    ExecutorService threads = Executors.newFixedThreadPool(contenders.length);
    try (Progress progress = new Progress(id, contenders.length * settings.steps())) {
      List<Future<Run>> futures = new ArrayList<>();
      for (Contender contender : contenders) {
        Training training = training(contender, examined);
        futures.add(threads.submit(() -> training.run(progress.of(contender.label), false)));
      }
      List<Run> runs = new ArrayList<>();
      for (Future<Run> future : futures) {
        runs.add(future.get());
      }
      return new Section(id, title, text, runs);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Describes a contender's settings in words. */
  String describe(Contender contender) {
    return switch (contender) {
      case ADAM -> "learning rate " + settings.adamRate + ", β₁ 0.9, β₂ 0.999, ε 1e-8";
      case SGD -> "learning rate " + settings.sgdRate + ", no momentum";
    };
  }
}
