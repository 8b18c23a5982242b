package org.spikelet.app.learn.chapter11;

import course.Curvature;
import course.Graph;
import course.Graph.Variable;
import course.Matrix;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Matrices;
import org.spikelet.app.learn.check.Property;

/** Second derivatives, on valleys whose curvature is known, and on a layer by differences. */
public final class Checks11 implements Checks {

  private static final int ITERATIONS = 40;
  private static final String CONSTANT =
      "All zeros: the second derivative found nothing that depends on x. Take the gradient as a"
          + " variable, not its value(), and go on with the operations of variables.";

  /** Made by the checker. */
  public Checks11() {}

  @Override
  public List<Property<?>> properties() {
    return List.of(hessian(), layer(), sharpness(), Few.property(), unstable());
  }

  private static Property<Valley> hessian() {
    return Property.of("the Hessian times a vector", Valley.some())
        .program(valley -> valley.text() + "Curvature.hessianTimes(loss, x, v)")
        .labels(valley -> Matrices.cells(1, valley.x().columns()))
        .yours(valley -> Curvature.hessianTimes(valley::loss, valley.x(), valley.v()).toArray())
        .expected(valley -> valley.hessianTimes(valley.v()))
        .mistake("not-recorded", CONSTANT, valley -> new double[valley.x().columns()])
        .mistake(
            "gradient",
            "This is the gradient. Its product with v, summed, is to be differentiated once more.",
            Valley::gradient)
        .mistake(
            "gradient",
            "This is the gradient times v. Summed, it is the slope along v; the gradient of that"
                + " sum is wanted.",
            valley ->
                Matrix.of(1, valley.x().columns(), valley.gradient())
                    .zip(valley.v(), (a, b) -> a * b)
                    .toArray())
        .mistake(
            "v-left-out",
            "v is left out: this is H times ones. Multiply the gradient by v before you sum.",
            valley -> valley.hessianTimes(valley.ones()))
        .mistake(
            "v-too-late",
            "You multiply by v at the end. Multiply the gradient by v before you sum and take the"
                + " second gradient.",
            valley -> {
              double[] sums = valley.hessianTimes(valley.ones());
              return IntStream.range(0, sums.length)
                  .mapToDouble(i -> sums[i] * valley.v().at(0, i))
                  .toArray();
            })
        .mistake(
            "x-for-v",
            "This is H times x. The direction is v.",
            valley -> valley.hessianTimes(valley.x()));
  }

  /** The loss Σ tanh(x·A)², at x, and a direction v. */
  private record Squashed(Matrix a, Matrix x, Matrix v) {

    Variable loss(Variable at) {
      Variable y = at.matmul(at.graph().variable(a)).tanh();
      return y.times(y).sum();
    }

    private Matrix gradient(double h) {
      Variable at = new Graph().variable(x.zip(v, (p, q) -> p + h * q));
      return at.graph().gradients(loss(at), List.of(at)).get(0).value();
    }

    double[] differences() {
      double h = 1e-5;
      return gradient(h).zip(gradient(-h), (p, q) -> (p - q) / (2 * h)).toArray();
    }

    String text() {
      return "Matrix a = "
          + Matrices.java(a)
          + ";\nUnaryOperator<Variable> loss = x -> {\n"
          + "  Variable y = x.matmul(x.graph().variable(a)).tanh();\n"
          + "  return y.times(y).sum();\n"
          + "};\nMatrix x = "
          + Matrices.java(x)
          + ";\nMatrix v = "
          + Matrices.java(v)
          + ";\nCurvature.hessianTimes(loss, x, v)";
    }
  }

  private static Property<Squashed> layer() {
    SplittableRandom random = new SplittableRandom(112);
    return Property.of(
            "... of a loss behind a layer",
            IntStream.rangeClosed(1, 3)
                .mapToObj(
                    n ->
                        new Squashed(
                            Matrices.draw(n, n, random).map(each -> each / 2),
                            Matrices.draw(n / 2 + 1, n, random),
                            Matrices.draw(n / 2 + 1, n, random)))
                .toList())
        .program(Squashed::text)
        .labels(squashed -> Matrices.cells(squashed.x().rows(), squashed.x().columns()))
        .yours(
            squashed ->
                Curvature.hessianTimes(squashed::loss, squashed.x(), squashed.v()).toArray())
        .expected("by differences", 1e-6, Squashed::differences);
  }

  private static Property<Valley> sharpness() {
    return Property.of("the sharpness", Valley.bowls())
        .program(valley -> valley.text() + "Curvature.sharpness(loss, x, v, " + ITERATIONS + ")")
        .labels(valley -> List.of("largest eigenvalue"))
        .yours(valley -> one(Curvature.sharpness(valley::loss, valley.x(), valley.v(), ITERATIONS)))
        .expected("right", 1e-6, valley -> one(2 * valley.c().at(0, 0)))
        .mistake(
            "not-normalized",
            "v is never brought to length 1, so it grows with each product, and v·(H·v) with it.",
            valley -> one(valley.power(ITERATIONS, v -> 1, Valley::dot)))
        .mistake(
            "no-root",
            "You divide v by v·v. Its length is the root of that.",
            valley -> one(valley.power(ITERATIONS, v -> Valley.dot(v, v), Valley::dot)))
        .mistake(
            "length",
            "This is the length of H·v, which has no sign. The eigenvalue is v·(H·v); where the"
                + " loss curves downwards it is negative.",
            valley ->
                one(
                    valley.power(
                        ITERATIONS, Valley::length, (v, product) -> Valley.length(product))))
        .mistake(
            "square",
            "This is the square of the eigenvalue: (H·v)·(H·v). It is v·(H·v), with the v before"
                + " the product.",
            valley ->
                one(
                    valley.power(
                        ITERATIONS, Valley::length, (v, product) -> Valley.dot(product, product))))
        .mistake(
            "divided-twice",
            "v has the length 1 already, and you divide by the length of H·v once more: 1 or -1 is"
                + " left.",
            valley ->
                one(
                    valley.power(
                        ITERATIONS,
                        Valley::length,
                        (v, product) -> Valley.dot(v, product) / Valley.length(product))))
        .mistake(
            "no-iteration",
            "This is the curvature along the first v. Put H·v, brought to length 1, in v's place,"
                + " and again: v turns to where the curvature is largest.",
            valley -> one(valley.power(1, Valley::length, Valley::dot)));
  }

  /** A step size and a curvature. */
  private record Pace(double eta, double lambda) {}

  private static Property<Pace> unstable() {
    return Property.of(
            "where descent leaves the valley",
            List.of(
                new Pace(1, 1),
                new Pace(1, 3),
                new Pace(0.5, 3),
                new Pace(0.1, 19),
                new Pace(0.1, 21),
                new Pace(1, 2),
                new Pace(1, 0),
                new Pace(0.1, -1),
                new Pace(1, -3)))
        .program(pace -> "Curvature.unstable(" + pace.eta() + ", " + pace.lambda() + ")")
        .labels(pace -> List.of("1 for true"))
        .yours(pace -> truth(p -> Curvature.unstable(p.eta(), p.lambda()), pace))
        .expected(pace -> truth(p -> Math.abs(1 - p.eta() * p.lambda()) > 1, pace))
        .mistake(
            "threshold",
            "You compare η·λ with 1. There the step leads straight to the bottom; between 1 and 2"
                + " it leads to the other side, but nearer.",
            pace -> truth(p -> p.eta() * p.lambda() > 1, pace))
        .mistake(
            "turned-round",
            "It is the other way round: true where the distance grows.",
            pace -> truth(p -> Math.abs(1 - p.eta() * p.lambda()) <= 1, pace))
        .mistake(
            "turned-round",
            "It is the other way round: true where the distance grows.",
            pace -> truth(p -> Math.abs(1 - p.eta() * p.lambda()) < 1, pace))
        .mistake(
            "eta",
            "η is left out: it is η·λ that counts.",
            pace -> truth(p -> p.lambda() > 2, pace))
        .mistake(
            "negative",
            "A negative λ is a hilltop, and no valley: the factor 1 - η·λ is above 1, so the"
                + " distance grows with any step.",
            pace -> truth(p -> p.eta() * p.lambda() > 2, pace))
        .mistake(
            "negative",
            "|η·λ| is not what counts, but |1 - η·λ|: a hilltop, λ below 0, is left with any step.",
            pace -> truth(p -> Math.abs(p.eta() * p.lambda()) > 2, pace))
        .mistake(
            "absolute",
            "At λ above 2 / η the factor 1 - η·λ is below -1: its size counts, so take Math.abs.",
            pace -> truth(p -> 1 - p.eta() * p.lambda() > 1, pace))
        .mistake(
            "equal",
            "At a factor of exactly 1 or -1 the distance stays as it is; it does not grow.",
            pace -> truth(p -> Math.abs(1 - p.eta() * p.lambda()) >= 1, pace))
        .mistake(
            "equal",
            "At η·λ of exactly 2 the distance stays as it is; it does not grow.",
            pace -> truth(p -> p.eta() * p.lambda() >= 2 || p.lambda() < 0, pace));
  }

  private static double[] truth(Predicate<Pace> says, Pace pace) {
    return one(says.test(pace) ? 1 : 0);
  }

  private static double[] one(double number) {
    return new double[] {number};
  }

  @Override
  public String goal() {
    return new Descent().picture();
  }
}
