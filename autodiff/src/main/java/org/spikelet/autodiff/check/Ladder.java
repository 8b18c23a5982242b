package org.spikelet.autodiff.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The values of a function along a line, on both sides of the point, at steps from a quarter of the
 * input's scale down to a few of its last digits.
 *
 * <p>Each step is 4.2 times smaller than the one before: the golden ratio's cube, which no period
 * and no row of equal jumps keeps in step with. If the point is very close to 0, the ladder goes on
 * with steps of the point's own size.
 */
final class Ladder {

  private static final double RATIO = 4.23606797749979;
  private static final double WIDEST = 0.25;

  /** So many lead from 0.25 to 10⁻¹⁷. */
  private static final int RUNGS = 27;

  /** The ladder goes on if fewer than a dozen of these steps are finer than the point's size. */
  private static final double FEW = 3e-8;

  private static final int WIDER = 16;

  /** How many of its own digits' roundings an ordinary value is taken to have suffered. */
  private static final int ROUNDINGS = 5;

  private final Line line;
  private final double[] steps;
  private final double[][] above;
  private final double[][] below;

  private Ladder(Line line, double[] steps, double[][] above, double[][] below) {
    this.line = line;
    this.steps = steps;
    this.above = above;
    this.below = below;
  }

  private Ladder(Line line, double[] steps) {
    this(line, steps, new double[steps.length][], new double[steps.length][]);
    for (int k = 0; k < steps.length; k++) {
      above[k] = line.at(steps[k]);
      below[k] = line.at(-steps[k]);
    }
  }

  static Ladder of(Line line) {
    List<Double> steps = new ArrayList<>();
    double last = descend(steps, WIDEST * line.scale(), RUNGS, line);
    if (line.size() > 0 && FEW * line.size() < last) {
      // Never twice the same step: nothing can be extrapolated from two.
      descend(steps, Math.min(last / RATIO, WIDEST * line.size()), RUNGS, line);
    }
    return new Ladder(line, steps.stream().mapToDouble(h -> h).toArray());
  }

  /** A ladder that begins at 10¹⁰ times the input's scale. */
  static Ladder wider(Line line) {
    List<Double> steps = new ArrayList<>();
    double widest = WIDEST * line.scale() * Math.pow(RATIO, WIDER);
    descend(steps, widest, RUNGS + WIDER, line);
    return new Ladder(line, steps.stream().mapToDouble(h -> h).toArray());
  }

  private static double descend(List<Double> steps, double widest, int count, Line line) {
    double h = widest;
    for (int k = 0; k < count && h >= line.finest(); k++, h /= RATIO) {
      steps.add(line.exact(h));
    }
    return h * RATIO;
  }

  /** The part of this ladder with steps from some size on. */
  Ladder above(double step) {
    int count = (int) Arrays.stream(steps).filter(h -> h >= step).count();
    return new Ladder(
        line,
        Arrays.copyOf(steps, count),
        Arrays.copyOf(above, count),
        Arrays.copyOf(below, count));
  }

  Line line() {
    return line;
  }

  int size() {
    return steps.length;
  }

  double step(int k) {
    return steps[k];
  }

  /** The rises of one output, times a weight. */
  Series series(int j, double weight) {
    double at = line.output()[j];
    double[] plus = new double[steps.length];
    double[] minus = new double[steps.length];
    double[] noise = new double[steps.length];
    for (int k = 0; k < steps.length; k++) {
      plus[k] = weight * (above[k][j] - at);
      minus[k] = weight * (below[k][j] - at);
      double far = Math.max(Math.abs(above[k][j]), Math.abs(below[k][j]));
      double slope = Math.max(Math.abs(plus[k]), Math.abs(minus[k])) / steps[k];
      noise[k] =
          ROUNDINGS * Math.abs(weight) * Math.ulp(Math.max(Math.abs(at), far))
              + line.rounding() * slope;
    }
    return new Series(steps, plus, minus, noise);
  }

  /** The rises of Σ w · f on both sides, with a bound on the round-off in each. */
  Series series(double[] w) {
    int count = w.length;
    double[] at = line.output();
    boolean[] moves = new boolean[count];
    for (int k = 0; k < steps.length; k++) {
      for (int j = 0; j < count; j++) {
        moves[j] |= above[k][j] != at[j] || below[k][j] != at[j];
      }
    }
    double[] plus = new double[steps.length];
    double[] minus = new double[steps.length];
    double[] noise = new double[steps.length];
    double[] largest = new double[count];
    for (int k = 0; k < steps.length; k++) {
      plus[k] = line.rise(w, above[k]);
      minus[k] = line.rise(w, below[k]);
      for (int j = 0; j < count; j++) {
        double far = Math.max(Math.abs(above[k][j]), Math.abs(below[k][j]));
        largest[j] = moves[j] && w[j] != 0 ? Math.max(Math.abs(at[j]), far) : 0;
      }
      double slope = Math.max(Math.abs(plus[k]), Math.abs(minus[k])) / steps[k];
      noise[k] = line.ulps(ROUNDINGS, w, largest) + line.rounding() * slope;
    }
    return new Series(steps, plus, minus, noise);
  }
}
