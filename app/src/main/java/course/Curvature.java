package course;

import course.Graph.Variable;
import java.util.List;
import java.util.function.UnaryOperator;

/** Chapter 11: derivatives of derivatives, and η·λ. */
public final class Curvature {

  private Curvature() {}

  /** Returns H·v, with H the matrix of second derivatives of a 1 × 1 loss at x, never formed. */
  public static Matrix hessianTimes(UnaryOperator<Variable> loss, Matrix x, Matrix v) {
    // Gap hessianTimes: the gradient is a variable itself, recorded. Its numbers times those of v,
    // added up, are a number; the gradient of that number in x is H·v.
    Graph graph = new Graph();
    Variable at = graph.variable(x);
    Variable gradient = graph.gradients(loss.apply(at), List.of(at)).get(0);
    Variable slope = gradient.times(graph.variable(v)).sum();
    return graph.gradients(slope, List.of(at)).get(0).value();
    // End of gap.
  }

  /**
   * Returns the eigenvalue of H that is largest in size, by power iteration.
   *
   * @param start where to begin; not 0
   */
  public static double sharpness(
      UnaryOperator<Variable> loss, Matrix x, Matrix start, int iterations) {
    // Gap sharpness: again and again, bring v to length 1 and take H·v in its place. The eigenvalue
    // is v·(H·v) for the last v of length 1.
    Matrix next = start;
    double lambda = 0;
    for (int i = 0; i < iterations; i++) {
      double length = Math.sqrt(dot(next, next));
      Matrix v = next.map(each -> each / length);
      next = hessianTimes(loss, x, v);
      lambda = dot(v, next);
    }
    return lambda;
    // End of gap.
  }

  /**
   * Returns whether descent with steps of η·gradient goes away from where the gradient is 0.
   *
   * @param lambda the curvature there: positive in a valley, negative on a hilltop
   */
  public static boolean unstable(double eta, double lambda) {
    // Gap unstable: one step maps the distance d to the bottom to (1 − η·λ)·d; when does it grow?
    return Math.abs(1 - eta * lambda) > 1;
    // End of gap.
  }

  private static double dot(Matrix a, Matrix b) {
    return a.zip(b, (x, y) -> x * y).sumTo(1, 1).at(0, 0);
  }
}
