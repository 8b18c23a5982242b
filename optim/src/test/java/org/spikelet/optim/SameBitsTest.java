package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Parameter;

/**
 * Powers and cosines are {@link StrictMath}'s, whose bits are the same on every machine and JDK;
 * those of {@link Math} may differ by an ulp, and did for one in ten of the powers here.
 */
class SameBitsTest {

  @Test
  void schedules() {
    int steps = 10_000;
    Schedule cosine = Schedule.cosine(1, 0, steps);
    Schedule exponential = Schedule.exponential(1, 0.999);
    for (int t = 0; t <= steps; t++) {
      assertThat(cosine.at(t)).isEqualTo((1 + StrictMath.cos(Math.PI * (t / (double) steps))) / 2);
      assertThat(exponential.at(t)).isEqualTo(StrictMath.pow(0.999, t));
    }
  }

  /** The gradient is 1 all the time, so that only the bias corrections could differ. */
  @Test
  void adam() {
    Parameter parameter = Steps.parameter(0);
    Adam adam = new Adam(List.of(parameter), 0.1);
    double w = 0;
    double m = 0;
    double v = 0;
    for (int t = 1; t <= 2000; t++) {
      Steps.step(adam, parameter, 1);
      m = 0.9 * m + (1 - 0.9);
      v = 0.999 * v + (1 - 0.999);
      double root = Math.sqrt(1 - StrictMath.pow(0.999, t));
      double rate = 0.1 * root / (1 - StrictMath.pow(0.9, t));
      w -= rate * m / (Math.sqrt(v) + 1e-8 * root);
      assertThat(parameter.get(0)).isEqualTo(w);
    }
  }
}
