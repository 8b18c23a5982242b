package org.spikelet.autodiff.check;

/**
 * The slopes of Σ u · f on either side of a point, output by output.
 *
 * <p>An output has a kink where both of its slopes converge, to limits that differ by much more
 * than their bounds. The sum then has the sum of the intervals u[j] · [left, right]; of the outputs
 * without a kink together, central differences are the better estimate, if there are any kinks.
 */
final class Sides {

  /** By how many bounds the slopes of two sides of a kink differ at least. */
  private static final double CLEAR = 8;

  private final Ladder ladder;
  private final double noise;
  private final Tolerance tolerance;
  private final double[] smooth;

  /** Sums over the kinks. */
  private double low;

  private double high;
  private double bound;

  /** Sums over all else. */
  private double value;

  private double error;

  private double step = Double.POSITIVE_INFINITY;
  private boolean kinked;
  private boolean jump;
  private boolean finite = true;

  /** Looks at every output, with steps in a range; the noise is what jumps have shown. */
  Sides(
      Ladder ladder, double[] u, double noise, Tolerance tolerance, double finest, double widest) {
    this.ladder = ladder;
    this.noise = noise;
    this.tolerance = tolerance;
    this.smooth = u.clone();
    for (int j = 0; j < u.length; j++) {
      Series series = ladder.series(j, u[j]);
      if (!series.still()) {
        finite &= series.finite(ladder.size() - 1);
        jump |= series.jumps();
        add(j, Side.both(series, noise, finest, widest));
      }
    }
  }

  private void add(int j, Side[] both) {
    Side left = both[0];
    Side right = both[1];
    double gap = Math.abs(right.slope() - left.slope());
    double either = Math.max(left.bound(), right.bound());
    double size = Math.max(Math.abs(left.slope()), Math.abs(right.slope()));
    step = Math.min(step, Math.min(left.step(), right.step()));
    if (gap > CLEAR * either && gap > tolerance.at(size)) {
      kinked = true;
      low += Math.min(left.slope(), right.slope());
      high += Math.max(left.slope(), right.slope());
      bound += either;
      smooth[j] = 0;
    } else {
      value += (left.slope() + right.slope()) / 2;
      error += either + gap / 2;
    }
  }

  boolean kinked() {
    return kinked;
  }

  Estimate estimate(boolean bent) {
    Estimate.Nature nature =
        !finite
            ? Estimate.Nature.NOT_FINITE
            : jump ? Estimate.Nature.JUMP : kinked ? Estimate.Nature.KINK : Estimate.Nature.SMOOTH;
    if (kinked && error > 0) {
      Central rest = Central.of(ladder, smooth);
      if (rest.bound() < error) {
        value = rest.value();
        error = rest.bound();
      }
    }
    double all = jump || !finite ? Double.NaN : bound + error;
    return new Estimate(
        low + value,
        high + value,
        Double.isNaN(all) ? Double.POSITIVE_INFINITY : all,
        noise,
        step,
        nature,
        bent);
  }
}
