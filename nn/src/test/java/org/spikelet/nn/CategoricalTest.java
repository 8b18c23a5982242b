package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

class CategoricalTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** A generator whose next number in [0, 1) is this one. */
  private static RandomGenerator saying(double u) {
    return () -> (long) (u * 0x1p53) << 11;
  }

  @Example
  void theClassIsWhereTheSumPassesU() {
    Tensor p = Tensor.vector(0, 1, 0, 2, 1, 0); // of 4 together
    double[] u = {0, 0.2499, 0.25, 0.7499, 0.75, Math.nextDown(1.0)};
    int[] expected = {1, 1, 3, 3, 4, 4};
    for (int i = 0; i < u.length; i++) {
      assertThat(Categorical.draw(p, saying(u[i]))).as("u = %s", u[i]).containsExactly(expected[i]);
    }
  }

  /** Only the ratio of the probabilities counts, from the least to the greatest double. */
  @Example
  void noProbabilityIsTooSmallOrTooLarge() {
    double least = Double.MIN_VALUE;
    assertPassesAt(new double[] {least, least, least}, 1 / 3., 2 / 3.);
    assertPassesAt(new double[] {least, 2 * least}, 1 / 3.);
    assertPassesAt(new double[] {Double.MIN_NORMAL, 3 * Double.MIN_NORMAL}, 0.25);
    assertPassesAt(new double[] {1e308, 1e308}, 0.5);
    assertPassesAt(new double[] {Double.MAX_VALUE, Double.MAX_VALUE / 2, 1e-300}, 2 / 3.);
  }

  /** Class k ends where u reaches the k-th limit. */
  private static void assertPassesAt(double[] p, double... limits) {
    for (int k = 0; k < limits.length; k++) {
      assertThat(Categorical.draw(Tensor.vector(p), saying(limits[k] - 1e-9))).containsExactly(k);
      assertThat(Categorical.draw(Tensor.vector(p), saying(limits[k] + 1e-9)))
          .containsExactly(k + 1);
    }
  }

  /** The chi-square statistic of 4 degrees of freedom is above 23.5 once in 10,000 seeds. */
  @Example
  void classesComeAsOftenAsTheirProbabilitiesSay() {
    double[] p = {0.5, 0.25, 0.15, 0.08, 0.02};
    int rows = 50_000;
    Tensor logits = Tensor.vector(p).log().add(700).broadcastTo(Shape.of(rows, 5));
    for (int[] drawn :
        new int[][] {
          Categorical.drawLogits(logits, new SplittableRandom(1)),
          Categorical.draw(Tensor.vector(p).broadcastTo(logits.shape()), new SplittableRandom(2))
        }) {
      double[] count = new double[p.length];
      for (int k : drawn) {
        count[k]++;
      }
      double chiSquare = 0;
      for (int k = 0; k < p.length; k++) {
        chiSquare += Math.pow(count[k] - rows * p[k], 2) / (rows * p[k]);
      }
      assertThat(chiSquare).isBetween(0.05, 23.5);
    }
  }

  @Property
  void whatHasNoProbabilityIsNeverDrawn(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] p = random.doubles(7).map(u -> u < 0.5 ? 0 : u * u * u).toArray();
    p[random.nextInt(7)] = 1e-300;
    int drawn = Categorical.draw(Tensor.vector(p), random)[0];
    assertThat(p[drawn]).isPositive();
    double[] logits = {-INFINITY, 3, -INFINITY};
    assertThat(Categorical.drawLogits(Tensor.vector(logits), random)).containsExactly(1);
  }

  @Example
  void eachRowIsDrawnForItselfAndCostsOneNumber() {
    Tensor p = Tensor.of(Shape.of(2, 2, 2), 1, 1, 1, 3, 0, 1, 5, 1);
    SplittableRandom together = new SplittableRandom(4);
    SplittableRandom alone = new SplittableRandom(4);
    int[] drawn = Categorical.draw(p, together);
    for (int row = 0; row < 4; row++) {
      assertThat(Categorical.draw(p.reshape(4, 2).gatherRows(row), alone))
          .containsExactly(drawn[row]);
    }
    assertThat(together.nextLong()).isEqualTo(alone.nextLong());
  }

  @Example
  void rowsWithoutProbabilitiesAreRefused() {
    for (double[] row : new double[][] {{0, 0}, {1, -0.1}, {1, Double.NaN}, {INFINITY, 1}}) {
      assertRefused(() -> Categorical.draw(Tensor.matrix(new double[] {1, 0}, row), saying(0.5)));
    }
    for (double[] row : new double[][] {{-INFINITY, -INFINITY}, {1, Double.NaN}, {INFINITY, 1}}) {
      assertRefused(
          () -> Categorical.drawLogits(Tensor.matrix(new double[] {1, 0}, row), saying(0.5)));
    }
  }

  private static void assertRefused(Runnable drawing) {
    assertThatIllegalArgumentException()
        .isThrownBy(drawing::run)
        .withMessage(
            "Categorical: row 1 has no probabilities; they must be finite, not negative and not all"
                + " 0");
  }

  @Example
  void withoutClassesThereIsNothingToDraw() {
    for (Tensor none : new Tensor[] {Tensor.scalar(1), Tensor.zeros(Shape.of(3, 0))}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Categorical.draw(none, saying(0)))
          .withMessage(
              "Categorical: needs …×classes, with at least one class, got " + none.shape());
    }
  }
}
