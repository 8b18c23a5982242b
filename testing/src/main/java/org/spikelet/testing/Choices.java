package org.spikelet.testing;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.testing.GraphOperation.Call;

/** Rows of the tables of operations that have a number or an axis to choose. */
final class Choices {

  private static final double[] NUMBERS = {2, 1, 0.5, -0.5, -1, 1.5};

  private Choices() {}

  static Spelling spelling(String java, String pytorch) {
    return Spelling.inJava(java).inPyTorch(pytorch);
  }

  static GraphOperation unary(String java, String pytorch, UnaryOperator<Tensor> f) {
    return GraphOperation.unary(spelling(java, pytorch), f);
  }

  /** An operation that JAX spells in another way than PyTorch. */
  static GraphOperation unary(String java, String pytorch, String jax, UnaryOperator<Tensor> f) {
    return GraphOperation.unary(spelling(java, pytorch).inJax(jax), f);
  }

  static GraphOperation binary(String java, String pytorch, BiFunction<Tensor, Tensor, Tensor> f) {
    return GraphOperation.binary(spelling(java, pytorch), f::apply);
  }

  /** Puts a number for {@code #} in both. */
  static GraphOperation withNumber(
      String java, String pytorch, BiFunction<Tensor, Double, Tensor> f) {
    return GraphOperation.of(
        1,
        (shapes, choice) -> {
          double number = NUMBERS[choice % NUMBERS.length];
          return call(filled(spelling(java, pytorch), number), x -> f.apply(x, number));
        });
  }

  /** Puts an axis, counted from the front or from the back, for {@code #} in both. */
  static GraphOperation alongAxis(
      String java, String pytorch, BiFunction<Tensor, Integer, Tensor> f) {
    return alongAxis(spelling(java, pytorch), f);
  }

  /** Puts an axis, counted from the front or from the back, for {@code #}. */
  static GraphOperation alongAxis(Spelling spelling, BiFunction<Tensor, Integer, Tensor> f) {
    return GraphOperation.of(
        1,
        (shapes, choice) -> {
          int rank = shapes.get(0).rank();
          if (rank == 0) {
            return Optional.empty();
          }
          int axis = choice % (2 * rank) - (choice % (2 * rank) < rank ? 0 : 2 * rank);
          return call(filled(spelling, axis), x -> f.apply(x, axis));
        });
  }

  private static Spelling filled(Spelling spelling, Object value) {
    return new Spelling(
        spelling.java().replace("#", value.toString()),
        spelling.pytorch().map(code -> code.replace("#", value.toString())),
        spelling.jax().map(code -> code.replace("#", value.toString())));
  }

  static Optional<Call> call(Spelling spelling, UnaryOperator<Tensor> f) {
    return Optional.of(new Call(spelling, in -> f.apply(in.get(0))));
  }

  static String list(int... numbers) {
    return Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining(", "));
  }

  static String list(Shape shape) {
    return list(shape.dimensions());
  }
}
