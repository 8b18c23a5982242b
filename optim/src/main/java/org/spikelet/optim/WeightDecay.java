package org.spikelet.optim;

/**
 * What pulls weights to zero beside the loss, the same for every rule: in the gradient, g ← g +
 * λ·w, or decoupled from it, w ← w − η·λ·w.
 *
 * <p>For plain descent the two are one. A rule that divides the gradient divides the decay in it
 * too. Source: Loshchilov and Hutter 2019, Algorithms 1 and 2.
 *
 * @param inGradient λ of the decay in the gradient
 * @param decoupled λ of the decay beside it
 */
public record WeightDecay(double inGradient, double decoupled) {

  /** No decay. */
  public static final WeightDecay NONE = new WeightDecay(0, 0);

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public WeightDecay {
    Check.rate("weight decay", inGradient);
    Check.rate("weight decay", decoupled);
  }

  /** Returns a decay in the gradient, g ← g + λ·w. */
  public static WeightDecay inGradient(double lambda) {
    return new WeightDecay(lambda, 0);
  }

  /** Returns a decay beside the gradient, w ← w − η·λ·w, as in AdamW. */
  public static WeightDecay decoupled(double lambda) {
    return new WeightDecay(0, lambda);
  }

  /** Writes g + λ·w. */
  void add(double[] w, double[] g, double[] sum) {
    for (int i = 0; i < w.length; i++) {
      sum[i] = g[i] + inGradient * w[i];
    }
  }

  /** w ← (1 − η·λ) · w. */
  void shrink(double learningRate, double[] w, int from, int to) {
    double kept = 1 - learningRate * decoupled;
    for (int i = from; i < to; i++) {
      w[i] *= kept;
    }
  }
}
