package org.spikelet.autodiff.check;

import java.util.Arrays;

/**
 * The first look along a line, which is enough for most: the cubic through φ at −h, 0, h and 2.6 h.
 *
 * <p>Its slope at 0 is the central difference less its error of h²/6 · φ‴, and what its third
 * difference shows beyond that is noise. With h = ∛ulp(1) both are of one size where the function
 * moves on the scale of its input and is exact to rounding. Where the third difference is larger, a
 * {@link Verdict} takes a closer look.
 *
 * @param value the slope
 * @param bound on its error: the correction, and four times the noise over h
 * @param flat whether no output moved at all
 * @param exact whether no more than rounding of an ordinary size shows
 */
record Probe(double value, double bound, boolean flat, boolean exact) {

  /** Of the order that balances truncation, ~h², with round-off, ~ulp/h. */
  static final double STEP = Math.cbrt(Math.ulp(1.0));

  /** The golden ratio's square: a function that moves in equal jumps fits no cubic. */
  private static final double R = 2.618033988749895;

  /** The size of the third difference's weights on the four values. */
  private static final double WEIGHTS = 8;

  private static final double ORDINARY = 512;

  static Probe of(Line line, double[] u) {
    double h = line.exact(STEP * line.scale());
    double far = line.exact(R * STEP * line.scale());
    double[] below = line.at(-h);
    double[] above = line.at(h);
    double[] further = line.at(far);
    double[] at = line.output();
    boolean flat =
        Arrays.equals(below, at) && Arrays.equals(above, at) && Arrays.equals(further, at);
    double minus = line.rise(u, below);
    double plus = line.rise(u, above);
    double central = (plus - minus) / (2 * h);
    double r = far / h;
    double third = line.rise(u, further) - far * central - r * r * (plus + minus) / 2;
    double correction = third / ((r * r * r - r) * h);
    double[] largest = new double[at.length];
    double size = 0;
    for (int j = 0; j < at.length; j++) {
      if (at[j] != above[j] || at[j] != below[j] || at[j] != further[j]) {
        largest[j] = Math.max(Math.abs(at[j]), Math.abs(further[j]));
        size += Math.abs(u[j]) * largest[j];
      }
    }
    double noise =
        Math.max(line.ulps(4, u, largest), 4 * Math.abs(third) / WEIGHTS)
            + line.rounding() * Math.abs(central);
    double ordinary = ORDINARY * Math.ulp(1.0) * (size + line.scale() * Math.abs(central));
    return new Probe(
        central - correction,
        flat ? 0 : Math.abs(correction) + noise / h,
        flat,
        Math.abs(third) <= ordinary);
  }

  /** Whether this is enough to call an analytic slope right. */
  boolean confirms(double analytic, Tolerance tolerance) {
    return exact && tolerance.confirms(analytic, value, bound);
  }

  /** Whether this is enough to call an analytic slope wrong, several times over. */
  boolean refutes(double analytic, Tolerance tolerance) {
    return exact && !flat && Math.abs(analytic - value) > 10 * (tolerance.at(value) + bound);
  }
}
