package org.spikelet.app.learn.chapter01;

import course.Slope;
import java.util.List;
import org.spikelet.app.learn.check.Property;

/** x³, whose central differences are 3·x² + h²: they show the step, and whose digits are kept. */
record Cube(double x, double h) {

  private static List<Cube> some() {
    return List.of(new Cube(0, 1), new Cube(1, 0.5), new Cube(-2, 0.25), new Cube(0.7, 0.1));
  }

  private double differences() {
    return 3 * x * x + h * h;
  }

  static Property<Cube> property() {
    return Property.of("the differences of a cube, which depend on the step", Cube.some())
        .program(
            c ->
                "DoubleUnaryOperator f = x -> x * x * x;\nSlope.at(f, "
                    + c.x()
                    + ", "
                    + c.h()
                    + ")")
        .labels(c -> List.of("over x - h to x + h"))
        .yours(c -> one(Slope.at(x -> x * x * x, c.x(), c.h())))
        .expected(c -> one(c.differences()))
        .mistake(
            "own-step",
            "This is the slope itself, measured in another way than from x - h to x + h. For a cube"
                + " the differences with the step h are h² too large, and that shows here.",
            c -> one(3 * c.x() * c.x()));
  }

  static Property<Cube> ofSeveral() {
    return Property.of("... also in one of several inputs", Cube.some())
        .program(
            c ->
                "ToDoubleFunction<double[]> f = x -> x[0] + x[1] * x[1] * x[1];\n"
                    + "double[] x = {5, "
                    + c.x()
                    + "};\nSlope.partial(f, x, 1, "
                    + c.h()
                    + ")")
        .labels(c -> List.of("over x[1] - h to x[1] + h"))
        .yours(
            c ->
                one(
                    Slope.partial(
                        x -> x[0] + x[1] * x[1] * x[1], new double[] {5, c.x()}, 1, c.h())))
        .expected(c -> one(c.differences()));
  }

  private static double[] one(double number) {
    return new double[] {number};
  }
}
