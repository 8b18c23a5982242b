package org.spikelet.nn;

import org.spikelet.autodiff.Tensor;

/** How one loss is made of the losses of the single elements, or rows. */
public enum Reduction {

  /** Their mean, a scalar. */
  MEAN,

  /** Their sum, a scalar. */
  SUM,

  /** The single losses themselves. */
  NONE;

  Tensor apply(Tensor losses) {
    return switch (this) {
      case MEAN -> losses.mean();
      case SUM -> losses.sum();
      case NONE -> losses;
    };
  }
}
