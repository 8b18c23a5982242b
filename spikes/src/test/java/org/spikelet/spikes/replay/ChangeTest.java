package org.spikelet.spikes.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Adam;
import org.spikelet.optim.GradientTransformation;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.RmsProp;
import org.spikelet.optim.Sgd;

/** Two changes are made in their order; only one may replace the optimizer. */
class ChangeTest {

  private final Parameter w = Parameter.of("w", Tensor.vector(1, 2));
  private final Optimizer adam = new Adam(List.of(w));

  private static double rate(Change change) {
    return change.learningRate(0, 0.8, Gradients.none());
  }

  @Test
  void theOtherRateIsMadeOfTheFirst() {
    Change half = Changes.rateTimes(0.5);
    Change limited = Changes.rateAtMost(0.5);
    assertThat(rate(half.and(limited))).isEqualTo(0.4);
    assertThat(rate(limited.and(half))).isEqualTo(0.25);
    assertThat(rate(Change.NONE.and(half))).isEqualTo(0.4);
  }

  @Test
  void theOtherHasTheLastWordOnRows() {
    int[] recorded = {1, 2, 3, 4};
    Change without = Changes.without(Set.of(2, 7));
    Change at = Changes.rowsAt(5, new int[] {6, 7, 8});
    assertThat(without.and(at).rows(5, recorded)).containsExactly(6, 7, 8);
    assertThat(at.and(without).rows(5, recorded)).containsExactly(6, 8);
    assertThat(at.and(without).rows(4, recorded)).containsExactly(1, 3, 4);
  }

  /** Neither the arrays given nor those returned are the change's own. */
  @Test
  void aChangeKeepsWhatItWasGiven() {
    int[] rows = {6, 7};
    Set<Integer> removed = new HashSet<>(Set.of(2));
    double[] lengths = {1, 2};
    List<int[]> batches = new ArrayList<>(List.of(new int[] {1, 2}, new int[] {3}));
    Change at = Changes.rowsAt(0, rows);
    Change without = Changes.without(removed);
    Change equal = Changes.equalSteps(0, lengths);
    Change reordered = Changes.reordered(0, batches, 1);
    rows[0] = 9;
    at.rows(0, new int[] {1})[1] = 9;
    removed.clear();
    lengths[0] = 9;
    batches.clear();
    assertThat(at.rows(0, new int[] {1})).containsExactly(6, 7);
    assertThat(without.rows(0, new int[] {1, 2, 3})).containsExactly(1, 3);
    assertThat(equal.learningRate(0, 0.1, gradientOfNormFive())).isEqualTo(0.2);
    assertThat(reordered.rows(0, new int[] {1, 2})).hasSize(2);
  }

  private Gradients gradientOfNormFive() {
    try (Tape tape = Tape.record()) {
      return tape.gradients(w.mul(Tensor.vector(3, 4)).sum()).copy();
    }
  }

  @Test
  void gradientsAndWeightsAreChangedInOrder() {
    Change threeTimes =
        new Change() {
          @Override
          public void start(List<Parameter> trained) {
            trained.get(0).update(x -> x[0] *= 3);
          }

          @Override
          public GradientTransformation transformation(GradientTransformation recorded) {
            return recorded.then(gradients -> gradients.scale(3));
          }
        };
    Change oneMore =
        new Change() {
          @Override
          public void start(List<Parameter> trained) {
            trained.get(0).update(x -> x[0] += 1);
          }
        };
    threeTimes.and(oneMore).start(List.of(w));
    assertThat(w.get(0)).isEqualTo(4);
    oneMore.and(threeTimes).start(List.of(w));
    assertThat(w.get(0)).isEqualTo(15);
    Change clipped = Changes.clipped(1);
    assertThat(norm(threeTimes.and(clipped))).isBetween(0.9, 1.0);
    assertThat(norm(clipped.and(threeTimes))).isBetween(2.9, 3.0);
    // In place of all that was before.
    Change none = Changes.transformation(recorded -> GradientTransformation.none());
    assertThat(norm(threeTimes.and(none))).isEqualTo(5);
    assertThat(norm(none.and(threeTimes))).isEqualTo(15);
  }

  private double norm(Change change) {
    try (Tape tape = Tape.record()) {
      Gradients gradients = tape.gradients(w.mul(Tensor.vector(3, 4)).sum());
      return change.transformation(GradientTransformation.none()).apply(gradients).norm();
    }
  }

  /** The first change's loss is what the other changes. */
  @Test
  void lossesAreChangedInOrder() {
    Change double2 = Changes.lossTimes(2, 2);
    Change fixed =
        new Change() {
          @Override
          public BinaryOperator<Tensor> loss(BinaryOperator<Tensor> loss) {
            return (p, t) -> Tensor.scalar(10);
          }
        };
    assertThat(loss(double2, 2)).isEqualTo(6);
    assertThat(loss(double2, 3)).as("batches of two alone").isEqualTo(3);
    assertThat(loss(fixed.and(double2), 2)).isEqualTo(20);
    assertThat(loss(double2.and(fixed), 2)).isEqualTo(10);
    assertThat(loss(Change.NONE, 2)).isEqualTo(3);
  }

  private static double loss(Change change, int rows) {
    Tensor targets = Tensor.zeros(Shape.of(rows, 1));
    return change.loss((p, t) -> Tensor.scalar(3)).apply(targets, targets).item();
  }

  @Test
  void gradientsThatAreNotFiniteAreNotClipped() {
    try (Tape tape = Tape.record()) {
      Gradients gradients = tape.gradients(w.mul(Double.POSITIVE_INFINITY).sum());
      assertThat(Changes.clipped(1).transformation(GradientTransformation.none()).apply(gradients))
          .isSameAs(gradients);
    }
  }

  @Test
  void theOptimizerIsThatOfTheOneThatReplacesIt() {
    Optimizer sgd = new Sgd(List.of(w), 0.1);
    Change other = Changes.optimizer(recorded -> sgd);
    assertThat(other.and(Changes.rateTimes(2)).optimizer(adam)).isSameAs(sgd);
    assertThat(Changes.rateTimes(2).and(other).optimizer(adam)).isSameAs(sgd);
    assertThat(Change.NONE.and(Change.NONE).optimizer(adam)).isSameAs(adam);
  }

  @Test
  void twoThatReplaceTheOptimizerClash() {
    Change sgd = Changes.optimizer(recorded -> new Sgd(recorded.parameters(), 0.1));
    Change rms = Changes.optimizer(recorded -> new RmsProp(recorded.parameters(), 0.1));
    assertThatThrownBy(() -> sgd.and(rms).optimizer(adam))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "change: both replace the optimizer, one with Sgd and one with RmsProp; make one change"
                + " of them");
  }

  @Test
  void theOptimizerRemembersIfEitherSaysSo() {
    assertThat(Changes.remembers().and(Change.NONE).forgets()).isFalse();
    assertThat(Change.NONE.and(Changes.remembers()).forgets()).isFalse();
    assertThat(Change.NONE.and(Change.NONE).forgets()).isTrue();
  }
}
