package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;

/** Early stopping counts measurements without a new minimum. */
class EarlyStoppingTest {

  private static final double NAN = Double.NaN;

  /** Returns after how many measurements the training stops, or -1. */
  private static int stopsAfter(int patience, double... measures) {
    AtomicInteger next = new AtomicInteger();
    EarlyStopping stopping = new EarlyStopping(() -> measures[next.getAndIncrement()], 1, patience);
    for (int t = 0; t < measures.length; t++) {
      TrainingStep step = HistoryTest.step(t, 0);
      stopping.afterStep(step);
      if (step.isLast()) {
        return t + 1;
      }
    }
    return -1;
  }

  @Test
  void stopsAfterSoManyMeasurementsInARowWithoutANewMinimum() {
    assertThat(stopsAfter(1, 3, 2, 1, 2)).isEqualTo(4);
    assertThat(stopsAfter(3, 3, 4, 5, 2, 3, 4, 5)).isEqualTo(7);
    assertThat(stopsAfter(3, 3, 4, 5, 2, 3, 4, 1)).isEqualTo(-1);
  }

  @Test
  void anEqualValueIsNoNewMinimum() {
    assertThat(stopsAfter(2, 1, 1, 1)).isEqualTo(3);
  }

  @Test
  void fallingBelowTheValueBeforeIsNotEnough() {
    assertThat(stopsAfter(3, 1, 5, 4, 3)).isEqualTo(4);
  }

  @Test
  void notANumberIsNoNewMinimum() {
    assertThat(stopsAfter(2, NAN, NAN)).isEqualTo(2);
    assertThat(stopsAfter(2, 5, NAN, 4, NAN, 3)).isEqualTo(-1);
    assertThat(stopsAfter(2, Double.POSITIVE_INFINITY, NAN)).isEqualTo(2);
  }

  @Test
  void bestIsTheSmallestSoFar() {
    double[] measures = {3, NAN, 1, 2};
    AtomicInteger next = new AtomicInteger();
    EarlyStopping stopping = new EarlyStopping(() -> measures[next.getAndIncrement()], 1, 9);
    double[] best = {3, 3, 1, 1};
    assertThat(stopping.best()).isEqualTo(Double.POSITIVE_INFINITY);
    for (int t = 0; t < measures.length; t++) {
      stopping.afterStep(HistoryTest.step(t, 0));
      assertThat(stopping.best()).isEqualTo(best[t]);
    }
  }

  /** With every = 3 after steps 2, 5, 8, …: the third, the sixth, the ninth. */
  @Test
  void measuresOnlyEverySoManySteps() {
    AtomicInteger measured = new AtomicInteger();
    EarlyStopping stopping = new EarlyStopping(measured::incrementAndGet, 3, 2);
    int[] expected = {0, 0, 1, 1, 1, 2, 2, 2, 3};
    for (int t = 0; t < expected.length; t++) {
      TrainingStep step = HistoryTest.step(t, 0);
      stopping.afterStep(step);
      assertThat(measured.get()).isEqualTo(expected[t]);
      assertThat(step.isLast()).isEqualTo(t == 8);
    }
  }

  @Test
  void aFallThatIsTooSmallIsNoNewMinimum() {
    double[] measures = {3, 2.95, 2.89, 2.85, 2.7};
    AtomicInteger next = new AtomicInteger();
    EarlyStopping stopping =
        new EarlyStopping(() -> measures[next.getAndIncrement()], 1, 9, 0.1, List.of());
    double[] best = {3, 3, 2.89, 2.89, 2.7};
    long[] steps = {0, 0, 2, 2, 4};
    for (int t = 0; t < measures.length; t++) {
      stopping.afterStep(HistoryTest.step(t, 0));
      assertThat(stopping.best()).isEqualTo(best[t]);
      assertThat(stopping.bestStep()).isEqualTo(steps[t]);
    }
  }

  @Test
  void theBestWeightsComeBack() {
    Parameter w = Parameter.of("w", Tensor.vector(0, 0));
    Parameter mean = Parameter.frozen("mean", Tensor.vector(0));
    double[] measures = {3, 1, 2};
    AtomicInteger next = new AtomicInteger();
    EarlyStopping stopping =
        new EarlyStopping(() -> measures[next.getAndIncrement()], 1, 9, 0, List.of(w, mean));
    assertThatThrownBy(stopping::restoreBest)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nothing was measured");
    for (int t = 0; t < measures.length; t++) {
      w.assign(Tensor.vector(t, -t));
      mean.assign(Tensor.vector(10 * t));
      stopping.afterStep(HistoryTest.step(t, 0));
    }

    stopping.restoreBest();

    assertThat(w.toArray()).containsExactly(1, -1);
    assertThat(mean.toArray()).containsExactly(10);
  }

  @Test
  void withoutWeightsThereIsNothingToRestore() {
    EarlyStopping stopping = new EarlyStopping(() -> 1, 1, 1);
    stopping.afterStep(HistoryTest.step(0, 0));
    assertThatThrownBy(stopping::restoreBest)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("net.state().values()");
  }

  @Test
  void theNumbersMustBePositive() {
    assertThatThrownBy(() -> new EarlyStopping(() -> 0, 1, 1, -0.5, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("leastImprovement: must be finite and not negative, got -0.5");
    assertThatThrownBy(() -> new EarlyStopping(() -> 0, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("every: must be at least 1, got 0");
    assertThatThrownBy(() -> new EarlyStopping(() -> 0, 1, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("patience: must be at least 1, got -1");
  }
}
