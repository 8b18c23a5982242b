package org.spikelet.nn;

import java.util.List;
import java.util.OptionalInt;
import org.spikelet.autodiff.Tensor;

/**
 * Loss functions: how far a network's output is from the targets.
 *
 * <p>Each takes the mean, as in PyTorch, unless a {@link Reduction} is given. Shapes are never
 * broadcast: predictions of shape batch × 1 against targets of shape batch are refused, since
 * broadcasting would compare each prediction with every target. An empty batch is refused as well.
 * All errors are {@link IllegalArgumentException}s.
 *
 * <p>In PyTorch: {@index nn.MSELoss}, {@index nn.L1Loss}, {@index nn.HuberLoss}, {@index
 * nn.CrossEntropyLoss}, {@index nn.BCEWithLogitsLoss}, {@index nn.NLLLoss}, {@index mse}, {@index
 * mae}, {@index bce}, {@index nll}.
 */
public final class Losses {

  private Losses() {}

  /** Mean of (p − t)²; predictions p and targets t of one shape. */
  public static Tensor meanSquaredError(Tensor predictions, Tensor targets) {
    return meanSquaredError(predictions, targets, Reduction.MEAN);
  }

  /** Squared error (p − t)² of each element, reduced. */
  public static Tensor meanSquaredError(Tensor predictions, Tensor targets, Reduction reduction) {
    Targets.checkSameShape("meanSquaredError", "predictions", predictions, targets);
    return reduction.apply(predictions.sub(targets).square());
  }

  /** Mean of |p − t|; predictions p and targets t of one shape. */
  public static Tensor meanAbsoluteError(Tensor predictions, Tensor targets) {
    return meanAbsoluteError(predictions, targets, Reduction.MEAN);
  }

  /** Absolute error |p − t| of each element, reduced. */
  public static Tensor meanAbsoluteError(Tensor predictions, Tensor targets, Reduction reduction) {
    Targets.checkSameShape("meanAbsoluteError", "predictions", predictions, targets);
    return reduction.apply(predictions.sub(targets).abs());
  }

  /** Mean Huber loss with δ = 1; predictions and targets of one shape. */
  public static Tensor huber(Tensor predictions, Tensor targets) {
    return huber(predictions, targets, 1, Reduction.MEAN);
  }

  /** Mean Huber loss; predictions and targets of one shape. */
  public static Tensor huber(Tensor predictions, Tensor targets, double delta) {
    return huber(predictions, targets, delta, Reduction.MEAN);
  }

  /**
   * Huber loss of each element, reduced: ½d² where |d| ≤ δ, else δ (|d| − ½δ), with d = p − t.
   *
   * <p>Huber 1964; PyTorch's {@code HuberLoss}, not its {@code SmoothL1Loss}, which is this divided
   * by δ.
   *
   * @throws IllegalArgumentException also if δ is not positive and finite
   */
  public static Tensor huber(
      Tensor predictions, Tensor targets, double delta, Reduction reduction) {
    if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("huber: delta must be positive and finite, got " + delta);
    }
    Targets.checkSameShape("huber", "predictions", predictions, targets);
    Tensor d = predictions.sub(targets);
    Tensor near = d.clip(-delta, delta); // d itself, or ±δ: then the product is δ (|d| − ½δ)
    return reduction.apply(near.mul(d.sub(near.mul(0.5))));
  }

  /** Mean cross-entropy of logits, without label smoothing. */
  public static Tensor crossEntropy(Tensor logits, Tensor targets) {
    return crossEntropy(logits, targets, 0, Reduction.MEAN);
  }

  /** Cross-entropy of logits, reduced, without label smoothing. */
  public static Tensor crossEntropy(Tensor logits, Tensor targets, Reduction reduction) {
    return crossEntropy(logits, targets, 0, reduction);
  }

  /** Mean cross-entropy of logits, with label smoothing. */
  public static Tensor crossEntropy(Tensor logits, Tensor targets, double labelSmoothing) {
    return crossEntropy(logits, targets, labelSmoothing, Reduction.MEAN);
  }

  /**
   * Cross-entropy of each row of logits, −Σ tₖ ln softmax(logits)ₖ, reduced.
   *
   * <p>logits: batch × classes. targets: either the classes, of shape batch, integers from 0; or
   * probabilities t, of shape batch × classes. With label smoothing s, t is (1 − s) t + s /
   * classes: Szegedy et al. 2016, section 7. More axes in front are more rows.
   *
   * <p>A class may be ruled out by the logit −∞: it costs nothing where its t is 0, and its
   * gradient is 0 there; elsewhere the loss is ∞. (With probabilities for targets PyTorch gives NaN
   * for both, the product 0 · ∞.) With smoothing no t is 0. Class weights, and a class whose rows
   * are left out, are settings of {@link CrossEntropy}.
   *
   * @throws IllegalArgumentException also if a class is not an integer from 0 to classes − 1, a
   *     probability is outside [0, 1], or the smoothing is outside [0, 1)
   */
  public static Tensor crossEntropy(
      Tensor logits, Tensor targets, double labelSmoothing, Reduction reduction) {
    return new CrossEntropy(labelSmoothing, OptionalInt.empty(), List.of(), reduction)
        .apply(logits, targets);
  }

  /** Mean binary cross-entropy of logits; logits and targets of one shape. */
  public static Tensor binaryCrossEntropy(Tensor logits, Tensor targets) {
    return binaryCrossEntropy(logits, targets, Reduction.MEAN);
  }

  /**
   * Binary cross-entropy of each logit x, reduced: −t ln sigmoid x − (1 − t) ln(1 − sigmoid x) = t
   * · softplus(−x) + (1 − t) · softplus(x), with the targets t in [0, 1].
   *
   * <p>Nothing cancels: a right answer with the logit ±40 costs 4.2e−18, with ±∞ nothing.
   *
   * @throws IllegalArgumentException also if a target is outside [0, 1]
   */
  public static Tensor binaryCrossEntropy(Tensor logits, Tensor targets, Reduction reduction) {
    Targets.checkSameShape("binaryCrossEntropy", "logits", logits, targets);
    Targets.checkProbabilities("binaryCrossEntropy", targets);
    Tensor ofOnes = CrossEntropy.weighted(logits.neg().softplus(), targets);
    Tensor ofZeros = CrossEntropy.weighted(logits.softplus(), targets.neg().add(1));
    return reduction.apply(ofOnes.add(ofZeros));
  }

  /** Mean negative log-likelihood of probabilities, not clipped. */
  public static Tensor negativeLogLikelihood(Tensor probabilities, Tensor targets) {
    return negativeLogLikelihood(probabilities, targets, Reduction.MEAN);
  }

  /**
   * Negative log-likelihood −ln pₜ of each row, reduced, t being the row's class.
   *
   * <p>probabilities: batch × classes; targets: batch, integers from 0. Where pₜ has become 0 the
   * loss is infinite and so is its gradient: train with {@link #crossEntropy} from logits, which
   * stays finite as long as no two logits are more than 1.8e308 apart.
   *
   * @throws IllegalArgumentException also if a class is not an integer from 0 to classes − 1
   */
  public static Tensor negativeLogLikelihood(
      Tensor probabilities, Tensor targets, Reduction reduction) {
    Targets.checkClasses("negativeLogLikelihood", probabilities, targets);
    return reduction.apply(
        Targets.pick("negativeLogLikelihood", probabilities, targets).log().neg());
  }

  /** Mean negative log-likelihood of clipped probabilities. */
  public static Tensor clippedNegativeLogLikelihood(
      Tensor probabilities, Tensor targets, double epsilon) {
    return clippedNegativeLogLikelihood(probabilities, targets, epsilon, Reduction.MEAN);
  }

  /**
   * Negative log-likelihood of each row as in {@link #negativeLogLikelihood}, with probabilities
   * clipped to [ε, 1 − ε].
   *
   * <p>It is at most −ln ε; but the gradient of a clipped row is 0, so that a row which is
   * confidently wrong is not learned from.
   *
   * @throws IllegalArgumentException also if a class is not an integer from 0 to classes − 1, or ε
   *     is outside (0, ½)
   */
  public static Tensor clippedNegativeLogLikelihood(
      Tensor probabilities, Tensor targets, double epsilon, Reduction reduction) {
    if (!(epsilon > 0 && epsilon < 0.5)) {
      throw new IllegalArgumentException(
          "clippedNegativeLogLikelihood: epsilon must be between 0 and 0.5, got " + epsilon);
    }
    Targets.checkClasses("clippedNegativeLogLikelihood", probabilities, targets);
    Tensor picked = Targets.pick("clippedNegativeLogLikelihood", probabilities, targets);
    return reduction.apply(picked.clip(epsilon, 1 - epsilon).log().neg());
  }
}
