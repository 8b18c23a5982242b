package course;

import course.Graph.Variable;

/** Chapter 8: a layer, a loss, and log-sum-exp without overflow. Each row is one example. */
public final class Layers {

  private Layers() {}

  /**
   * Returns x·W + b.
   *
   * @param x batch × in
   * @param weights in × out
   * @param bias 1 × out
   */
  public static Variable dense(Variable x, Variable weights, Variable bias) {
    // Gap dense: one product, one sum.
    return x.matmul(weights).plus(bias);
    // End of gap.
  }

  /**
   * Returns ln Σ exp z of each row: batch × 1.
   *
   * <p>With m the largest number of the row it is m + ln Σ exp(z − m), where no exponent is above
   * 0.
   *
   * @param z batch × classes
   */
  public static Variable logSumExp(Variable z) {
    Variable m = z.graph().variable(largest(z.value())); // batch × 1
    // Gap logSumExp: subtract m, take exponentials, sum each row, take the logarithm, add m.
    return z.minus(m).exp().sumTo(z.value().rows(), 1).log().plus(m);
    // End of gap.
  }

  /**
   * Returns the mean over the rows of logSumExp(z) less the logit of the right class: 1 × 1.
   *
   * @param logits batch × classes
   * @param targets batch × classes, 1 at the right class of each row and 0 elsewhere
   */
  public static Variable crossEntropy(Variable logits, Variable targets) {
    // Gap crossEntropy: in each row logSumExp less the right logit; then the mean of the rows.
    int batch = logits.value().rows();
    Variable right = logits.times(targets).sumTo(batch, 1);
    return logSumExp(logits).minus(right).sum().scale(1.0 / batch);
    // End of gap.
  }

  /** Returns the largest number of each row. */
  private static Matrix largest(Matrix z) {
    double[] largest = new double[z.rows()];
    for (int i = 0; i < z.rows(); i++) {
      largest[i] = z.at(i, 0);
      for (int j = 1; j < z.columns(); j++) {
        largest[i] = Math.max(largest[i], z.at(i, j));
      }
    }
    return Matrix.of(z.rows(), 1, largest);
  }
}
