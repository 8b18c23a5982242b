package org.spikelet.autodiff.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;

/**
 * Compares the gradients of a function of tensors with central differences, to any order.
 *
 * <pre>{@code
 * new GradientCheck().withOrder(2).check("matmul", in -> in.get(0).matmul(in.get(1)), a, b);
 * }</pre>
 *
 * <p>The output is weighted with random numbers u, so the scalar is φ = Σ u · f(x). For each
 * element x of each input the slope of φ is computed from central differences: with the step h =
 * ∛ulp(1) · max(1, |x|) where that is accurate enough, else at steps from ¼ down to the last
 * digits, extrapolated. It comes with a bound on its error, which follows from the noise of the
 * function, measured where it is checked. With the numeric slope n, its bound b, the analytic a and
 * the tolerance t = atol + rtol · |n|, the rule is right if |a − n| ≤ t and b ≤ t, and wrong if |a
 * − n| &gt; t + b; else it cannot be told, which fails too and says what would help. For large
 * inputs, {@link #withDirections} compares slopes in random directions instead. At order 2 the
 * function that computes the gradients is checked in the same way, at order 3 the gradients of
 * that.
 *
 * <p>Also checked: the gradients have the shapes of their inputs; passes with the same inputs give
 * the same bits, 30 of them; the inputs are not changed; a zero gradient of the output gives zeros,
 * not NaN, for every input.
 *
 * <p><b>Kinks.</b> At relu's 0, in a tie of max and at a bound of clip, the slopes from the left
 * and the right converge to different limits, for each output by itself. The analytic value must
 * then lie between them: in the sum of u · [left, right]. A little beside a kink finer steps see
 * one side of it, and the value must agree with what they tell as well. An element at a kink, or
 * within a few steps of one, is checked to first order only; along a direction that meets one,
 * higher orders are checked with respect to the upstream gradient only.
 *
 * <p>A failure says what is wrong, how much, and why the numeric value can be believed. Here the
 * rule of tanh is 1 − y in place of 1 − y²:
 *
 * <pre>
 * tanh: 2 of 3 derivatives are wrong (order 1, element by element)
 *   x [2]: analytic -1.19088162533, numeric -0.0428388939063 ± 2.4e-12, error 1.15, allowed 1.43e-07
 *   x [0]: analytic -0.744059149915, numeric -1.08790164911 ± 4.8e-12, error 0.344, allowed 1.19e-06
 *   x [2] at other steps:
 *     step h   slope to the left   to the right        over both
 *     6.6e-03  -0.0425683460353    -0.0431116512601    -0.0428399986477
 *     1.6e-03  -0.0427748276765    -0.0429030832656    -0.0428389554710
 *     …
 *     6.3e-08  -0.0428388914949    -0.0428388968004    -0.0428388941477
 *     wrong rule: the slope is -0.04283889391 ± 2.4e-12, 1.15 away
 * </pre>
 *
 * <p>What it cannot find is in docs/gradient-check.md.
 *
 * <p>Sources: Griewank and Walther 2008, "Evaluating Derivatives", for gradients as adjoints; Gill,
 * Murray and Wright 1981, "Practical Optimization", section 8.6, for the first step; Ridders 1982,
 * "Accurate computation of F'(x) and F'(x)F''(x)"; Moré and Wild 2011, "Estimating computational
 * noise"; PyTorch's notes "Gradcheck mechanics" for random directions and random weights.
 *
 * <p>In PyTorch: {@index torch.autograd.gradcheck}.
 */
public final class GradientCheck {

  /**
   * What a check that passed has compared.
   *
   * @param derivatives how many derivatives, of all orders
   * @param kinks how many of them at a kink
   * @param unseen how many are so small that with another sign they would have passed as well
   * @param worst the largest error of those not at a kink, as a fraction of its tolerance
   */
  public record Result(int derivatives, int kinks, int unseen, double worst) {

    private Result plus(Result other) {
      return new Result(
          derivatives + other.derivatives,
          kinks + other.kinks,
          unseen + other.unseen,
          Math.max(worst, other.worst));
    }
  }

  /** Evaluations of a check at least, and where in doubt at one point: once in five shows. */
  static final int REPEATS = 30;

  private final Demands demands;
  private final int order;
  private final long seed;
  private final int directions;
  private final List<String> names;
  private final List<Parameter> parameters;

  /** Checks the first derivatives of every element with atol 1e−7 and rtol 1e−6. */
  public GradientCheck() {
    this(new Demands(new Tolerance(1e-7, 1e-6), false, false), 1, 0, 0, List.of(), List.of());
  }

  private GradientCheck(
      Demands demands,
      int order,
      long seed,
      int directions,
      List<String> names,
      List<Parameter> parameters) {
    this.demands = demands;
    this.order = order;
    this.seed = seed;
    this.directions = directions;
    this.names = names;
    this.parameters = parameters;
  }

  /**
   * Returns a check with other tolerances.
   *
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public GradientCheck withTolerance(double absolute, double relative) {
    Tolerance tolerance = new Tolerance(absolute, relative);
    return with(new Demands(tolerance, demands.smooth(), demands.strict()));
  }

  /**
   * Returns a check up to this order of derivative.
   *
   * @throws IllegalArgumentException if the order is less than 1
   */
  public GradientCheck withOrder(int order) {
    if (order < 1) {
      throw new IllegalArgumentException("order: must be at least 1, got " + order);
    }
    return new GradientCheck(demands, order, seed, directions, names, parameters);
  }

  /** Returns a check that draws its random weights and directions from another seed. */
  public GradientCheck withSeed(long seed) {
    return new GradientCheck(demands, order, seed, directions, names, parameters);
  }

  /**
   * Returns a check along this many random directions, of unit length through all inputs together,
   * in place of every element: for large inputs.
   *
   * @throws IllegalArgumentException if there is not at least one
   */
  public GradientCheck withDirections(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("directions: must be at least 1, got " + count);
    }
    return new GradientCheck(demands, order, seed, count, names, parameters);
  }

  /** Returns a check that rejects kinks, whatever the value there. */
  public GradientCheck withoutKinks() {
    return with(new Demands(demands.tolerance(), true, demands.strict()));
  }

  /**
   * Returns a check that rejects slopes so small that the tolerance would let their sign be wrong;
   * otherwise {@link Result#unseen} counts them.
   */
  public GradientCheck withStrictTolerance() {
    return with(new Demands(demands.tolerance(), demands.smooth(), true));
  }

  /** Returns a check that calls the inputs by these names in its messages, one for each. */
  public GradientCheck withNames(String... names) {
    return new GradientCheck(demands, order, seed, directions, List.of(names), parameters);
  }

  /**
   * Returns a check of the derivatives with respect to these parameters as well, which the function
   * uses besides its inputs, and of all mixed ones.
   *
   * <pre>{@code
   * new GradientCheck().withOrder(2).withParameters(net.parameters())
   *     .check("net", in -> net.forward(in.get(0)), x);
   * }</pre>
   *
   * <p>While a check runs the parameters have other values; afterwards their own again.
   */
  public GradientCheck withParameters(List<Parameter> parameters) {
    return new GradientCheck(demands, order, seed, directions, names, List.copyOf(parameters));
  }

  /**
   * Checks the gradient of a function with respect to each of its inputs.
   *
   * @param function from the inputs to an output of any shape; called many times, so it must not
   *     depend on anything but the inputs
   * @return what was compared, for curiosity: all of it was right
   * @throws IllegalArgumentException if there is no input, or not one name for each
   * @throws IllegalStateException if a derivative rule returns the wrong shape
   * @throws AssertionError if a derivative is wrong or not finite, or a promise is not kept
   */
  public Result check(String name, Function<List<Tensor>, Tensor> function, Tensor... inputs) {
    if (inputs.length == 0 && parameters.isEmpty()) {
      throw new IllegalArgumentException(name + ": there is no input to check the gradient of");
    }
    if (!names.isEmpty() && names.size() != inputs.length) {
      throw new IllegalArgumentException(
          "names: %s for %s inputs of %s; give one for each".formatted(names, inputs.length, name));
    }
    List<String> arguments = new ArrayList<>();
    parameters.forEach(parameter -> arguments.add(parameter.name()));
    for (int k = 0; k < inputs.length; k++) {
      arguments.add(names.isEmpty() ? "input " + k : names.get(k));
    }
    List<Tensor> constants =
        Stream.concat(parameters.stream(), Arrays.stream(inputs)).map(Tensor::copy).toList();
    try {
      return checkOrders(name, function, arguments, constants);
    } finally {
      for (int k = 0; k < parameters.size(); k++) {
        parameters.get(k).assign(constants.get(k));
      }
    }
  }

  private Result checkOrders(
      String name,
      Function<List<Tensor>, Tensor> function,
      List<String> arguments,
      List<Tensor> constants) {
    int[] calls = new int[1];
    Subject.Traced counted =
        (tape, in) -> {
          calls[0]++;
          return Objects.requireNonNull(
              function.apply(in.subList(parameters.size(), in.size())),
              () -> name + ": the function returned null in place of a tensor");
        };
    Subject first = new Subject(name, arguments, counted, constants, parameters);
    BitSet kinked = new BitSet();
    Result result = checkOrder(1, first, seed, kinked);
    Subject subject = first;
    for (int k = 2; k <= order; k++) {
      // Other seeds than the weights of the next order have: alike, they would hide errors.
      subject = subject.derivative(seed + 2L * k - 3);
      result = result.plus(checkOrder(k, subject, seed + 2L * k - 2, kinked));
    }
    if (calls[0] < REPEATS) {
      new Invariants(first, first.weights(seed)).checkRepeatable(REPEATS - calls[0]);
    }
    return result;
  }

  private GradientCheck with(Demands changed) {
    return new GradientCheck(changed, order, seed, directions, names, parameters);
  }

  /** Checks one order, and adds the elements found at kinks, which it leaves out itself. */
  private Result checkOrder(int k, Subject subject, long weightSeed, BitSet kinked) {
    Tensor weights = subject.weights(weightSeed);
    double[] u = weights.toArray();
    Invariants invariants = new Invariants(subject, weights);
    invariants.checkRepeatable();
    BitSet without = (BitSet) kinked.clone();
    List<Line> lines = lines(subject, subject.point(), invariants.output(), without, weightSeed);
    Comparison comparison = new Comparison(k, invariants, u, demands, lines, kinked);
    if (!comparison.rejected().isEmpty()) {
      throw FailureReport.of(
          subject, title(k), comparison.rejected(), lines.size(), u, demands.tolerance());
    }
    invariants.checkZeroUpstream();
    return comparison.result(lines.size());
  }

  private List<Line> lines(
      Subject subject, double[] point, double[] output, BitSet without, long lineSeed) {
    if (directions == 0) {
      return IntStream.range(0, point.length)
          .filter(i -> !without.get(i))
          .mapToObj(i -> Line.along(subject, point, output, i))
          .toList();
    }
    return without.cardinality() == point.length
        ? List.of()
        : Stream.iterate(0, i -> i < directions, i -> i + 1)
            .map(i -> Line.random(subject, point, output, i, without, lineSeed))
            .toList();
  }

  private String title(int k) {
    return "order "
        + k
        + (directions == 0 ? ", element by element" : ", along " + directions + " directions");
  }
}
