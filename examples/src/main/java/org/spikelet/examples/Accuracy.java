package org.spikelet.examples;

import org.spikelet.autodiff.Tensor;

/** The share of right answers of a classifier. */
final class Accuracy {

  private Accuracy() {}

  /** Returns the class with the largest logit of each row; logits: rows × classes. */
  static int[] classes(Tensor logits) {
    int[] answers = new int[logits.shape().dimension(0)];
    int count = logits.shape().dimension(1);
    double[] values = logits.toArray();
    for (int i = 0; i < answers.length; i++) {
      for (int c = 1; c < count; c++) {
        if (values[i * count + c] > values[i * count + answers[i]]) {
          answers[i] = c;
        }
      }
    }
    return answers;
  }

  /**
   * Returns the share of rows whose largest logit is that of the target; targets: class indices.
   */
  static double of(Tensor logits, Tensor targets) {
    int[] answers = classes(logits);
    int right = 0;
    for (int i = 0; i < answers.length; i++) {
      right += answers[i] == targets.get(i) ? 1 : 0;
    }
    return (double) right / answers.length;
  }
}
