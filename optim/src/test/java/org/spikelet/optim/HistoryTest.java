package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Gradients;

/** A history keeps every loss, in order. */
class HistoryTest {

  /** A step as listeners see it, with a batch of one row and no gradients. */
  static TrainingStep step(long number, double loss) {
    Batch batch = new DataLoader(DataLoaderProperties.numbered(1), 1).batch(number);
    return new TrainingStep(number, batch, loss, 0.1, Gradients.none(), Gradients.none());
  }

  @Test
  void itGrowsWithTheRun() {
    History history = new History();
    assertThat(history.losses()).isEmpty();
    int steps = 5000;
    for (int t = 0; t < steps; t++) {
      history.afterStep(step(t, 1.0 / (t + 1)));
    }
    double[] expected = IntStream.range(0, steps).mapToDouble(t -> 1.0 / (t + 1)).toArray();
    assertThat(history.losses()).containsExactly(expected);
  }

  @Test
  void lossesThatAreNotFiniteAreKept() {
    History history = new History();
    history.afterStep(step(0, Double.NaN));
    history.afterStep(step(1, Double.POSITIVE_INFINITY));
    assertThat(history.losses()).containsExactly(Double.NaN, Double.POSITIVE_INFINITY);
  }

  @Test
  void theLossesAreACopy() {
    History history = new History();
    history.afterStep(step(0, 1));
    history.losses()[0] = 99;
    assertThat(history.losses()).containsExactly(1);
  }
}
