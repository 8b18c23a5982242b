package org.spikelet.autodiff;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * All operations of the library, a row for each, from which the tests of all of them are made:
 * derivatives, values and special values, NaN, broadcasting, error messages.
 *
 * <p>Elementwise operations on one or two tensors, and those along axes, have a list of rows of
 * their kind; any other has a trial: how to make random operands inside its domain, away from its
 * kinks.
 */
final class OperationTable {

  /** Functions of one tensor, element by element. */
  static final List<UnaryRow> UNARY =
      List.of(
          UnaryRow.of("neg", Tensor::neg, x -> -x),
          UnaryRow.of("exp", Tensor::exp, StrictMath::exp).within(2),
          UnaryRow.of("expm1", Tensor::expm1, StrictMath::expm1).within(2),
          UnaryRow.of("log", Tensor::log, StrictMath::log).onPositive().within(2),
          UnaryRow.of("log1p", Tensor::log1p, StrictMath::log1p).onPositive().within(2),
          UnaryRow.of("sqrt", Tensor::sqrt, StrictMath::sqrt).onPositive(),
          UnaryRow.of("square", Tensor::square, x -> x * x),
          UnaryRow.of("abs", Tensor::abs, StrictMath::abs),
          UnaryRow.of("sign", Tensor::sign, StrictMath::signum),
          UnaryRow.of("sin", Tensor::sin, StrictMath::sin).within(2),
          UnaryRow.of("cos", Tensor::cos, StrictMath::cos).within(2),
          UnaryRow.of("tanh", Tensor::tanh, StrictMath::tanh).within(2),
          UnaryRow.of("sigmoid", Tensor::sigmoid, Reference::logistic).within(2),
          // Like Math.max, not like x > 0 ? x : 0, which would swallow NaN.
          UnaryRow.of("relu", Tensor::relu, x -> StrictMath.max(x, 0)),
          UnaryRow.of("softplus", Tensor::softplus, Reference::softplus).within(3),
          UnaryRow.of("erf", Tensor::erf, Reference::erf).within(16),
          UnaryRow.of("gelu", Tensor::gelu, Reference::gelu).within(16));

  /** Operations on two tensors, element by element. */
  static final List<BinaryRow> BINARY =
      List.of(
          BinaryRow.of("add", Tensor::add, (a, b) -> a + b),
          BinaryRow.of("sub", Tensor::sub, (a, b) -> a - b),
          BinaryRow.of("mul", Tensor::mul, (a, b) -> a * b),
          BinaryRow.of("div", Tensor::div, (a, b) -> a / b),
          BinaryRow.of("pow", Tensor::pow, StrictMath::pow).onPositive(),
          BinaryRow.of("maximum", Tensor::maximum, StrictMath::max),
          BinaryRow.of("minimum", Tensor::minimum, StrictMath::min),
          BinaryRow.of("greaterThan", Tensor::greaterThan, (a, b) -> a > b ? 1 : 0),
          BinaryRow.of("lessThan", Tensor::lessThan, (a, b) -> a < b ? 1 : 0),
          BinaryRow.of("equalTo", Tensor::equalTo, (a, b) -> a == b ? 1 : 0),
          BinaryRow.of("mask", Tensor::mask, (a, condition) -> condition == 0 ? 0 : a));

  /** Reductions, and what else goes along axes. */
  static final List<AxisRow> ALONG_AXES =
      List.of(
          AxisRow.overAxes("sum", Tensor::sum),
          AxisRow.overAxes("sumKeepDims", Tensor::sumKeepDims),
          AxisRow.overFilledAxes("mean", Tensor::mean),
          AxisRow.overFilledAxes("meanKeepDims", Tensor::meanKeepDims),
          AxisRow.overFilledAxes("max", Tensor::max),
          AxisRow.overFilledAxes("maxKeepDims", Tensor::maxKeepDims),
          AxisRow.overFilledAxes("min", Tensor::min),
          AxisRow.overFilledAxes("minKeepDims", Tensor::minKeepDims),
          AxisRow.alongFilledAxis("logSumExp", Tensor::logSumExp),
          AxisRow.alongFilledAxis("logSumExpKeepDims", Tensor::logSumExpKeepDims),
          AxisRow.alongAxis("softmax", Tensor::softmax),
          AxisRow.alongAxis("logSoftmax", Tensor::logSoftmax));

  private static final Map<String, Function<Sample, Trial>> TRIALS = new TreeMap<>();

  static {
    UNARY.forEach(row -> put(row.signature(), row::trial));
    BINARY.forEach(row -> put(row.signature(), row::trial));
    ALONG_AXES.forEach(row -> put(row.signature(), row.trial()));

    // Other elementwise operations
    put(
        "where(Tensor,Tensor)",
        s -> {
          Tensor condition = s.bits(weak(s));
          return Trial.of((a, b) -> condition.where(a, b), s.signed(weak(s)), s.signed(weak(s)));
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
              ? Trial.of(x -> x.pow(fraction), s.positive(s.shape()))
              : Trial.of(x -> x.pow(whole), s.signed(s.shape()));
        });

    put(
        "clip(double,double)",
        s -> {
          double p = s.between();
          double q = s.between();
          return Trial.of(x -> x.clip(Math.min(p, q), Math.max(p, q)), s.signed(s.shape()));
        });

    put(
        "sumTo(Shape)",
        s -> {
          Shape target = weak(s);
          return Trial.of(x -> x.sumTo(target), s.signed(s.shape()));
        });

    // Movement
    put("reshape(Shape)", s -> Trial.of(x -> x.reshape(Shape.of(x.size())), s.signed(s.shape())));
    put("reshape(int[])", s -> Trial.of(x -> x.reshape(1, -1), s.signed(s.shape())));
    put(
        "permute(int[])",
        s -> {
          int[] order = s.permutation(s.shape().rank());
          return Trial.of(x -> x.permute(order), s.signed(s.shape()));
        });
    put("transpose()", s -> Trial.of(Tensor::transpose, s.signed(s.shapeOfRank(2))));
    put("broadcastTo(Shape)", s -> Trial.of(x -> x.broadcastTo(s.shape()), s.signed(weak(s))));
    put(
        "slice(int,int,int)",
        s -> {
          Shape shape = s.shapeOfRank(1);
          int axis = s.axis(shape);
          int to = s.integer(0, shape.dimension(axis));
          int from = s.integer(0, to);
          return Trial.of(x -> x.slice(axis, from, to), s.signed(shape));
        });
    put(
        "pad(int,int,int)",
        s -> {
          Shape shape = s.shapeOfRank(1);
          int axis = s.axis(shape);
          int before = s.integer(0, 2);
          int after = s.integer(0, 2);
          return Trial.of(x -> x.pad(axis, before, after), s.signed(shape));
        });
    put("concatenate(int,Tensor[])", OperationTable::concatenate);
    put(
        "gatherRows(int[])",
        s -> {
          Shape shape = s.shapeOfRank(1);
          int count = shape.dimension(0);
          int[] rows = new int[count == 0 ? 0 : s.integer(0, 4)];
          Arrays.setAll(rows, i -> s.integer(0, count - 1));
          return Trial.of(x -> x.gatherRows(rows), s.signed(shape));
        });
    put(
        "scatterRows(int,int[])",
        s -> {
          Shape shape = s.shapeOfRank(1);
          int count = s.integer(1, 3);
          int[] rows = new int[shape.dimension(0)];
          Arrays.setAll(rows, i -> s.integer(0, count - 1));
          return Trial.of(x -> x.scatterRows(count, rows), s.signed(shape));
        });

    put(
        "pick(Tensor)",
        s -> {
          Shape shape = Sample.nonEmpty(s.shapeOfRank(1));
          Tensor columns = columns(s, shape.withoutLast(1), shape.dimension(-1));
          return Trial.of(x -> x.pick(columns), s.signed(shape));
        });
    put(
        "unpick(Tensor,int)",
        s -> {
          Shape shape = s.shape();
          int n = s.integer(1, 4);
          Tensor columns = columns(s, shape, n);
          return Trial.of(x -> x.unpick(columns, n), s.signed(shape));
        });

    // Products
    put("matmul(Tensor)", OperationTable::product);
    put("affine(Tensor,Tensor)", OperationTable::affine);
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
    return Trial.of(Tensor::matmul, a, b);
  }

  /** Rows with a weight and a bias, or what {@code affine} leaves to matmul and add. */
  private static Trial affine(Sample s) {
    int k = s.integer(0, 3);
    int n = s.integer(1, 3);
    Shape batch = s.flip() ? Shape.SCALAR : Shape.of(s.integer(0, 2));
    Tensor a = s.signed(matrices(batch, s.integer(1, 3), k));
    Tensor b = s.signed(matrices(s.weakened(batch), k, n));
    Tensor c = s.signed(s.flip() ? Shape.of(n) : s.weakened(Shape.of(1, n)));
    return new Trial(in -> in.get(0).affine(in.get(1), in.get(2)), List.of(a, b, c));
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

  @FunctionalInterface
  private interface WithNumber {
    Tensor apply(Tensor x, double number);
  }

  private static void withNumber(String signature, WithNumber f) {
    put(
        signature,
        s -> {
          double number = s.between();
          return Trial.of(x -> f.apply(x, number), s.signed(s.shape()));
        });
  }

  private static Tensor columns(Sample s, Shape shape, int n) {
    double[] columns = new double[shape.size()];
    Arrays.setAll(columns, i -> s.integer(0, n - 1));
    return Tensor.of(shape, columns);
  }
}
