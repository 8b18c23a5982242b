package org.spikelet.nn;

import org.spikelet.autodiff.Tensor;

/** What layers demand that work along the last axis of their input. */
final class Features {

  private Features() {}

  /** Refuses a layer of less than one feature. */
  static void check(String layer, int features) {
    if (features < 1) {
      throw new IllegalArgumentException(layer + ": features must be at least 1, got " + features);
    }
  }

  /** Refuses an ε that is not positive and finite. */
  static void checkEpsilon(String layer, double epsilon) {
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          layer + ": epsilon must be positive and finite, got " + epsilon);
    }
  }

  /** Refuses an input whose last axis has another length. */
  static void checkLastAxis(Object layer, int features, Tensor x) {
    if (x.shape().rank() == 0 || x.shape().dimension(-1) != features) {
      throw new IllegalArgumentException(
          "%s: the last axis of the input must be %s, its shape is %s"
              .formatted(layer, features, x.shape()));
    }
  }

  /** 1 / √(x + ε), one number for a row: to divide the row itself would cost more, back too. */
  static Tensor inverseRoot(Tensor x, double epsilon) {
    return Tensor.scalar(1).div(x.add(epsilon).sqrt());
  }
}
