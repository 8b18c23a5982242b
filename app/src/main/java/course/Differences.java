package course;

import course.Graph.Variable;
import java.util.List;
import java.util.function.UnaryOperator;

/** Chapter 7: checking by differences, and why the step matters. */
public final class Differences {

  private Differences() {}

  /** Returns a good step for a number of this size: the cube root of 2⁻⁵², times max(1, |x|). */
  public static double step(double x) {
    // Gap step: Math.cbrt(Math.ulp(1.0)) where x is small, and in proportion where it is large.
    return Math.cbrt(Math.ulp(1.0)) * Math.max(1, Math.abs(x));
    // End of gap.
  }

  /**
   * Returns the slope of Σ w · f(x) in the direction d, by central differences over x ± h·d.
   *
   * @param f an operation, or a chain of them
   * @param w the weights of the outputs; with other numbers than 1, a rule that drops the upstream
   *     derivative is seen
   */
  public static double numeric(UnaryOperator<Variable> f, Matrix x, Matrix d, Matrix w, double h) {
    // Gap numeric: the weighted sum at x + h·d, less that at x − h·d, over the distance 2·h.
    // weighted(f, ..., w) is at hand below.
    Matrix right = x.zip(d, (a, b) -> a + h * b);
    Matrix left = x.zip(d, (a, b) -> a - h * b);
    return (weighted(f, right, w) - weighted(f, left, w)) / (2 * h);
    // End of gap.
  }

  private static double weighted(UnaryOperator<Variable> f, Matrix x, Matrix w) {
    return f.apply(new Graph().variable(x)).value().zip(w, (a, b) -> a * b).sumTo(1, 1).at(0, 0);
  }

  /** Returns the same slope by the rules: the gradient of Σ w · f(x), times d, summed. */
  public static double analytic(UnaryOperator<Variable> f, Matrix x, Matrix d, Matrix w) {
    // Gap analytic: record Σ w · f(x) on a new graph, ask for the gradient in x, and add up its
    // numbers times those of d.
    Graph graph = new Graph();
    Variable at = graph.variable(x);
    Variable output = f.apply(at).times(graph.variable(w)).sum();
    Matrix gradient = graph.gradients(output, List.of(at)).get(0).value();
    return gradient.zip(d, (a, b) -> a * b).sumTo(1, 1).at(0, 0);
    // End of gap.
  }

  /** Returns whether two numbers differ by at most 1e-6 of the smaller of them, or of 1. */
  public static boolean agree(double a, double b) {
    // Gap agree: the tolerance is 1e-6, times the smaller of |a| and |b| if that is more than 1.
    // What is not a number, or infinite, agrees with nothing.
    double tolerance = 1e-6 * Math.max(1, Math.min(Math.abs(a), Math.abs(b)));
    return Math.abs(a - b) <= tolerance && tolerance < Double.POSITIVE_INFINITY;
    // End of gap.
  }
}
