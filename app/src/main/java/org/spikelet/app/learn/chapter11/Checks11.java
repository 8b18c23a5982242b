package org.spikelet.app.learn.chapter11;

import course.Curvature;
import course.Graph.Variable;
import course.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Matrices;
import org.spikelet.app.learn.check.Property;

/** Second derivatives, on valleys whose curvature is known. */
public final class Checks11 implements Checks {

  /** Made by the checker. */
  public Checks11() {}

  /** The valley Σ c·x² + (Σ x)³, at x, and a direction v. */
  private record Valley(Matrix c, Matrix x, Matrix v) {

    Variable loss(Variable at) {
      Variable sum = at.sum();
      return at.times(at).times(at.graph().variable(c)).sum().plus(sum.times(sum).times(sum));
    }

    double[] times() {
      double[] result = c.zip(v, (a, b) -> 2 * a * b).toArray();
      double all = 6 * x.sumTo(1, 1).at(0, 0) * v.sumTo(1, 1).at(0, 0);
      for (int i = 0; i < result.length; i++) {
        result[i] += all;
      }
      return result;
    }

    String text() {
      return "Matrix c = "
          + Matrices.java(c)
          + ";\nUnaryOperator<Variable> loss = x -> {\n  Variable s = x.sum();\n"
          + "  return x.times(x).times(x.graph().variable(c)).sum().plus(s.times(s).times(s));\n"
          + "};\nMatrix x = "
          + Matrices.java(x)
          + ";\nMatrix v = "
          + Matrices.java(v)
          + ";\n";
    }
  }

  /** A step size and a curvature. */
  private record Pace(double eta, double lambda) {}

  @Override
  public List<Property<?>> properties() {
    return List.of(
        Property.of("the Hessian times a vector", valleys())
            .program(v -> v.text() + "Curvature.hessianTimes(loss, x, v)")
            .labels(v -> Matrices.cells(1, v.x().columns()))
            .yours(v -> Curvature.hessianTimes(v::loss, v.x(), v.v()).toArray())
            .expected(Valley::times),
        Property.of("the sharpness", bowls())
            .program(v -> v.text() + "Curvature.sharpness(loss, x, v, 60)")
            .labels(v -> List.of("largest eigenvalue"))
            .yours(v -> new double[] {Curvature.sharpness(v::loss, v.x(), v.v(), 60)})
            .expected("right", 1e-6, v -> new double[] {2 * v.c().at(0, 0)}),
        Property.of(
                "where descent leaves the valley",
                List.of(
                    new Pace(1, 1),
                    new Pace(1, 3),
                    new Pace(0.1, 19),
                    new Pace(0.1, 21),
                    new Pace(0.1, -1)))
            .program(p -> "Curvature.unstable(" + p.eta() + ", " + p.lambda() + ")")
            .labels(p -> List.of("1 for true"))
            .yours(p -> new double[] {Curvature.unstable(p.eta(), p.lambda()) ? 1 : 0})
            .expected(p -> new double[] {Math.abs(1 - p.eta() * p.lambda()) > 1 ? 1 : 0}));
  }

  private static List<Valley> valleys() {
    SplittableRandom random = new SplittableRandom(11);
    List<Valley> valleys = new ArrayList<>();
    for (int n = 1; n <= 5; n++) {
      valleys.add(
          new Valley(
              Matrices.draw(1, n, random),
              Matrices.draw(1, n, random),
              Matrices.draw(1, n, random)));
    }
    return valleys;
  }

  /** At 0, where the cube has no curvature; the first direction is the steepest. */
  private static List<Valley> bowls() {
    return List.of(
        new Valley(Matrix.of(1, 1, 3), Matrix.of(1, 1, 0), Matrix.of(1, 1, 1)),
        new Valley(Matrix.of(1, 2, 5, 1), Matrix.of(1, 2, 0, 0), Matrix.of(1, 2, 1, 2)),
        new Valley(Matrix.of(1, 3, -4, 1, 2), Matrix.of(1, 3, 0, 0, 0), Matrix.of(1, 3, 1, 1, 3)));
  }

  @Override
  public String goal() {
    double lambda =
        Curvature.sharpness(
            x -> x.times(x).scale(50).sum(), Matrix.of(1, 1, 1), Matrix.of(1, 1, 1), 10);
    return String.format(
        Locale.ROOT, "50·x² has λ = %.0f: descent leaves it above η = %.3f.%n", lambda, 2 / lambda);
  }
}
