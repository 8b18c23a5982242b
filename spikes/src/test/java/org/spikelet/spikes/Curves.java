package org.spikelet.spikes;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Loss curves for tests. */
public final class Curves {

  private Curves() {}

  public static double[] curve(int steps, IntToDoubleFunction loss) {
    return IntStream.range(0, steps).mapToDouble(loss).toArray();
  }

  public static double[] constant(int steps, double loss) {
    return curve(steps, t -> loss);
  }

  /** A copy of a curve with other values written over it from one step on. */
  public static double[] with(double[] losses, int from, double... values) {
    double[] changed = losses.clone();
    System.arraycopy(values, 0, changed, from, values.length);
    return changed;
  }

  /** As {@link #with}, the same value so many times. */
  public static double[] plateau(double[] losses, int from, int length, double value) {
    return with(losses, from, constant(length, value));
  }

  /** ln of the loss is normal with this σ, cut at ±2.5σ. */
  public static double[] noisy(int steps, double sigma, long seed) {
    Random random = new Random(seed);
    return curve(
        steps, t -> Math.exp(sigma * Math.max(-2.5, Math.min(2.5, random.nextGaussian()))));
  }
}
