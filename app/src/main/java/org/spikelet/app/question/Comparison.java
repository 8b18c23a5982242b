package org.spikelet.app.question;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.spikelet.app.command.Progress;
import org.spikelet.app.report.Section;
import org.spikelet.app.training.Keeper;
import org.spikelet.app.training.Run;
import org.spikelet.app.training.Training;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
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
public record Comparison(String id, String title, String text, Problem problem, Settings settings) {

  /** The settings of the flagship unless others are chosen. */
  public static final Settings FLAGSHIP = new Settings(10_000, 32, false, 1e-3, 0.02);

  /** Far fewer steps, to see how it works. */
  public static final Settings FLAGSHIP_QUICK = FLAGSHIP.withSteps(2_000);

  /** The settings of its companion: always the full batch. */
  public static final Settings COMPANION = new Settings(8_000, Integer.MAX_VALUE, false, 1e-3, 0.1);

  /** Fewer steps, but so many that there are spikes: the first come between 3,700 and 5,000. */
  public static final Settings COMPANION_QUICK = COMPANION.withSteps(5_200);

  private static final int FLAGSHIP_ROWS = 1536;
  private static final int COMPANION_ROWS = 512;

  /** Adam and SGD, the two that are compared. */
  public enum Side {
    /** Adam with its defaults. */
    ADAM("Adam"),
    /** Plain descent. */
    SGD("SGD");

    private final String label;

    Side(String label) {
      this.label = label;
    }

    /** Returns the name of its run. */
    public String label() {
      return label;
    }
  }

  /**
   * What may be chosen for a comparison.
   *
   * @param steps how many steps each optimizer takes
   * @param batchSize rows in a batch
   * @param dropLast whether a small last batch is left out
   * @param adamRate Adam's learning rate
   * @param sgdRate SGD's learning rate
   */
  public record Settings(
      long steps, int batchSize, boolean dropLast, double adamRate, double sgdRate) {

    /** Returns these, with so many steps. */
    public Settings withSteps(long count) {
      return new Settings(count, batchSize, dropLast, adamRate, sgdRate);
    }

    /** Returns these, with at most so many steps. */
    public Settings withAtMost(long most) {
      return withSteps(Math.min(steps, most));
    }

    /** Returns these, with so many rows in a batch. */
    public Settings withBatchSize(int rows) {
      return new Settings(steps, rows, dropLast, adamRate, sgdRate);
    }

    /** Returns these, with a small last batch left out. */
    public Settings withDropLast() {
      return new Settings(steps, batchSize, true, adamRate, sgdRate);
    }

    /** Returns these, with another learning rate for Adam. */
    public Settings withAdamRate(double rate) {
      return new Settings(steps, batchSize, dropLast, rate, sgdRate);
    }
  }

  /** Heavy-tailed inputs, small batches: Student-t with 2 degrees of freedom, n = 1536. */
  public static Comparison flagship(long seed, Settings settings) {
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
    return new Comparison(
        "flagship", "Heavy-tailed data in small batches", text, problem, settings);
  }

  /** Normal inputs, one full batch: no sampling noise at all, n = 512. */
  public static Comparison companion(long seed, Settings settings) {
    Problem problem = Problem.normal(seed, COMPANION_ROWS);
    String text =
        String.format(
            Locale.ROOT,
            "Normal inputs, %d rows, all of them in every batch: each step sees the same data, so"
                + " nothing here is due to the luck of the draw. Targets tanh(XA)·B without noise; the"
                + " same net and loss.",
            COMPANION_ROWS);
    return new Comparison(
        "companion", "Full batch, no sampling noise at all", text, problem, settings);
  }

  /** The same batches each time. */
  private DataLoader loader() {
    DataLoader loader =
        new DataLoader(problem.data(), settings.batchSize).withShuffle(problem.shuffleSeed());
    return settings.dropLast ? loader.withDropLast() : loader;
  }

  /** Returns a trainer that has not begun, of a net with its first weights. */
  public Trainer trainer(Side side, Module net) {
    Optimizer optimizer =
        switch (side) {
          case ADAM -> new Adam(net.parameters(), settings.adamRate);
          case SGD -> new Sgd(net.parameters(), settings.sgdRate);
        };
    return new Trainer(net::forward, Losses::meanSquaredError, optimizer, loader());
  }

  private Training training(Side side, int examined) {
    Module net = problem.net();
    return new Training(
        side.label, describe(side), net, trainer(side, net), settings.steps, examined);
  }

  /**
   * Trains with both optimizers at once, each on a thread of its own: they share nothing.
   *
   * @param examined how many spikes of each run to examine
   * @param keepers keep the training of this name, such as "flagship-Adam", on its thread
   */
  public Section train(int examined, Function<String, Keeper> keepers) throws InterruptedException {
    Side[] sides = Side.values();
    ExecutorService threads = Executors.newFixedThreadPool(sides.length);
    try (Progress progress = new Progress(id, sides.length * settings.steps())) {
      List<Future<Run>> futures = new ArrayList<>();
      for (Side side : sides) {
        Training training = training(side, examined);
        futures.add(
            threads.submit(() -> training.run(progress, keepers.apply(id + "-" + side.label))));
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

  /** Describes a side's settings in words. */
  private String describe(Side side) {
    return switch (side) {
      case ADAM -> "learning rate " + settings.adamRate + ", β₁ 0.9, β₂ 0.999, ε 1e-8";
      case SGD -> "learning rate " + settings.sgdRate + ", no momentum";
    };
  }
}
