package org.spikelet.nn;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.check.GradientCheck;

/** Derivatives of the losses to second order, away from their kinks. */
class LossProperties {

  private static final Shape SHAPE = Shape.of(3, 4);

  @Provide
  Arbitrary<Tensor> predictions() {
    return Tensors.between(SHAPE, -3, 3);
  }

  /** Differences of predictions and targets, away from 0. */
  @Provide
  Arbitrary<Tensor> differences() {
    return Tensors.awayFromZero(SHAPE);
  }

  /** In [0.1, 0.9], so that no step of the check leaves [0, 1]. */
  @Provide
  Arbitrary<Tensor> probabilities() {
    return Tensors.between(SHAPE, 0.1, 0.9);
  }

  @Provide
  Arbitrary<Tensor> classes() {
    return Arbitraries.integers()
        .between(0, 3)
        .array(int[].class)
        .ofSize(3)
        .map(labels -> Tensor.vector(labels[0], labels[1], labels[2]));
  }

  @Property(tries = 150)
  void meanSquaredError(
      @ForAll("predictions") Tensor p, @ForAll("predictions") Tensor t, @ForAll Reduction r) {
    new GradientCheck()
        .withOrder(2)
        .check("MSE", in -> Losses.meanSquaredError(in.get(0), in.get(1), r), p, t);
  }

  @Property(tries = 150)
  void meanAbsoluteError(
      @ForAll("predictions") Tensor t, @ForAll("differences") Tensor d, @ForAll Reduction r) {
    new GradientCheck()
        .withOrder(2)
        .check("MAE", in -> Losses.meanAbsoluteError(in.get(0), in.get(1), r), t.add(d), t);
  }

  @Property(tries = 150)
  void huber(
      @ForAll("predictions") Tensor t, @ForAll("differences") Tensor d, @ForAll Reduction r) {
    // |d| is in [0.05, 3.05] with four digits, so the kink of the gradient at 1.30005 is not met.
    new GradientCheck()
        .withOrder(2)
        .check("huber", in -> Losses.huber(in.get(0), in.get(1), 1.30005, r), t.add(d), t);
  }

  @Property(tries = 150)
  void crossEntropyOfClasses(
      @ForAll("predictions") Tensor logits,
      @ForAll("classes") Tensor classes,
      @ForAll @DoubleRange(min = 0, max = 0.9) double smoothing,
      @ForAll Reduction r) {
    new GradientCheck()
        .withOrder(2)
        .check(
            "cross-entropy", in -> Losses.crossEntropy(in.get(0), classes, smoothing, r), logits);
  }

  @Property(tries = 150)
  void crossEntropyOfProbabilities(
      @ForAll("predictions") Tensor logits,
      @ForAll("probabilities") Tensor targets,
      @ForAll @DoubleRange(min = 0, max = 0.9) double smoothing,
      @ForAll Reduction r) {
    new GradientCheck()
        .withOrder(2)
        .check(
            "cross-entropy",
            in -> Losses.crossEntropy(in.get(0), in.get(1), smoothing, r),
            logits,
            targets);
  }

  @Property(tries = 150)
  void binaryCrossEntropy(
      @ForAll("predictions") Tensor logits,
      @ForAll("probabilities") Tensor targets,
      @ForAll Reduction r) {
    new GradientCheck()
        .withOrder(2)
        .check(
            "binary cross-entropy",
            in -> Losses.binaryCrossEntropy(in.get(0), in.get(1), r),
            logits,
            targets);
  }

  @Property(tries = 150)
  void negativeLogLikelihood(
      @ForAll("probabilities") Tensor p, @ForAll("classes") Tensor classes, @ForAll Reduction r) {
    new GradientCheck()
        .withOrder(2)
        .check("NLL", in -> Losses.negativeLogLikelihood(in.get(0), classes, r), p);
  }

  @Property(tries = 150)
  void clippedNegativeLogLikelihood(
      @ForAll("probabilities") Tensor p, @ForAll("classes") Tensor classes, @ForAll Reduction r) {
    // Probabilities have four digits, so the kinks at 0.25005 and 0.74995 are not met.
    new GradientCheck()
        .withOrder(2)
        .check(
            "clipped NLL",
            in -> Losses.clippedNegativeLogLikelihood(in.get(0), classes, 0.25005, r),
            p);
  }
}
