package org.spikelet.nn;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BinaryOperator;
import org.spikelet.autodiff.Tensor;

/**
 * Cross-entropy of each row of logits, −Σ tₖ ln softmax(logits)ₖ, with settings.
 *
 * <pre>{@code
 * var loss = CrossEntropy.DEFAULTS.withIgnoreIndex(-100);
 * new Trainer(net::forward, loss, optimizer, loader).run(10_000);
 * }</pre>
 *
 * <p>With label smoothing s, t is (1 − s) t + s / classes: Szegedy et al. 2016, section 7. With
 * class weights w, what class k adds is times wₖ, and the mean is Σ losses / Σ w of the rows'
 * classes. Rows of an ignored class cost nothing, and the mean is over the others. As PyTorch's
 * {@code CrossEntropyLoss}, but for a batch of which every row is ignored (NaN there).
 *
 * @param labelSmoothing s, in [0, 1)
 * @param ignoreIndex the class of rows to leave out, which need not be one of the classes
 * @param classWeights w, one for each class, not negative; or none
 * @param reduction how one loss is made of the rows'
 */
public record CrossEntropy(
    double labelSmoothing, OptionalInt ignoreIndex, List<Double> classWeights, Reduction reduction)
    implements BinaryOperator<Tensor> {

  /** The mean, without smoothing, weights or an ignored class. */
  public static final CrossEntropy DEFAULTS =
      new CrossEntropy(0, OptionalInt.empty(), List.of(), Reduction.MEAN);

  private static final String NAME = "crossEntropy";

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if the smoothing is outside [0, 1), or a weight is negative or
   *     not finite
   */
  public CrossEntropy {
    classWeights = List.copyOf(classWeights);
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          NAME + ": label smoothing must be in [0, 1), got " + labelSmoothing);
    }
    for (double weight : classWeights) {
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            NAME + ": class weights must be finite and not negative, got " + classWeights);
      }
    }
  }

  /** Returns this loss with label smoothing s. */
  public CrossEntropy withLabelSmoothing(double s) {
    return new CrossEntropy(s, ignoreIndex, classWeights, reduction);
  }

  /** Returns this loss without the rows of one class, such as padding. */
  public CrossEntropy withIgnoreIndex(int ignored) {
    return new CrossEntropy(labelSmoothing, OptionalInt.of(ignored), classWeights, reduction);
  }

  /** Returns this loss with a weight for each class. */
  public CrossEntropy withClassWeights(double... weights) {
    List<Double> list = Arrays.stream(weights).boxed().toList();
    return new CrossEntropy(labelSmoothing, ignoreIndex, list, reduction);
  }

  /** Returns this loss with another reduction. */
  public CrossEntropy withReduction(Reduction other) {
    return new CrossEntropy(labelSmoothing, ignoreIndex, classWeights, other);
  }

  /**
   * Returns the loss.
   *
   * @param logits batch × classes; more axes in front are more rows
   * @param targets the classes, of shape batch, integers from 0; or probabilities t, of shape batch
   *     × classes
   * @throws IllegalArgumentException also if a class is not an integer from 0 to classes − 1 nor
   *     the ignored one, a probability is outside [0, 1], there is not one weight for each class,
   *     or a mean has nothing to be of
   */
  @Override
  public Tensor apply(Tensor logits, Tensor targets) {
    if (Targets.checkClassesOrProbabilities(NAME, logits, targets)) {
      return ofProbabilities(logits, targets);
    }
    Tensor logProbabilities = logits.logSoftmax(-1);
    if (ignoreIndex.isEmpty() && classWeights.isEmpty()) {
      Tensor losses = Targets.pick(NAME, logProbabilities, targets).neg();
      return reduction.apply(smoothed(losses, logProbabilities));
    }
    Tensor kept = ignoreIndex.isEmpty() ? Tensor.ones(targets.shape()) : kept(targets);
    // Any class does for a row that is left out.
    Tensor classes = targets.mask(kept);
    Tensor weights = weights(logits);
    Tensor costs = weighted(logProbabilities.neg(), weights);
    Tensor losses = smoothed(Targets.pick(NAME, costs, classes), costs.neg()).mask(kept);
    return reduction == Reduction.MEAN
        ? losses.sum().div(total(weights.pick(classes).mask(kept)))
        : reduction.apply(losses);
  }

  private Tensor ofProbabilities(Tensor logits, Tensor targets) {
    if (ignoreIndex.isPresent()) {
      throw new IllegalArgumentException(
          NAME + ": probabilities for targets have no class to ignore; leave out such rows");
    }
    Tensor costs = logits.logSoftmax(-1).neg();
    Tensor each = classWeights.isEmpty() ? costs : weighted(costs, weights(logits));
    return reduction.apply(smoothed(weighted(each, targets).sum(-1), each.neg()));
  }

  /** (1 − s) · losses − s · the mean over the classes. */
  private Tensor smoothed(Tensor losses, Tensor logProbabilities) {
    return labelSmoothing == 0
        ? losses
        : losses.mul(1 - labelSmoothing).add(logProbabilities.mean(-1).neg().mul(labelSmoothing));
  }

  /** 1 for the rows to keep, 0 for those of the ignored class. */
  private Tensor kept(Tensor targets) {
    return targets.equalTo(ignoreIndex.getAsInt()).equalTo(0);
  }

  /** The class weights, ones if there are none, for each row of the logits. */
  private Tensor weights(Tensor logits) {
    int classes = logits.shape().dimension(-1);
    if (classWeights.isEmpty()) {
      return Tensor.ones(logits.shape());
    }
    if (classWeights.size() != classes) {
      throw new IllegalArgumentException(
          "%s: there are %s class weights for %s classes; give one for each"
              .formatted(NAME, classWeights.size(), classes));
    }
    double[] w = classWeights.stream().mapToDouble(each -> each).toArray();
    return Tensor.vector(w).broadcastTo(logits.shape());
  }

  private static Tensor total(Tensor weights) {
    Tensor total = weights.sum();
    if (total.item() == 0) {
      throw new IllegalArgumentException(
          NAME
              + ": every row is ignored, or of a class with the weight 0, so there is no mean; skip"
              + " the batch, or use Reduction.SUM");
    }
    return total;
  }

  /** Costs ≥ 0 times weights, 0 where the weight is 0, even if the cost is infinite. */
  static Tensor weighted(Tensor costs, Tensor weights) {
    for (int i = 0; i < costs.size(); i++) {
      if (weights.at(i) == 0 && costs.at(i) == Double.POSITIVE_INFINITY) {
        Tensor unpaid = costs.equalTo(Double.POSITIVE_INFINITY).mask(weights.equalTo(0));
        return costs.mul(weights).mask(unpaid.equalTo(0));
      }
    }
    return costs.mul(weights);
  }
}
