package org.spikelet.app.learn.chapter10;

import course.Optimizers;
import course.Training;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.spikelet.app.learn.check.Plot;

/** The learner's training with Adam and with SGD, from the same weights and on the same batches. */
final class Race {
  private static final int EXAMPLES = 500;
  private static final int STEPS = 250;
  private static final int SEEDS = 3;

  private Race() {}

  private static double[] adam(long seed) {
    return new Training(seed, EXAMPLES).run(STEPS, size -> new Optimizers.Adam(0.01, size));
  }

  private static double[] sgd(long seed) {
    return new Training(seed, EXAMPLES).run(STEPS, size -> Optimizers.sgd(0.005));
  }

  static String picture() {
    StringBuilder table = new StringBuilder();
    String plot = "";
    for (int seed = 1; seed <= SEEDS; seed++) {
      double[] adam = adam(seed);
      double[] sgd = sgd(seed);
      plot = seed == 1 ? plot(adam, sgd) : plot;
      table.append(
          String.format(
              Locale.ROOT,
              "  %4d    %6d  %9.3g    %6d  %9.3g%n",
              seed,
              Training.spikes(adam),
              end(adam),
              Training.spikes(sgd),
              end(sgd)));
    }
    return "The loss of each batch with Adam (a) and with SGD (s), seed 1; below it, where\n"
        + "by your rule a spike of Adam (A) or of SGD (S) begins:\n\n"
        + plot
        + "  (x is the step, y the logarithm of the loss to the base 10)\n\n"
        + "          Adam, η = 0.01       SGD, η = 0.005\n"
        + "  seed    spikes  loss at end  spikes  loss at end\n"
        + table
        + "\nCounts in a few short runs: they show that there are spikes, and not why.\n"
        + "docs/spikes.md tells of the experiments that ask for causes.\n";
  }

  private static double end(double... losses) {
    return Curve.median(Arrays.copyOfRange(losses, losses.length - 20, losses.length));
  }

  private static String plot(double[] adam, double[] sgd) {
    Plot plot = new Plot(0, STEPS, -1.5, 1.6);
    IntStream.range(0, STEPS)
        .forEach(t -> plot.point('s', t, Math.log10(sgd[t])).point('a', t, Math.log10(adam[t])));
    marks(plot, 'A', -1.28, adam);
    marks(plot, 'S', -1.5, sgd);
    return plot.toString();
  }

  /** The learner's count up to a step grows where a spike begins. */
  private static void marks(Plot plot, char letter, double y, double... losses) {
    IntStream.range(1, losses.length)
        .filter(t -> count(losses, t + 1) > count(losses, t))
        .forEach(t -> plot.point(letter, t, y));
  }

  private static int count(double[] losses, int first) {
    return Training.spikes(Arrays.copyOf(losses, first));
  }
}
