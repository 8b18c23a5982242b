package org.spikelet.testing.oracle;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.spikelet.testing.Graph;

/**
 * The places where another framework is known to give other numbers: the rows of {@code
 * docs/differences.md}, which has the reasons.
 *
 * <p>A difference in a program that meets such a place, in a quantity that the place concerns, is
 * explained; every other is not.
 */
enum Documented {
  POWER_ZERO(Set.of("pytorch"), Set.of("product"), any(power((x, p) -> p == 0))),

  POWER_OF_ZERO(
      Set.of("pytorch"),
      Set.of("product"),
      // Even where it meets no exponent, in an empty tensor.
      any(step -> step.calls("pow") && step.has(x -> x == 0))),

  POWER_OF_NEGATIVE(Set.of("pytorch"), Set.of("product"), any(power((x, p) -> x < 0))),

  ROOT_OF_MINUS_INFINITY(
      Set.of("pytorch"),
      Set.of("value", "gradient", "product"),
      any(power((x, p) -> isEdgeOfRoot(x) && Math.abs(p % 1) == 0.5))),

  POWER_OF_ONE(
      Set.of("pytorch", "jax"),
      Set.of("value", "gradient", "product"),
      any(
          power(
              (x, p) ->
                  (Math.abs(x) == 1 && Double.isInfinite(p)) || (x == 1 && Double.isNaN(p))))),

  POWER_BEYOND_RANGE(
      Set.of("jax"), Set.of("gradient", "product"), any(power((x, p) -> extreme(x) || extreme(p)))),

  SIGN_OF_NAN(
      Set.of("pytorch"),
      Set.of("value", "gradient", "product"),
      any(step -> step.calls("sign", "abs") && step.has(Double::isNaN))),

  LARGER_OF_NAN(
      Set.of("pytorch", "jax"),
      Set.of("gradient", "product"),
      any(step -> step.calls("maximum", "minimum") && step.anyHas(Double::isNaN))),

  LIMIT_OF_NAN(
      Set.of("pytorch", "jax"),
      Set.of("gradient", "product"),
      any(step -> step.calls("relu", "clip") && step.has(Double::isNaN))),

  POWER_AFTER_INFINITE_SLOPE(
      Set.of("pytorch", "jax"), Set.of("gradient", "product"), afterSteep(power((x, p) -> p == 0))),

  SIGN_AFTER_INFINITE_SLOPE(
      Set.of("pytorch", "jax"),
      Set.of("gradient", "product"),
      afterSteep(step -> step.calls("sign", "abs"))),

  LARGEST_AFTER_INFINITE_SLOPE(
      Set.of("pytorch", "jax"),
      Set.of("gradient", "product"),
      afterSteep(step -> step.calls("max", "min", "maxKeepDims", "minKeepDims"))),

  ERF_FAR_OUT(
      Set.of("pytorch", "jax"),
      Set.of("product"),
      any(step -> step.calls("erf", "gelu") && step.has(x -> Math.abs(x) > 1e154))),

  GELU_OF_INFINITY(
      Set.of("pytorch", "jax"),
      Set.of("value", "gradient", "product"),
      any(step -> step.calls("gelu") && step.has(Double::isInfinite))),

  SOFTMAX_OF_INFINITY(
      Set.of("pytorch", "jax"),
      Set.of("value", "gradient", "product"),
      any(
          step ->
              step.calls("softmax", "logSoftmax") && step.has(x -> x == Double.POSITIVE_INFINITY))),

  PRODUCT_BEYOND_RANGE(
      Set.of("pytorch", "jax"),
      Set.of("value", "gradient", "product"),
      any(step -> step.calls("matmul", "affine") && step.anyHas(x -> Math.abs(x) > 1e150))),

  SOFTPLUS_ABOVE_20(
      Set.of("pytorch"),
      Set.of("value", "gradient", "product"),
      any(step -> step.calls("softplus") && step.has(x -> x > 20))),

  JAX_POWER(
      Set.of("jax"),
      Set.of("gradient", "product"),
      any(power((x, p) -> x <= 0 || p == 0 || Double.isNaN(x) || Double.isNaN(p)))),

  JAX_ABS(
      Set.of("jax"),
      Set.of("gradient", "product"),
      any(step -> step.calls("abs") && step.has(x -> x == 0 || Double.isNaN(x)))),

  JAX_CLIP(
      Set.of("jax"),
      Set.of("gradient", "product"),
      any(step -> step.calls("clip") && step.meets((x, high) -> x == -1 || x == high))),

  JAX_SUBNORMAL(
      Set.of("jax"),
      Set.of("value", "gradient", "product"),
      any(step -> step.anyHas(x -> x != 0 && Math.abs(x) < Double.MIN_NORMAL)));

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<String> frameworks;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<String> quantities;

  @SuppressWarnings("ImmutableEnumChecker") // the predicates above have no state
  private final Predicate<List<Step>> place;

  Documented(Set<String> frameworks, Set<String> quantities, Predicate<List<Step>> place) {
    this.frameworks = frameworks;
    this.quantities = quantities;
    this.place = place;
  }

  /** Returns the names of the places that a program meets. */
  static List<String> met(Graph graph) {
    List<Step> steps = Step.of(graph);
    return Arrays.stream(values()).filter(row -> row.place.test(steps)).map(Enum::name).toList();
  }

  /**
   * Whether a difference in a quantity is to be expected in a program that meets this place.
   *
   * @param framework pytorch or jax
   */
  boolean explains(String framework, String quantity) {
    return frameworks.contains(framework) && quantities.contains(quantity);
  }

  private static Predicate<List<Step>> any(Predicate<Step> step) {
    return steps -> steps.stream().anyMatch(step);
  }

  /** Such a step beside another one through which infinities or NaN flow back. */
  private static Predicate<List<Step>> afterSteep(Predicate<Step> such) {
    return steps ->
        steps.stream()
            .filter(such)
            .anyMatch(step -> steps.stream().anyMatch(s -> !s.equals(step) && steep(s)));
  }

  private static Predicate<Step> power(Step.Pair such) {
    return step -> step.calls("pow") && step.meets(such);
  }

  /** −∞ and −0, where a root is not the power ½. */
  private static boolean isEdgeOfRoot(double x) {
    return x == Double.NEGATIVE_INFINITY || (x == 0 && 1 / x < 0);
  }

  /** Whether squares, or quotients with it, leave the range of a double. */
  private static boolean extreme(double x) {
    return Double.isNaN(x) || Math.abs(x) > 1e150 || (x != 0 && Math.abs(x) < 1e-150);
  }

  /** Whether its derivative is infinite, or NaN, at some finite number. */
  private static boolean steep(Step step) {
    return step.calls("sqrt", "pow") && step.has(x -> x <= 0);
  }
}
