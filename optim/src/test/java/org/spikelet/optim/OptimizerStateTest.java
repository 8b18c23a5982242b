package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.OptimizerTable.Row;

/** A saved state is all of it, whatever the optimizer: what comes after has the same bits. */
class OptimizerStateTest {

  private final Parameter w = Steps.parameter(1, -2);

  static Stream<Row> optimizers() {
    return OptimizerTable.rows();
  }

  private double[] run(Optimizer optimizer) {
    for (int t = 0; t < 20; t++) {
      Steps.step(optimizer, w, Math.sin(t), 3 * Math.cos(2 * t));
    }
    return w.toArray();
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void whatFollowsARestoredStateHasTheSameBits(Row row) {
    Optimizer optimizer = row.make(0.1, w);
    run(optimizer);
    Tensor weights = w.copy();
    OptimizerState state = optimizer.save();
    double[] expected = run(optimizer);
    OptimizerState after = optimizer.save();

    w.assign(weights);
    optimizer.restore(state);

    assertThat(optimizer.steps()).isEqualTo(20);
    assertThat(run(optimizer)).isEqualTo(expected);
    assertThat(optimizer.save()).isEqualTo(after).isNotEqualTo(state);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aBlankStateIsThatOfANewOptimizer(Row row) {
    Tensor weights = w.copy();
    double[] expected = run(row.make(0.1, w));
    Optimizer optimizer = row.make(0.1, w);
    run(optimizer);
    w.assign(weights);
    optimizer.restore(optimizer.blank());
    assertThat(optimizer.steps()).isZero();
    assertThat(run(optimizer)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void savingAgainOverwrites(Row row) {
    Optimizer optimizer = row.make(0.1, w);
    OptimizerState state = optimizer.save();
    OptimizerState copy = state.copy();
    run(optimizer);
    optimizer.save(state);
    assertThat(state).isEqualTo(optimizer.save()).hasSameHashCodeAs(optimizer.save());
    assertThat(copy).isNotEqualTo(state);
    assertThat(copy.steps()).isZero();
  }

  @Test
  void theScheduleIsPartOfIt() {
    Adam adam = new Adam(List.of(w), Schedule.linear(1, 0, 10));
    OptimizerState state = adam.save();
    adam.learningRate(0.5);
    adam.restore(state);
    assertThat(adam.learningRate()).isEqualTo(1);
  }

  @Test
  void aStateOfOtherParametersIsRefused() {
    Sgd sgd = new Sgd(List.of(w), 1).momentum(0.5);
    Steps.step(sgd, w, 1, 1);
    Parameter longer = Steps.parameter(1, 2, 3);
    Sgd other = new Sgd(List.of(longer), 1).momentum(0.5);
    Sgd two = new Sgd(List.of(longer, Steps.parameter(1)), 1);
    assertThatThrownBy(() -> other.restore(sgd.save()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("restore: the state was saved for other parameters");
    assertThatThrownBy(() -> two.restore(sgd.save()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it has 1 of them, the optimizer 2");
  }
}
