package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import org.spikelet.autodiff.Parameter;

/** Each optimizer does what its paper says: the closed form over all gradients so far. */
class OptimizerRuleProperties {

  @Provide
  Arbitrary<OptimizerTable.Row> optimizers() {
    return Arbitraries.of(OptimizerTable.rows().toList());
  }

  @Property
  void followsTheClosedForm(
      @ForAll("optimizers") OptimizerTable.Row row,
      @ForAll @Scale(18) @DoubleRange(min = -2, max = 2) double first,
      @ForAll @Scale(18) @DoubleRange(min = 0, max = 0.1) double learningRate,
      @ForAll @Size(20) List<@Scale(18) @DoubleRange(min = -3, max = 3) Double> gradients) {
    checkClosedForm(row, first, learningRate, gradients);
  }

  static void checkClosedForm(
      OptimizerTable.Row row, double first, double learningRate, List<Double> gradients) {
    Parameter parameter = Steps.parameter(first);
    Optimizer optimizer = row.make(learningRate, parameter);
    double w = first;
    List<Double> history = new ArrayList<>();
    for (double gradient : gradients) {
      history.add(gradient + row.decay() * w);
      w -= learningRate * row.decoupledDecay() * w + row.rule().fall(history, learningRate);
      Steps.step(optimizer, parameter, gradient);
      assertThat(parameter.get(0)).isCloseTo(w, offset(1e-12));
    }
  }
}
