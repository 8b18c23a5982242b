package org.spikelet.nn;

import java.util.Arrays;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/** What the losses demand of their targets, and how they read classes out of them. */
final class Targets {

  private Targets() {}

  /**
   * Refuses predictions (or logits, by their role) and targets of different shapes, or empty ones.
   */
  static void checkSameShape(String loss, String role, Tensor predictions, Tensor targets) {
    checkNotEmpty(loss, role, predictions);
    Shape shape = predictions.shape();
    if (!shape.equals(targets.shape())) {
      throw new IllegalArgumentException(
          "%s: the %s have shape %s, the targets %s; ".formatted(loss, role, shape, targets.shape())
              + (shape.size() == targets.size()
                  ? "reshape the targets to " + shape
                  : "they must be the same, nothing is broadcast"));
    }
  }

  /** Refuses targets that are not one class for each row of batch × classes. */
  static void checkClasses(String loss, Tensor probabilities, Tensor targets) {
    checkNotEmpty(loss, "probabilities", probabilities);
    Shape rows = rows(loss, "probabilities", probabilities);
    if (!targets.shape().equals(rows)) {
      throw new IllegalArgumentException(
          "%s: the probabilities have shape %s, the targets %s; targets must be classes of shape %s"
              .formatted(loss, probabilities.shape(), targets.shape(), rows));
    }
  }

  /** Returns whether the targets are probabilities (true) or classes (false) for these logits. */
  static boolean checkClassesOrProbabilities(String loss, Tensor logits, Tensor targets) {
    checkNotEmpty(loss, "logits", logits);
    Shape rows = rows(loss, "logits", logits);
    if (targets.shape().equals(rows)) {
      return false;
    }
    if (!targets.shape().equals(logits.shape())) {
      throw new IllegalArgumentException(
          ("%s: the logits have shape %s, the targets %s; targets must be classes of shape %s, or"
                  + " probabilities of shape %s")
              .formatted(loss, logits.shape(), targets.shape(), rows, logits.shape()));
    }
    checkProbabilities(loss, targets);
    return true;
  }

  /** Refuses a target outside [0, 1]. */
  static void checkProbabilities(String loss, Tensor targets) {
    for (int i = 0; i < targets.size(); i++) {
      double target = targets.at(i);
      if (!(target >= 0 && target <= 1)) {
        throw new IllegalArgumentException(
            "%s: target %s (in row-major order) is %s, which is no probability; it must be in [0, 1]"
                .formatted(loss, i, target));
      }
    }
  }

  /**
   * Returns from each row of batch × classes the element of the row's class, in the shape of
   * targets.
   */
  static Tensor pick(String loss, Tensor x, Tensor targets) {
    try {
      return x.pick(targets);
    } catch (IllegalArgumentException e) {
      explain(loss, x.shape().dimension(-1), targets, e);
      throw e;
    }
  }

  /** Says in the loss's words which target is no class. */
  private static void explain(
      String loss, int classes, Tensor targets, IllegalArgumentException cause) {
    for (int row = 0; row < targets.size(); row++) {
      double label = targets.at(row);
      if (!(label >= 0 && label < classes && label == Math.rint(label))) {
        throw new IllegalArgumentException(
            "%s: the target of row %s is %s; with %s classes it must be an integer from 0 to %s"
                .formatted(loss, row, label, classes, classes - 1),
            cause);
      }
    }
  }

  private static void checkNotEmpty(String loss, String role, Tensor predictions) {
    if (predictions.size() == 0) {
      throw new IllegalArgumentException(
          "%s: the batch is empty, the %s have shape %s; skip it, a loss needs at least one element"
              .formatted(loss, role, predictions.shape()));
    }
  }

  /** Returns the shape without its last axis, the classes. */
  private static Shape rows(String loss, String role, Tensor x) {
    int rank = x.shape().rank();
    if (rank == 0) {
      throw new IllegalArgumentException(
          loss + ": the " + role + " are a scalar; the last axis must be the classes");
    }
    return Shape.of(Arrays.copyOf(x.shape().dimensions(), rank - 1));
  }
}
