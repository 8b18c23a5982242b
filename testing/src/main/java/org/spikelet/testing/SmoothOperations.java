package org.spikelet.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.testing.GraphOperation.Call;

/** The library's operations that have derivatives of every order, simplest first. */
final class SmoothOperations {

  private static final double[] NUMBERS = {2, 1, 0.5, -0.5, -1, 1.5};

  private static final List<GraphOperation> ALL =
      List.of(
          GraphOperation.unary("%s.neg()", Tensor::neg),
          withNumber("add", (x, number) -> x.add(number)),
          withNumber("mul", (x, number) -> x.mul(number)),
          GraphOperation.binary("%s.add(%s)", Tensor::add),
          GraphOperation.binary("%s.sub(%s)", Tensor::sub),
          GraphOperation.binary("%s.mul(%s)", Tensor::mul),
          GraphOperation.binary("%s.div(%s)", Tensor::div),
          GraphOperation.unary("%s.square()", Tensor::square),
          GraphOperation.unary("%s.exp()", Tensor::exp),
          GraphOperation.unary("%s.expm1()", Tensor::expm1),
          GraphOperation.unary("%s.log()", Tensor::log),
          GraphOperation.unary("%s.log1p()", Tensor::log1p),
          GraphOperation.unary("%s.sqrt()", Tensor::sqrt),
          GraphOperation.unary("%s.sin()", Tensor::sin),
          GraphOperation.unary("%s.cos()", Tensor::cos),
          GraphOperation.unary("%s.tanh()", Tensor::tanh),
          GraphOperation.unary("%s.sigmoid()", Tensor::sigmoid),
          GraphOperation.unary("%s.softplus()", Tensor::softplus),
          GraphOperation.unary("%s.erf()", Tensor::erf),
          withNumber("pow", (x, number) -> x.pow(number)),
          GraphOperation.unary("%s.sum()", Tensor::sum),
          GraphOperation.unary("%s.mean()", Tensor::mean),
          alongAxis("sum(%s)", (x, axis) -> x.sum(axis)),
          alongAxis("mean(%s)", (x, axis) -> x.mean(axis)),
          alongAxis("sumKeepDims(%s)", (x, axis) -> x.sumKeepDims(axis)),
          alongAxis("logSumExp(%s)", (x, axis) -> x.logSumExp(axis)),
          alongAxis("softmax(%s)", (x, axis) -> x.softmax(axis)),
          alongAxis("logSoftmax(%s)", (x, axis) -> x.logSoftmax(axis)),
          GraphOperation.binary("%s.matmul(%s)", Tensor::matmul),
          GraphOperation.of(2, SmoothOperations::transposedProduct),
          GraphOperation.unary("%s.reshape(-1)", x -> x.reshape(-1)),
          GraphOperation.unary("%s.reshape(-1, 1)", x -> x.reshape(-1, 1)),
          GraphOperation.unary("%s.transpose()", Tensor::transpose),
          GraphOperation.of(1, SmoothOperations::permute),
          GraphOperation.of(1, SmoothOperations::broadcastTo),
          GraphOperation.of(1, SmoothOperations::slice),
          GraphOperation.of(1, SmoothOperations::pad),
          GraphOperation.of(2, SmoothOperations::concatenate),
          GraphOperation.of(1, SmoothOperations::gatherRows),
          GraphOperation.of(1, SmoothOperations::scatterRows));

  private SmoothOperations() {}

  /** Returns those with this many operands. */
  static List<GraphOperation> with(int operands) {
    return ALL.stream().filter(operation -> operation.operands() == operands).toList();
  }

  private static GraphOperation withNumber(String name, BiFunction<Tensor, Double, Tensor> f) {
    return GraphOperation.of(
        1,
        (shapes, choice) -> {
          double number = NUMBERS[choice % NUMBERS.length];
          return call("%s." + name + "(" + number + ")", x -> f.apply(x, number));
        });
  }

  private static GraphOperation alongAxis(String code, BiFunction<Tensor, Integer, Tensor> f) {
    return GraphOperation.of(
        1,
        (shapes, choice) -> {
          int rank = shapes.get(0).rank();
          if (rank == 0) {
            return Optional.empty();
          }
          int axis = choice % (2 * rank) - (choice % (2 * rank) < rank ? 0 : 2 * rank);
          return call("%s." + code.formatted(axis), x -> f.apply(x, axis));
        });
  }

  /** Takes the first transposition, from the chosen one on, with which the product exists. */
  private static Optional<Call> transposedProduct(List<Shape> shapes, int choice) {
    Shape a = shapes.get(0);
    Shape b = shapes.get(1);
    if (a.rank() < 2 || b.rank() < 2) {
      return Optional.empty();
    }
    return IntStream.range(choice, choice + 4)
        .filter(k -> a.dimension(k / 2 % 2 == 1 ? -2 : -1) == b.dimension(k % 2 == 1 ? -1 : -2))
        .mapToObj(
            k -> {
              boolean left = k / 2 % 2 == 1;
              boolean right = k % 2 == 1;
              return new Call(
                  (left ? "%s.transpose()" : "%s")
                      + (right ? ".matmul(%s.transpose())" : ".matmul(%s)"),
                  in -> turned(in.get(0), left).matmul(turned(in.get(1), right)));
            })
        .findFirst();
  }

  private static Tensor turned(Tensor x, boolean transposed) {
    return transposed ? x.transpose() : x;
  }

  /** Turns the axes by some places. */
  private static Optional<Call> permute(List<Shape> shapes, int choice) {
    int rank = shapes.get(0).rank();
    int[] order = IntStream.range(0, rank).map(axis -> (axis + choice + 1) % rank).toArray();
    return call("%s.permute(" + list(order) + ")", x -> x.permute(order));
  }

  /** Repeats along a new axis in front, and along axes of length 1. */
  private static Optional<Call> broadcastTo(List<Shape> shapes, int choice) {
    int length = 1 + choice % 3;
    int[] old = shapes.get(0).dimensions();
    int[] lengths = new int[old.length + 1];
    lengths[0] = length;
    for (int axis = 0; axis < old.length; axis++) {
      lengths[axis + 1] = old[axis] == 1 ? 1 + choice / 3 % 2 : old[axis];
    }
    Shape shape = Shape.of(lengths);
    return call("%s.broadcastTo(Shape.of(" + list(lengths) + "))", x -> x.broadcastTo(shape));
  }

  private static Optional<Call> slice(List<Shape> shapes, int choice) {
    Shape shape = shapes.get(0);
    if (shape.rank() == 0) {
      return Optional.empty();
    }
    int axis = choice % shape.rank();
    int n = shape.dimension(axis);
    int from = choice / shape.rank() % n;
    int to = Math.min(n, from + 1 + choice % 2);
    return call("%s.slice(" + list(axis, from, to) + ")", x -> x.slice(axis, from, to));
  }

  private static Optional<Call> pad(List<Shape> shapes, int choice) {
    int rank = shapes.get(0).rank();
    if (rank == 0) {
      return Optional.empty();
    }
    int axis = choice % rank;
    int before = choice / rank % 2;
    return call("%s.pad(" + list(axis, before, 1) + ")", x -> x.pad(axis, before, 1));
  }

  private static Optional<Call> concatenate(List<Shape> shapes, int choice) {
    int rank = shapes.get(0).rank();
    if (rank == 0) {
      return Optional.empty();
    }
    int axis = choice % rank;
    return Optional.of(
        new Call("%s.concatenate(" + axis + ", %s)", in -> in.get(0).concatenate(axis, in.get(1))));
  }

  /** Picks one row, or two that may be the same. */
  private static Optional<Call> gatherRows(List<Shape> shapes, int choice) {
    if (shapes.get(0).rank() == 0) {
      return Optional.empty();
    }
    int count = shapes.get(0).dimension(0);
    int[] rows = choice < 10 ? rows(choice, 1, count) : rows(choice, 3, count);
    return call("%s.gatherRows(" + list(rows) + ")", x -> x.gatherRows(rows));
  }

  private static Optional<Call> scatterRows(List<Shape> shapes, int choice) {
    if (shapes.get(0).rank() == 0) {
      return Optional.empty();
    }
    int count = 1 + choice % 3;
    int[] rows = rows(choice, shapes.get(0).dimension(0), count);
    return call(
        "%s.scatterRows(" + count + ", " + list(rows) + ")", x -> x.scatterRows(count, rows));
  }

  /** Some row numbers below the count, often with repetition. */
  private static int[] rows(int choice, int length, int count) {
    return IntStream.range(0, length).map(i -> (choice + i * (choice / 4)) % count).toArray();
  }

  private static Optional<Call> call(String code, UnaryOperator<Tensor> f) {
    return Optional.of(new Call(code, in -> f.apply(in.get(0))));
  }

  private static String list(int... numbers) {
    return Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining(", "));
  }
}
