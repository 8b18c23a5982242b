package org.spikelet.benchmarks;

import java.util.Locale;
import java.util.SplittableRandom;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/**
 * Spikelet's side of the comparison with other frameworks, {@code benchmarks/peers/run}.
 *
 * <p>Prints a line for each setting: the setting, a tab, the median time in microseconds. Its
 * arguments are the seconds to warm up and to measure, for each setting, and the settings.
 */
public final class Contender {

  private Contender() {}

  /** Measures all settings. */
  public static void main(String[] arguments) {
    double warmUp = Double.parseDouble(arguments[0]);
    double seconds = Double.parseDouble(arguments[1]);
    for (int i = 2; i < arguments.length; i++) {
      double time = Timing.microseconds(warmUp, seconds, work(arguments[i]));
      System.out.printf(Locale.ROOT, "%s\t%.3f%n", arguments[i], time);
    }
  }

  private static Runnable work(String setting) {
    if (setting.startsWith("matmul ")) {
      int n = Integer.parseInt(setting.substring(7));
      SplittableRandom random = new SplittableRandom(1);
      Tensor a = Tensor.of(Shape.of(n, n), random.doubles((long) n * n, -1, 1).toArray());
      Tensor b = Tensor.of(Shape.of(n, n), random.doubles((long) n * n, -1, 1).toArray());
      return () -> check(a.matmul(b).at(0));
    }
    if (TransformerTask.reads(setting)) {
      TransformerTask task = TransformerTask.parse(setting);
      return () -> check(task.step());
    }
    TrainingTask task = TrainingTask.parse(setting);
    return () -> check(task.step());
  }

  /** Uses a result, so that it is computed. */
  private static void check(double result) {
    if (!Double.isFinite(result)) {
      throw new IllegalStateException("a result is " + result);
    }
  }
}
