package org.spikelet.app.learn.chapter07;

import course.Differences;
import course.Graph.Variable;
import course.Matrix;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Property;

/** The pieces of a check by differences. */
public final class Checks7 implements Checks {

  /** Made by the checker. */
  public Checks7() {}

  private static final Matrix ONE = Matrix.of(1, 1, 1);

  /** A cube at x, along a direction d, with an upstream weight w and a step h. */
  private record Cube(double x, double d, double w, double h) {

    static Variable of(Variable x) {
      return x.times(x).times(x);
    }

    String text(String method) {
      String numbers =
          String.format(
              Locale.ROOT,
              "(x -> x.times(x).times(x), Matrix.of(1, 1, %s), Matrix.of(1, 1, %s), Matrix.of(1, 1, %s)",
              x,
              d,
              w);
      return "Differences." + method + numbers + (method.equals("numeric") ? ", " + h + ")" : ")");
    }

    Matrix matrix(double number) {
      return Matrix.of(1, 1, number);
    }
  }

  /** Two numbers to be compared. */
  private record Two(double a, double b) {}

  private static final List<Cube> CUBES =
      List.of(
          new Cube(1, 1, 1, 0.5),
          new Cube(2, 1, 1, 0.5),
          new Cube(2, 3, 1, 0.25),
          new Cube(2, 3, 5, 0.25),
          new Cube(-3, -2, 0.5, 0.125));

  @Override
  public List<Property<?>> properties() {
    UnaryOperator<Variable> f = Cube::of;
    return List.of(
        Property.of("the step", List.of(0.0, 1.0, 1000.0, -1e6))
            .program(x -> "Differences.step(" + x + ")")
            .yours(x -> new double[] {1e6 * Differences.step(x)})
            .labels(x -> List.of("a million steps"))
            .expected(x -> new double[] {6.055454452393343 * Math.max(1, Math.abs(x))}),
        Property.of("the slope by differences", CUBES)
            .program(c -> c.text("numeric"))
            .yours(
                c ->
                    new double[] {
                      Differences.numeric(
                          f, c.matrix(c.x()), c.matrix(c.d()), c.matrix(c.w()), c.h())
                    })
            .expected(
                c ->
                    new double[] {
                      c.w() * (3 * c.x() * c.x() * c.d() + Math.pow(c.d(), 3) * c.h() * c.h())
                    }),
        Property.of("the slope by the rules", CUBES)
            .program(c -> c.text("analytic"))
            .yours(
                c ->
                    new double[] {
                      Differences.analytic(f, c.matrix(c.x()), c.matrix(c.d()), c.matrix(c.w()))
                    })
            .expected(c -> new double[] {c.w() * 3 * c.x() * c.x() * c.d()}),
        Property.of(
                "what agrees",
                List.of(
                    new Two(1, 1),
                    new Two(1, 2),
                    new Two(0, 1e-9),
                    new Two(1e9, 1e9 + 1),
                    new Two(1e-9, 1e-3),
                    new Two(Double.NaN, Double.NaN)))
            .program(t -> "Differences.agree(" + t.a() + ", " + t.b() + ")")
            .labels(t -> List.of("1 for true"))
            .yours(t -> new double[] {Differences.agree(t.a(), t.b()) ? 1 : 0})
            .expected(
                t ->
                    new double[] {
                      Math.abs(t.a() - t.b())
                              <= 1e-6 * Math.max(1, Math.max(Math.abs(t.a()), Math.abs(t.b())))
                          ? 1
                          : 0
                    }));
  }

  @Override
  public String goal() {
    StringBuilder table = new StringBuilder("The error of the slope of x³ at 1, by the step:\n\n");
    for (int k = 1; k <= 12; k++) {
      double error = Math.abs(Differences.numeric(Cube::of, ONE, ONE, ONE, Math.pow(10, -k)) - 3);
      table.append(String.format(Locale.ROOT, "  1e-%02d  %.1e%n", k, error));
    }
    return table.toString();
  }
}
