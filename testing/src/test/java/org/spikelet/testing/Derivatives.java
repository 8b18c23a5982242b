package org.spikelet.testing;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/** Gradients as flat vectors, and a little algebra on them. */
final class Derivatives {

  private Derivatives() {}

  /** The gradient of Σ f(x) with respect to all inputs, one after the other. */
  static Tensor gradient(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    return gradient(f, inputs, Tensor.ones(f.apply(inputs).shape()));
  }

  /** The gradient of Σ u · f(x) with respect to all inputs, one after the other. */
  static Tensor gradient(Function<List<Tensor>, Tensor> f, List<Tensor> inputs, Tensor u) {
    try (Tape tape = Tape.record()) {
      List<Tensor> leaves = watch(tape, inputs);
      return flat(tape.gradients(f.apply(leaves), u), leaves).copy();
    }
  }

  /** The product of the Hessian of Σ f(x) + ½ Σ x² with v. */
  static Tensor hessianTimes(Function<List<Tensor>, Tensor> f, List<Tensor> inputs, Tensor v) {
    try (Tape tape = Tape.record()) {
      List<Tensor> leaves = watch(tape, inputs);
      // The squares make the gradient depend on x even if f is linear.
      Tensor squares = flat(leaves).square().sum().mul(0.5);
      Tensor loss = f.apply(leaves).sum().add(squares);
      Tensor slope = flat(tape.recordedGradients(loss), leaves).mul(v).sum();
      return flat(tape.gradients(slope), leaves).copy();
    }
  }

  static List<Tensor> watch(Tape tape, List<Tensor> inputs) {
    return inputs.stream().map(tape::watch).toList();
  }

  static Tensor flat(Gradients gradients, List<Tensor> leaves) {
    return flat(leaves.stream().map(gradients::of).toList());
  }

  static Tensor flat(List<Tensor> tensors) {
    List<Tensor> vectors = tensors.stream().map(x -> x.reshape(x.size())).toList();
    Tensor[] rest = vectors.subList(1, vectors.size()).toArray(Tensor[]::new);
    return vectors.get(0).concatenate(0, rest);
  }

  static int size(List<Tensor> tensors) {
    return tensors.stream().mapToInt(Tensor::size).sum();
  }

  static Tensor random(Shape shape, long seed) {
    return Tensor.of(shape, new SplittableRandom(seed).doubles(shape.size(), -1, 1).toArray());
  }

  static double dot(Tensor a, Tensor b) {
    return a.mul(b).sum().item();
  }

  /**
   * The largest size of an element of any of these, at least 1: what rounding errors scale with.
   */
  static double scale(Tensor... tensors) {
    return Stream.of(tensors)
        .flatMapToDouble(x -> IntStream.range(0, x.size()).mapToDouble(i -> x.toArray()[i]))
        .map(Math::abs)
        .reduce(1, Math::max);
  }
}
