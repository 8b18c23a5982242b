package org.spikelet.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Compares the gradients of a function of tensors with central differences.
 *
 * <pre>{@code
 * new GradientCheck().order(2).check("matmul", in -> in.get(0).matmul(in.get(1)), a, b);
 * }</pre>
 *
 * <p>The output is weighted with random numbers u, so the scalar is φ = Σ u · f(x). For each
 * element x of each input, n = (φ(x+h) − φ(x−h)) / 2h with h = ∛ulp(1) · max(1, |x|) is compared
 * with the analytic a; they agree if |a − n| ≤ atol + rtol · |n|. At order 2 the function that
 * computes the gradients is checked in the same way, so second derivatives are right as well.
 *
 * <p>Check away from kinks, such as relu at 0: there the two sides differ and no single number is
 * right.
 */
public final class GradientCheck {

  private static final double STEP = Math.cbrt(Math.ulp(1.0));
  private static final int LONGEST_REPORT = 10;

  private final double absolute;
  private final double relative;
  private final int order;
  private final long seed;

  /** Checks first derivatives with atol 1e−7 and rtol 1e−6. */
  public GradientCheck() {
    this(1e-7, 1e-6, 1, 0);
  }

  private GradientCheck(double absolute, double relative, int order, long seed) {
    this.absolute = absolute;
    this.relative = relative;
    this.order = order;
    this.seed = seed;
  }

  /**
   * Returns a check with other tolerances.
   *
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public GradientCheck tolerance(double absolute, double relative) {
    if (!(absolute >= 0 && relative >= 0 && absolute + relative < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "tolerance: must be finite and not negative, got %s and %s"
              .formatted(absolute, relative));
    }
    return new GradientCheck(absolute, relative, order, seed);
  }

  /**
   * Returns a check up to this order of derivative.
   *
   * @throws IllegalArgumentException if the order is less than 1
   */
  public GradientCheck order(int order) {
    if (order < 1) {
      throw new IllegalArgumentException("order: must be at least 1, got " + order);
    }
    return new GradientCheck(absolute, relative, order, seed);
  }

  /** Returns a check that draws its random weights from another seed. */
  public GradientCheck seed(long seed) {
    return new GradientCheck(absolute, relative, order, seed);
  }

  /**
   * Checks the gradient of a function with respect to each of its inputs.
   *
   * @param function from the inputs to an output of any shape; called many times, so it must not
   *     depend on anything but the inputs
   * @throws IllegalArgumentException if there is no input
   * @throws AssertionError if a derivative is wrong or not finite: names the function, the input
   *     and the element, and gives both values
   */
  public void check(String name, Function<List<Tensor>, Tensor> function, Tensor... inputs) {
    if (inputs.length == 0) {
      throw new IllegalArgumentException(name + ": there is no input to check the gradient of");
    }
    List<Tensor> constants = Arrays.stream(inputs).map(Tensor::copy).toList();
    check(name, function, constants, order, seed);
  }

  private void check(
      String name,
      Function<List<Tensor>, Tensor> function,
      List<Tensor> inputs,
      int orders,
      long seed) {
    checkFirst(name, function, inputs, seed);
    if (orders > 1) {
      int count = inputs.size();
      List<Tensor> withUpstream = new ArrayList<>(inputs);
      // Another seed than the weights of the next order have: alike, they would hide errors.
      withUpstream.add(random(evaluate(function, inputs).shape(), seed + 1));
      check(
          "gradient of " + name + " (input " + count + " is the upstream gradient)",
          in -> gradient(function, in.subList(0, count), in.get(count)),
          withUpstream,
          orders - 1,
          seed + 2);
    }
  }

  private void checkFirst(
      String name, Function<List<Tensor>, Tensor> function, List<Tensor> inputs, long seed) {
    Tensor u = random(evaluate(function, inputs).shape(), seed);
    List<double[]> analytic = analytic(function, inputs, u);
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (int k = 0; k < inputs.size(); k++) {
      double[] numeric = numeric(function, inputs, k, u);
      count += numeric.length;
      for (int i = 0; i < numeric.length; i++) {
        double a = analytic.get(k)[i];
        double n = numeric[i];
        // A NaN fails the comparison, and so is rejected; ∞ would agree with everything.
        if (!(Math.abs(a - n) <= absolute + relative * Math.abs(n)) || Double.isInfinite(n)) {
          wrong.add(
              String.format(
                  Locale.ROOT,
                  "  input %d %s: analytic %.12g, numeric %.12g, difference %.3g",
                  k,
                  Arrays.toString(position(inputs.get(k).shape(), i)),
                  a,
                  n,
                  a - n));
        }
      }
    }
    if (!wrong.isEmpty()) {
      String more = wrong.size() > LONGEST_REPORT ? "\n  …" : "";
      throw new AssertionError(
          name
              + ": "
              + wrong.size()
              + " of "
              + count
              + " derivatives are wrong\n"
              + String.join("\n", wrong.subList(0, Math.min(wrong.size(), LONGEST_REPORT)))
              + more);
    }
  }

  private static List<double[]> analytic(
      Function<List<Tensor>, Tensor> function, List<Tensor> inputs, Tensor u) {
    try (Tape tape = Tape.record()) {
      List<Tensor> leaves = inputs.stream().map(tape::watch).toList();
      Tensor y = function.apply(leaves);
      if (!tape.tracks(y)) {
        return inputs.stream().map(input -> new double[input.size()]).toList();
      }
      Gradients gradients = tape.gradients(y, u);
      return leaves.stream().map(leaf -> gradients.of(leaf).toArray()).toList();
    }
  }

  private static double[] numeric(
      Function<List<Tensor>, Tensor> function, List<Tensor> inputs, int k, Tensor u) {
    double[] slopes = new double[inputs.get(k).size()];
    for (int i = 0; i < slopes.length; i++) {
      double x = inputs.get(k).data()[i];
      double h = STEP * Math.max(1, Math.abs(x));
      double above = x + h;
      double below = x - h;
      // Differences are taken before the sum over outputs, where they are exact for equal values.
      double[] high = evaluate(function, replace(inputs, k, i, above)).data();
      double[] low = evaluate(function, replace(inputs, k, i, below)).data();
      double sum = 0;
      for (int j = 0; j < high.length; j++) {
        sum += u.data()[j] * (high[j] - low[j]);
      }
      slopes[i] = sum / (above - below);
    }
    return slopes;
  }

  /** Evaluates under a tape with watched inputs, so that the function may take gradients itself. */
  private static Tensor evaluate(Function<List<Tensor>, Tensor> function, List<Tensor> inputs) {
    try (Tape tape = Tape.record()) {
      return function.apply(inputs.stream().map(tape::watch).toList()).copy();
    }
  }

  /** All gradients of Σ u · f as one vector, recorded on the current tape. */
  private static Tensor gradient(
      Function<List<Tensor>, Tensor> function, List<Tensor> inputs, Tensor u) {
    Tensor y = function.apply(inputs);
    Tape tape = Tape.current();
    if (!tape.tracks(y)) {
      return Tensor.zeros(Shape.of(inputs.stream().mapToInt(Tensor::size).sum()));
    }
    Gradients gradients = tape.recordedGradients(y, u);
    List<Tensor> flat =
        inputs.stream().map(input -> gradients.of(input).reshape(input.size())).toList();
    return flat.get(0).concatenate(0, flat.subList(1, flat.size()).toArray(Tensor[]::new));
  }

  private static List<Tensor> replace(List<Tensor> inputs, int k, int i, double value) {
    double[] values = inputs.get(k).toArray();
    values[i] = value;
    List<Tensor> changed = new ArrayList<>(inputs);
    changed.set(k, Tensor.of(inputs.get(k).shape(), values));
    return changed;
  }

  /** Numbers of size ½ to 1½ and either sign: no output is left out. */
  private static Tensor random(Shape shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Tensor.of(
        shape,
        random.doubles(shape.size(), 0.5, 1.5).map(v -> random.nextBoolean() ? v : -v).toArray());
  }

  private static int[] position(Shape shape, int offset) {
    int[] position = new int[shape.rank()];
    for (int axis = shape.rank() - 1, rest = offset; axis >= 0; axis--) {
      position[axis] = rest % shape.dimension(axis);
      rest /= shape.dimension(axis);
    }
    return position;
  }
}
