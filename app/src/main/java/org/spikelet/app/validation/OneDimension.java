package org.spikelet.app.validation;

import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Adam;

/**
 * Adam on ½x², where nothing but Adam itself can make a spike: the gradient is x, the curvature 1.
 *
 * <pre>
 * loss = ½·x²,   η·λ = η / P,   P = (1 − β₁ᵗ) · (√v̂ + ε)
 * unstable where η·λ &gt; (2 + 2·β₁) / (1 − β₁)
 * </pre>
 *
 * <p>A <em>burst</em> begins when the level, the largest |x| of 20 steps, is 32 times the lowest
 * since the last burst, the loss about 1,000 times; it is over when the level has fallen to a 32nd
 * of its peak. Levels under 1e−300 count as that.
 *
 * <p>{@link #run} trains with the optimizer. {@link #recurrence} takes the same steps in plain
 * arithmetic, and the explorable picture of the report takes those in JavaScript, to the last bit:
 * {@code parabola.js}. The two differ in last bits, and agree to 1e−9 until near the first
 * crossing, while x is no subnormal number; after it some settings make other numbers of bursts out
 * of last bits, so {@link #main} also prints the numbers from starts that differ by less than
 * 1e−14.
 */
final class OneDimension {

  /** How many steps a run takes. */
  static final int STEPS = 20_000;

  private static final int BLOCK = 20;
  private static final double RISE = 32;
  private static final double LEAST = 1e-300;

  /** What a run looks like. */
  enum Kind {
    /** No burst. */
    CALM,
    /** Bursts, and calm between them. */
    SPIKING,
    /** In the last quarter the level stays within a factor of 32. */
    NEVER_CALM,
    /** No burst, but the loss is 0 in the end: too small for a double, which says nothing. */
    UNDERFLOW
  }

  private final double rate;
  private final double beta2;
  private final double threshold;
  private final double[] x = new double[STEPS];
  private final double[] divisor = new double[STEPS];

  private OneDimension(double rate, double beta2, double threshold) {
    this.rate = rate;
    this.beta2 = beta2;
    this.threshold = threshold;
  }

  /**
   * Takes 20,000 steps.
   *
   * @param start the first x
   * @param rate η
   */
  static OneDimension run(double start, double rate, Adam.Settings settings) {
    Parameter x = Parameter.of("x", Tensor.scalar(start));
    Adam adam = new Adam(List.of(x), rate, settings);
    OneDimension run =
        new OneDimension(rate, settings.beta2(), adam.stabilityThreshold().orElseThrow());
    for (int t = 0; t < STEPS; t++) {
      run.x[t] = x.item();
      try (Tape tape = Tape.record()) {
        adam.step(tape.gradients(x.square().mul(0.5)));
      }
      run.divisor[t] = adam.preconditioner(0)[0];
    }
    return run;
  }

  /**
   * Takes 20,000 steps from x = 1 with ε = 1e−8, without the optimizer and in the page's order: βᵗ
   * is a running product, where {@link Adam} takes the power.
   *
   * @param rate η
   */
  static OneDimension recurrence(double rate, double beta1, double beta2) {
    OneDimension run = new OneDimension(rate, beta2, (2 + 2 * beta1) / (1 - beta1));
    double epsilon = Adam.DEFAULTS.epsilon();
    double x = 1;
    double m = 0;
    double v = 0;
    double power1 = 1;
    double power2 = 1;
    for (int t = 0; t < STEPS; t++) {
      run.x[t] = x;
      double g = x;
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g * g;
      power1 *= beta1;
      power2 *= beta2;
      double first = 1 - power1;
      double root = Math.sqrt(1 - power2);
      x -= rate * root / first * m / (Math.sqrt(v) + epsilon * root);
      run.divisor[t] = first * (Math.sqrt(v) / root + epsilon);
    }
    return run;
  }

  /** Returns x before step t. */
  double x(int t) {
    return x[t];
  }

  /** Returns the loss before step t. */
  double loss(int t) {
    return 0.5 * x[t] * x[t];
  }

  /** Returns P, which step t divided by. */
  double divisor(int t) {
    return divisor[t];
  }

  /** Returns η / P of step t. */
  double sharpness(int t) {
    return rate / divisor[t];
  }

  /** Returns (2 + 2·β₁) / (1 − β₁). */
  double threshold() {
    return threshold;
  }

  /** Returns the first step at which η / P rose over the threshold, or −1. */
  int firstCrossing() {
    for (int t = 1; t < STEPS; t++) {
      if (sharpness(t) > threshold && sharpness(t - 1) <= threshold) {
        return t;
      }
    }
    return -1;
  }

  /** Returns where bursts begin, to 20 steps. */
  List<Integer> bursts() {
    List<Integer> bursts = new ArrayList<>();
    double lowest = Double.POSITIVE_INFINITY;
    double peak = 0;
    for (int t = 0; t < STEPS; t += BLOCK) {
      double level = level(t);
      if (peak > 0) {
        peak = Math.max(peak, level);
        if (level < peak / RISE) {
          peak = 0;
          lowest = level;
        }
      } else {
        lowest = Math.min(lowest, level);
        if (level > RISE * lowest) {
          peak = level;
          bursts.add(t);
        }
      }
    }
    return bursts;
  }

  private double level(int from) {
    double level = LEAST;
    for (int t = from; t < from + BLOCK; t++) {
      level = Math.max(level, Math.abs(x[t]));
    }
    return level;
  }

  /** Returns what the run looks like. */
  Kind kind() {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = 0;
    for (int t = STEPS - STEPS / 4; t < STEPS; t += BLOCK) {
      lowest = Math.min(lowest, level(t));
      highest = Math.max(highest, level(t));
    }
    boolean underflow = loss(STEPS - 1) == 0;
    if (highest < RISE * lowest && !underflow) {
      return Kind.NEVER_CALM;
    }
    return !bursts().isEmpty() ? Kind.SPIKING : underflow ? Kind.UNDERFLOW : Kind.CALM;
  }

  /**
   * Returns when η / P should cross the threshold: v holds (1 − β₂)·Σg² of the way down, and then
   * only decays. For η up to a tenth of the first x.
   *
   * <pre>
   * t = 2 · ln(threshold · √((1 − β₂)·Σg²) / η) / (1 − β₂)
   * </pre>
   */
  double expectedCrossing() {
    double sum = 0;
    for (int t = 0; t < STEPS && Math.abs(x[t]) > 1e-3 * Math.abs(x[0]); t++) {
      sum += x[t] * x[t];
    }
    return 2 * StrictMath.log(threshold * Math.sqrt((1 - beta2) * sum) / rate) / (1 - beta2);
  }

  /** Prints what stands in docs/spikes.md. */
  public static void main(String[] arguments) {
    // A power of two changes no digit, and from 2^500 it is a longer way to the subnormal numbers.
    for (double unit : new double[] {1, 0x1p500}) {
      System.out.printf(Locale.ROOT, "from x = %.0e%n", unit);
      System.out.println(" η / x    β₁     β₂   bursts   nearby   first  crossing  expected");
      for (double beta2 : new double[] {0.9, 0.95, 0.99, 0.995, 0.999, 0.9999}) {
        for (double beta1 : new double[] {0, 0.5, 0.9}) {
          for (double rate : new double[] {0.001, 0.01, 0.1, 1}) {
            Adam.Settings settings = Adam.DEFAULTS.withBetas(beta1, beta2).withEpsilon(1e-8 * unit);
            String nearby = nearby(unit, rate * unit, settings);
            print(rate, settings, run(unit, rate * unit, settings), nearby);
          }
        }
      }
    }
  }

  /** The fewest and the most bursts of ten runs, begun at x·(1 + k·2⁻⁵⁰) for k from 0 to 9. */
  private static String nearby(double start, double rate, Adam.Settings settings) {
    IntSummaryStatistics counts =
        IntStream.range(0, 10)
            .map(k -> run(start * (1 + k * 0x1p-50), rate, settings).bursts().size())
            .summaryStatistics();
    return counts.getMin() + "–" + counts.getMax();
  }

  private static void print(double rate, Adam.Settings settings, OneDimension run, String nearby) {
    List<Integer> bursts = run.bursts();
    System.out.printf(
        Locale.ROOT,
        "%6s %5s %6s  %7d %8s %7s %9d %9.0f  %s%n",
        rate,
        settings.beta1(),
        settings.beta2(),
        bursts.size(),
        nearby,
        bursts.isEmpty() ? "–" : bursts.get(0),
        run.firstCrossing(),
        run.expectedCrossing(),
        run.kind());
  }
}
