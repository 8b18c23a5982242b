package org.spikelet.autodiff;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** How to try each operation of the library with random operands that are inside its domain. */
final class OperationTable {

  /** A function and the operands at which to differentiate it. */
  record Trial(Function<List<Tensor>, Tensor> function, List<Tensor> inputs) {}

  private static final Map<String, Function<Sample, Trial>> TRIALS = new TreeMap<>();

  static {
    // Binary
    binary("add(Tensor)", Tensor::add);
    binary("sub(Tensor)", Tensor::sub);
    binary("mul(Tensor)", Tensor::mul);
    binary("div(Tensor)", Tensor::div);
    binary("maximum(Tensor)", Tensor::maximum);
    binary("minimum(Tensor)", Tensor::minimum);
    binary("greaterThan(Tensor)", Tensor::greaterThan);
    binary("lessThan(Tensor)", Tensor::lessThan);
    binary("equalTo(Tensor)", Tensor::equalTo);
    put("pow(Tensor)", s -> of(Tensor::pow, s.positive(weak(s)), s.signed(weak(s))));
    put(
        "where(Tensor,Tensor)",
        s -> {
          Tensor condition = s.bits(weak(s));
          return of((a, b) -> condition.where(a, b), s.signed(weak(s)), s.signed(weak(s)));
        });
    put(
        "mask(Tensor)",
        s -> {
          Tensor condition = s.bits(weak(s));
          return of(x -> x.mask(condition), s.signed(weak(s)));
        });
    withNumber("add(double)", Tensor::add);
    withNumber("sub(double)", Tensor::sub);
    withNumber("mul(double)", Tensor::mul);
    withNumber("div(double)", Tensor::div);
    withNumber("maximum(double)", Tensor::maximum);
    withNumber("minimum(double)", Tensor::minimum);
    withNumber("equalTo(double)", Tensor::equalTo);
    withNumber("greaterThan(double)", Tensor::greaterThan);
    withNumber("lessThan(double)", Tensor::lessThan);
    put(
        "pow(double)",
        s -> {
          double fraction = s.between();
          int whole = s.integer(-2, 3);
          return s.flip()
              ? of(x -> x.pow(fraction), s.positive(s.shape()))
              : of(x -> x.pow(whole), s.signed(s.shape()));
        });

    // Unary
    unary("neg()", Tensor::neg);
    unary("exp()", Tensor::exp);
    unary("expm1()", Tensor::expm1);
    put("log()", s -> of(Tensor::log, s.positive(s.shape())));
    put("log1p()", s -> of(Tensor::log1p, s.positive(s.shape())));
    put("sqrt()", s -> of(Tensor::sqrt, s.positive(s.shape())));
    unary("square()", Tensor::square);
    unary("abs()", Tensor::abs);
    unary("sign()", Tensor::sign);
    unary("sin()", Tensor::sin);
    unary("cos()", Tensor::cos);
    unary("tanh()", Tensor::tanh);
    unary("sigmoid()", Tensor::sigmoid);
    unary("relu()", Tensor::relu);
    unary("softplus()", Tensor::softplus);
    unary("erf()", Tensor::erf);
    put(
        "clip(double,double)",
        s -> {
          double p = s.between();
          double q = s.between();
          return of(x -> x.clip(Math.min(p, q), Math.max(p, q)), s.signed(s.shape()));
        });

    // Reductions
    overAxes("sum(int[])", Tensor::sum);
    overAxes("sumKeepDims(int[])", Tensor::sumKeepDims);
    overAxes("mean(int[])", Tensor::mean);
    overAxes("meanKeepDims(int[])", Tensor::meanKeepDims);
    overAxes("max(int[])", Tensor::max);
    overAxes("maxKeepDims(int[])", Tensor::maxKeepDims);
    overAxes("min(int[])", Tensor::min);
    overAxes("minKeepDims(int[])", Tensor::minKeepDims);
    alongAxis("logSumExp(int)", Tensor::logSumExp);
    alongAxis("logSumExpKeepDims(int)", Tensor::logSumExpKeepDims);
    alongAxis("softmax(int)", Tensor::softmax);
    alongAxis("logSoftmax(int)", Tensor::logSoftmax);
    put(
        "sumTo(Shape)",
        s -> {
          Shape target = weak(s);
          return of(x -> x.sumTo(target), s.signed(s.shape()));
        });

    // Movement
    put("reshape(Shape)", s -> of(x -> x.reshape(Shape.of(x.size())), s.signed(s.shape())));
    put("reshape(int[])", s -> of(x -> x.reshape(1, -1), s.signed(s.shape())));
    put(
        "permute(int[])",
        s -> {
          int[] order = s.permutation(s.shape().rank());
          return of(x -> x.permute(order), s.signed(s.shape()));
        });
    put("transpose()", s -> of(Tensor::transpose, s.signed(s.shapeOfRank(2))));
    put("broadcastTo(Shape)", s -> of(x -> x.broadcastTo(s.shape()), s.signed(weak(s))));
    put(
        "slice(int,int,int)",
        s -> {
          Shape shape = s.shapeOfRank(1);
          int axis = s.axis(shape);
          int to = s.integer(0, shape.dimension(axis));
          int from = s.integer(0, to);
          return of(x -> x.slice(axis, from, to), s.signed(shape));
        });
    put(
        "pad(int,int,int)",
        s -> {
          Shape shape = s.shapeOfRank(1);
          int axis = s.axis(shape);
          int before = s.integer(0, 2);
          int after = s.integer(0, 2);
          return of(x -> x.pad(axis, before, after), s.signed(shape));
        });
    put("concatenate(int,Tensor[])", OperationTable::concatenate);
    put(
        "gatherRows(int[])",
        s -> {
          Shape shape = s.shapeOfRank(1);
          int count = shape.dimension(0);
          int[] rows = new int[count == 0 ? 0 : s.integer(0, 4)];
          Arrays.setAll(rows, i -> s.integer(0, count - 1));
          return of(x -> x.gatherRows(rows), s.signed(shape));
        });
    put(
        "scatterRows(int,int[])",
        s -> {
          Shape shape = s.shapeOfRank(1);
          int count = s.integer(1, 3);
          int[] rows = new int[shape.dimension(0)];
          Arrays.setAll(rows, i -> s.integer(0, count - 1));
          return of(x -> x.scatterRows(count, rows), s.signed(shape));
        });

    put(
        "pick(Tensor)",
        s -> {
          Shape shape = nonEmpty(s.shapeOfRank(1));
          Tensor columns = columns(s, shape.withoutLast(1), shape.dimension(-1));
          return of(x -> x.pick(columns), s.signed(shape));
        });
    put(
        "place(Tensor,int)",
        s -> {
          Shape shape = s.shape();
          int n = s.integer(1, 4);
          Tensor columns = columns(s, shape, n);
          return of(x -> x.place(columns, n), s.signed(shape));
        });

    // Products
    put("matmul(Tensor)", OperationTable::product);
  }

  private OperationTable() {}

  static List<String> signatures() {
    return List.copyOf(TRIALS.keySet());
  }

  static Trial trial(String signature, Sample sample) {
    return TRIALS.get(signature).apply(sample);
  }

  private static Trial concatenate(Sample s) {
    Shape shape = s.shapeOfRank(1);
    int axis = s.axis(shape);
    int k = axis < 0 ? axis + shape.rank() : axis;
    Tensor first = s.signed(shape.with(k, s.integer(1, 3)));
    Tensor second = s.signed(shape.with(k, s.integer(0, 2)));
    Tensor third = s.signed(shape.with(k, 1));
    return new Trial(
        in -> in.get(0).concatenate(axis, in.get(1), in.get(2)), List.of(first, second, third));
  }

  /** A vector, a matrix or a batch on either side. */
  private static Trial product(Sample s) {
    int k = s.integer(0, 3);
    Shape batch = Shape.of(s.integer(1, 2), s.integer(1, 2));
    Tensor a = s.signed(s.flip() ? Shape.of(k) : matrices(s.weakened(batch), s.integer(1, 3), k));
    Tensor b = s.signed(s.flip() ? Shape.of(k) : matrices(s.weakened(batch), k, s.integer(1, 3)));
    return of(Tensor::matmul, a, b);
  }

  private static Shape matrices(Shape batch, int rows, int columns) {
    int[] dimensions = Arrays.copyOf(batch.dimensions(), batch.rank() + 2);
    dimensions[batch.rank()] = rows;
    dimensions[batch.rank() + 1] = columns;
    return Shape.of(dimensions);
  }

  private static Shape weak(Sample s) {
    return s.weakened(s.shape());
  }

  private static void put(String signature, Function<Sample, Trial> trial) {
    TRIALS.put(signature, trial);
  }

  private static Trial of(UnaryOperator<Tensor> f, Tensor x) {
    return new Trial(in -> f.apply(in.get(0)), List.of(x));
  }

  private static Trial of(BinaryOperator<Tensor> f, Tensor a, Tensor b) {
    return new Trial(in -> f.apply(in.get(0), in.get(1)), List.of(a, b));
  }

  private static void unary(String signature, UnaryOperator<Tensor> f) {
    put(signature, s -> of(f, s.signed(s.shape())));
  }

  private static void binary(String signature, BinaryOperator<Tensor> f) {
    put(signature, s -> of(f, s.signed(weak(s)), s.signed(weak(s))));
  }

  @FunctionalInterface
  private interface WithNumber {
    Tensor apply(Tensor x, double number);
  }

  private static void withNumber(String signature, WithNumber f) {
    put(
        signature,
        s -> {
          double number = s.between();
          return of(x -> f.apply(x, number), s.signed(s.shape()));
        });
  }

  @FunctionalInterface
  private interface OverAxes {
    Tensor apply(Tensor x, int... axes);
  }

  private static void overAxes(String signature, OverAxes f) {
    put(
        signature,
        s -> {
          boolean mayBeEmpty = signature.startsWith("sum");
          Shape shape = mayBeEmpty ? s.shape() : s.nonEmptyShape();
          int[] axes = s.axes(shape);
          return of(x -> f.apply(x, axes), s.signed(shape));
        });
  }

  @FunctionalInterface
  private interface AlongAxis {
    Tensor apply(Tensor x, int axis);
  }

  private static void alongAxis(String signature, AlongAxis f) {
    put(
        signature,
        s -> {
          boolean mayBeEmpty = signature.contains("oftmax");
          Shape shape = mayBeEmpty ? s.shapeOfRank(1) : nonEmpty(s.shapeOfRank(1));
          int axis = s.axis(shape);
          return of(x -> f.apply(x, axis), s.signed(shape));
        });
  }

  private static Tensor columns(Sample s, Shape shape, int n) {
    double[] columns = new double[shape.size()];
    Arrays.setAll(columns, i -> s.integer(0, n - 1));
    return Tensor.of(shape, columns);
  }

  private static Shape nonEmpty(Shape shape) {
    return Shape.of(Arrays.stream(shape.dimensions()).map(n -> Math.max(n, 1)).toArray());
  }
}
