package org.spikelet.spikes.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Adam;
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

  @Test
  void gradientsAndWeightsAreChangedInOrder() {
    Change threeTimes =
        new Change() {
          @Override
          public void start(List<Parameter> trained) {
            trained.get(0).update(x -> x[0] *= 3);
          }

          @Override
          public Gradients gradients(long step, Gradients gradients) {
            return gradients.plus(gradients).plus(gradients);
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
    try (Tape tape = Tape.record()) {
      Gradients gradients = tape.gradients(w.mul(Tensor.vector(3, 4)).sum());
      assertThat(threeTimes.and(Changes.clipped(1)).gradients(0, gradients).norm()).isLessThan(1);
    }
    try (Tape tape = Tape.record()) {
      Gradients gradients = tape.gradients(w.mul(Tensor.vector(3, 4)).sum());
      assertThat(Changes.clipped(1).and(threeTimes).gradients(0, gradients).norm())
          .isBetween(2.9, 3.0);
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
