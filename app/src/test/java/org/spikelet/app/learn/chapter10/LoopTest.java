package org.spikelet.app.learn.chapter10;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.spikelet.app.learn.chapter10.Loop.Slip;

/** The loop beside which a learner's is laid does train. */
class LoopTest {

  private static final int STEPS = 30;

  @Test
  void theLossFalls() {
    double[] losses = Loop.run(STEPS, Slip.NONE);

    assertThat(mean(losses, STEPS - 10)).isLessThan(mean(losses, 0) / 2);
  }

  @Test
  void withoutPuttingWeightsBackItDoesNot() {
    double[] losses = Loop.run(STEPS, Slip.NOT_PUT_BACK);

    assertThat(mean(losses, STEPS - 10)).isGreaterThan(mean(losses, 0) / 2);
  }

  private static double mean(double[] losses, int from) {
    return Arrays.stream(losses, from, from + 10).average().orElseThrow();
  }
}
