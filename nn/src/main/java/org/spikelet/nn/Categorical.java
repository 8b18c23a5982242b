package org.spikelet.nn;

import java.util.random.RandomGenerator;
import org.spikelet.autodiff.Tensor;

/**
 * Draws classes, each as often as its probability says.
 *
 * <p>A row's class is the first one whose probability, added to those before it, is above u times
 * their sum, u being uniform in [0, 1). So a row costs one number of the generator, and a class of
 * probability 0 is never drawn.
 *
 * <p>In PyTorch: {@index distributions.Categorical}, {@index multinomial}.
 */
public final class Categorical {

  private Categorical() {}

  /**
   * Returns a class for each row, of probabilities softmax(logits). Advances the random state. A
   * temperature T is {@code logits.div(T)}.
   *
   * @param logits … × classes
   * @return in row-major order
   * @throws IllegalArgumentException if there is no class, or a row has no probabilities for a NaN,
   *     a ∞, or because all are −∞
   */
  public static int[] drawLogits(Tensor logits, RandomGenerator random) {
    return draw(logits.detach().softmax(-1), random);
  }

  /**
   * Returns a class for each row. Advances the random state.
   *
   * @param probabilities … × classes, not negative; they need not sum to 1
   * @return in row-major order
   * @throws IllegalArgumentException if there is no class, one is negative or not finite, or all of
   *     a row are 0
   */
  public static int[] draw(Tensor probabilities, RandomGenerator random) {
    int classes = probabilities.shape().rank() == 0 ? 0 : probabilities.shape().dimension(-1);
    if (classes == 0) {
      throw new IllegalArgumentException(
          "Categorical: needs …×classes, with at least one class, got " + probabilities.shape());
    }
    double[] p = probabilities.toArray();
    int[] drawn = new int[p.length / classes];
    for (int row = 0; row < drawn.length; row++) {
      int from = row * classes;
      int scale = scale(p, from, classes);
      double sum = 0;
      for (int k = from; k < from + classes; k++) {
        sum += Math.scalb(p[k], scale);
      }
      double left = random.nextDouble() * sum;
      for (int k = 0; k < classes && left >= 0; k++) {
        left -= Math.scalb(p[from + k], scale);
        drawn[row] = p[from + k] > 0 ? k : drawn[row]; // the last one, if rounding leaves a rest
      }
    }
    return drawn;
  }

  /** The power of 2 that brings the largest near 1: the sum neither overflows nor lacks digits. */
  private static int scale(double[] p, int from, int classes) {
    double largest = 0;
    for (int k = from; k < from + classes; k++) {
      largest = Math.max(largest, p[k] >= 0 ? p[k] : Double.NaN);
    }
    if (!(largest > 0 && largest < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Categorical: row %s has no probabilities; they must be finite, not negative and not all 0"
              .formatted(from / classes));
    }
    return -Math.getExponent(largest);
  }
}
