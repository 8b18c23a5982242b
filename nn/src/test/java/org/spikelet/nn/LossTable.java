package org.spikelet.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.spikelet.autodiff.Tensor;

/** Every loss, by its signature, for the tests that hold for all of them. */
final class LossTable {

  /** Away from 0 and from the targets by more than a step of a gradient check. */
  private static final Tensor ANY =
      Tensor.matrix(
          new double[] {0.3, -1.2, 2.5},
          new double[] {1.7, 0.4, -0.6},
          new double[] {-2.1, 0.9, 0.2},
          new double[] {0.8, -0.7, 1.1});

  private static final Tensor PROBABILITIES =
      Tensor.matrix(
          new double[] {0.2, 0.5, 0.3},
          new double[] {0.6, 0.3, 0.1},
          new double[] {0.15, 0.25, 0.6},
          new double[] {0.7, 0.1, 0.2});

  private static final Tensor CLASSES = Tensor.vector(2, 0, 1, 1);

  /**
   * One loss, with the predictions (or logits) and targets to try it with.
   *
   * @param mean whether the value is a mean over the rows
   */
  record Row(
      String signature,
      BinaryOperator<Tensor> function,
      Tensor predictions,
      Tensor targets,
      boolean mean) {

    @Override
    public String toString() {
      return signature;
    }
  }

  private static final Map<String, Row> ROWS = new LinkedHashMap<>();

  static {
    String two = "(Tensor,Tensor)";
    String reduced = "(Tensor,Tensor,Reduction)";
    mean("meanSquaredError" + two, Losses::meanSquaredError, ANY, PROBABILITIES);
    sum(
        "meanSquaredError" + reduced,
        (p, t) -> Losses.meanSquaredError(p, t, Reduction.SUM),
        ANY,
        PROBABILITIES);
    mean("meanAbsoluteError" + two, Losses::meanAbsoluteError, ANY, PROBABILITIES);
    sum(
        "meanAbsoluteError" + reduced,
        (p, t) -> Losses.meanAbsoluteError(p, t, Reduction.SUM),
        ANY,
        PROBABILITIES);
    mean("huber" + two, Losses::huber, ANY, PROBABILITIES);
    mean("huber(Tensor,Tensor,double)", (p, t) -> Losses.huber(p, t, 0.45), ANY, PROBABILITIES);
    sum(
        "huber(Tensor,Tensor,double,Reduction)",
        (p, t) -> Losses.huber(p, t, 0.45, Reduction.SUM),
        ANY,
        PROBABILITIES);
    mean("crossEntropy" + two, Losses::crossEntropy, ANY, CLASSES);
    sum(
        "crossEntropy" + reduced,
        (x, t) -> Losses.crossEntropy(x, t, Reduction.SUM),
        ANY,
        PROBABILITIES);
    mean(
        "crossEntropy(Tensor,Tensor,double)",
        (x, t) -> Losses.crossEntropy(x, t, 0.2),
        ANY,
        CLASSES);
    sum(
        "crossEntropy(Tensor,Tensor,double,Reduction)",
        (x, t) -> Losses.crossEntropy(x, t, 0.2, Reduction.SUM),
        ANY,
        PROBABILITIES);
    mean("binaryCrossEntropy" + two, Losses::binaryCrossEntropy, ANY, PROBABILITIES);
    sum(
        "binaryCrossEntropy" + reduced,
        (x, t) -> Losses.binaryCrossEntropy(x, t, Reduction.SUM),
        ANY,
        PROBABILITIES);
    mean("negativeLogLikelihood" + two, Losses::negativeLogLikelihood, PROBABILITIES, CLASSES);
    sum(
        "negativeLogLikelihood" + reduced,
        (p, t) -> Losses.negativeLogLikelihood(p, t, Reduction.SUM),
        PROBABILITIES,
        CLASSES);
    mean(
        "clippedNegativeLogLikelihood(Tensor,Tensor,double)",
        (p, t) -> Losses.clippedNegativeLogLikelihood(p, t, 0.12),
        PROBABILITIES,
        CLASSES);
    sum(
        "clippedNegativeLogLikelihood(Tensor,Tensor,double,Reduction)",
        (p, t) -> Losses.clippedNegativeLogLikelihood(p, t, 0.12, Reduction.SUM),
        PROBABILITIES,
        CLASSES);
  }

  private LossTable() {}

  static List<Row> rows() {
    return List.copyOf(ROWS.values());
  }

  private static void mean(String signature, BinaryOperator<Tensor> loss, Tensor p, Tensor t) {
    ROWS.put(signature, new Row(signature, loss, p, t, true));
  }

  private static void sum(String signature, BinaryOperator<Tensor> loss, Tensor p, Tensor t) {
    ROWS.put(signature, new Row(signature, loss, p, t, false));
  }
}
