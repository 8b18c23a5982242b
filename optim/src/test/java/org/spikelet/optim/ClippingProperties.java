package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;

/** Clipping shortens gradients, and does not turn them. */
class ClippingProperties {

  private final Parameter w = Steps.parameter(0, 0, 0);

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double norm(double[] g) {
    return Math.hypot(Math.hypot(g[0], g[1]), g[2]);
  }

  @Property
  void theNormIsLimitedAndTheDirectionKept(
      @ForAll @Size(3) List<@Scale(18) @DoubleRange(min = -1e3, max = 1e3) Double> values,
      @ForAll @Scale(18) @DoubleRange(min = 1e-3, max = 1e3) double limit) {
    double[] before = array(values);
    Gradients gradients = Steps.gradients(w, before);

    double norm = gradients.norm();

    double[] after = Clipping.globalNorm(limit).apply(gradients).of(w).toArray();
    assertThat(gradients.of(w).toArray()).as("the old ones").containsExactly(before);
    assertThat(norm).isCloseTo(norm(before), offset(1e-12 * norm(before)));
    assertThat(norm(after)).isLessThanOrEqualTo(limit * (1 + 1e-14));
    double factor = Math.min(1, limit / (norm(before) + 1e-6));
    for (int i = 0; i < 3; i++) {
      assertThat(after[i]).isCloseTo(factor * before[i], offset(1e-12 * Math.abs(before[i])));
    }
    if (norm(before) < limit - 2e-6) {
      assertThat(after).containsExactly(before);
    }
  }

  @Property
  void everyElementIsLimitedByItself(
      @ForAll @Size(3) List<@Scale(18) @DoubleRange(min = -10, max = 10) Double> values,
      @ForAll @Scale(18) @DoubleRange(min = 1e-3, max = 10) double limit) {
    double[] before = array(values);
    Gradients gradients = Steps.gradients(w, before);
    double[] after = Clipping.value(limit).apply(gradients).of(w).toArray();
    assertThat(gradients.of(w).toArray()).as("the old ones").containsExactly(before);
    for (int i = 0; i < 3; i++) {
      double expected = before[i] > limit ? limit : before[i] < -limit ? -limit : before[i];
      assertThat(after[i]).isEqualTo(expected);
    }
  }
}
