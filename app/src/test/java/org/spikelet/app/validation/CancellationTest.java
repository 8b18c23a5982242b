package org.spikelet.app.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.spikelet.optim.Precision;

/** What is left of the gradient where the loss is as small as rounding. */
class CancellationTest {

  private static final int STEPS = 19_000;

  @Test
  void inSinglePrecisionTheOwnClassIsNoLongerPulledUp() {
    List<Cancellation.State> states =
        Cancellation.run(1, Optional.of(Precision.FLOAT32), STEPS, STEPS);

    assertThat(states.get(0).gone()).isZero();
    assertThat(states.get(0).unbalanced()).isLessThan(1e-6);
    assertThat(states.get(1).loss()).isLessThan(1e-8);
    assertThat(states.get(1).gone()).isGreaterThan(0.9);
    assertThat(states.get(1).unbalanced()).isGreaterThan(0.9);
  }

  @Test
  void inDoublePrecisionItIs() {
    List<Cancellation.State> states = Cancellation.run(1, Optional.empty(), STEPS, STEPS);

    assertThat(states.get(1).loss()).isLessThan(1e-8);
    assertThat(states.get(1).gone()).isLessThan(0.2);
    assertThat(states.get(1).unbalanced()).isLessThan(1e-3);
  }
}
