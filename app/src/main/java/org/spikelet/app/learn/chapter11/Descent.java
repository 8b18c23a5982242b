package org.spikelet.app.learn.chapter11;

import course.Curvature;
import course.Graph;
import course.Graph.Variable;
import course.Matrix;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.spikelet.app.learn.check.Matrices;
import org.spikelet.app.learn.check.Plot;

/** Descent in a valley whose curvature is measured, with a step just below 2 / λ and just above. */
final class Descent {
  private static final int STEPS = 60;

  private final Matrix a; // 4 × 4; the loss is Σ (x·A)²
  private final Matrix start; // 1 × 4

  Descent() {
    SplittableRandom random = new SplittableRandom(113);
    a = Matrices.draw(4, 4, random);
    start = Matrices.draw(1, 4, random);
  }

  private Variable loss(Variable x) {
    Variable y = x.matmul(x.graph().variable(a));
    return y.times(y).sum();
  }

  private void walk(Plot plot, char letter, double eta) {
    Matrix x = start;
    for (int t = 0; t <= STEPS; t++) {
      Variable at = new Graph().variable(x);
      Variable loss = loss(at);
      plot.point(letter, t, Math.log10(loss.value().at(0, 0)));
      Matrix gradient = at.graph().gradients(loss, List.of(at)).get(0).value();
      x = x.zip(gradient, (w, g) -> w - eta * g);
    }
  }

  String picture() {
    double lambda = Curvature.sharpness(this::loss, start, start, 200);
    Plot plot = new Plot(0, STEPS, -3, 6);
    StringBuilder legend = new StringBuilder();
    for (double product : new double[] {1.9, 2.1}) {
      char letter = product < 2 ? 'o' : 'x';
      walk(plot, letter, product / lambda);
      legend.append(
          String.format(
              Locale.ROOT,
              "  %c  η = %.5f, η·λ = %.1f: unstable, says your code: %s%n",
              letter,
              product / lambda,
              product,
              Curvature.unstable(product / lambda, lambda) ? "yes" : "no"));
    }
    return String.format(
        Locale.ROOT,
        "A valley in four directions. By your code λ = %.4f, so the limit is%n"
            + "η = 2 / λ = %.5f. The logarithm of the loss, step by step:%n%n%s%n%s",
        lambda,
        2 / lambda,
        plot,
        legend);
  }
}
