package course;

import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/** Chapter 1: a derivative as a measurement. */
public final class Slope {

  private Slope() {}

  /** Returns the slope of f at x, measured over the 2·h around x: (f(x+h) − f(x−h)) / (2·h). */
  public static double at(DoubleUnaryOperator f, double x, double h) {
    // Gap slope: ask f for its value a step h to the right of x and a step h to the left, and
    // divide the difference by the distance between the two places.
    double right = f.applyAsDouble(x + h);
    double left = f.applyAsDouble(x - h);
    return (right - left) / (2 * h);
    // End of gap.
  }

  /**
   * Returns the slope of f in one of its inputs, while all others stand still.
   *
   * @param f a function of several numbers
   * @param x where to measure; the same when the method returns as when it was called
   * @param i which input moves
   * @param h the step
   */
  public static double partial(ToDoubleFunction<double[]> f, double[] x, int i, double h) {
    // Gap partial: move x[i] alone, a step h to each side, and leave the caller's array as it was.
    double[] moved = x.clone();
    moved[i] = x[i] + h;
    double right = f.applyAsDouble(moved);
    moved[i] = x[i] - h;
    double left = f.applyAsDouble(moved);
    return (right - left) / (2 * h);
    // End of gap.
  }
}
