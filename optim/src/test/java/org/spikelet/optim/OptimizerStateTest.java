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

  /** What is forgotten of an average is forgotten at the same update. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void theNumberOfUpdatesGoesOn(Row row) {
    Optimizer optimizer = row.make(0.1, w);
    Steps.step(optimizer, w, 1e-289, -1e-289);
    rest(optimizer, 40);
    OptimizerState state = optimizer.save();
    Tensor weights = w.copy();
    rest(optimizer, 50);

    w.assign(weights);
    Optimizer other = row.make(0.1, w);
    other.restore(state);
    rest(other, 50);
    assertThat(other.save()).isEqualTo(optimizer.save());
  }

  private void rest(Optimizer optimizer, int steps) {
    for (int t = 0; t < steps; t++) {
      Steps.step(optimizer, w, 0, 0);
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void goesThroughTensorsAndBack(Row row) {
    Optimizer optimizer = row.make(0.1, w);
    run(optimizer);
    OptimizerState state = optimizer.save();
    OptimizerState other = row.make(0.1, w).save();
    assertThat(other).isNotEqualTo(state);

    other.restore(state.save());
    assertThat(other).isEqualTo(state);

    List<Tensor> tooFew = state.save().subList(0, 1);
    assertThatThrownBy(() -> other.restore(tooFew))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("those saved have [1]");
    assertThat(other).isEqualTo(state);
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
  void aStateOfAnotherKindOfOptimizerIsRefused() {
    Adam adam = new Adam(List.of(w), 0.1);
    Steps.step(adam, w, 1, 1);
    Sgd sgd = new Sgd(List.of(w), 1);
    assertThatThrownBy(() -> sgd.restore(adam.save()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "restore: the state was saved by org.spikelet.optim.Adam, this is"
                + " org.spikelet.optim.Sgd; restore it to an optimizer of the same kind");
    assertThat(sgd.steps()).isZero();
    assertThat(sgd.learningRate()).isEqualTo(1);
  }

  @Test
  void aStateWithAnArrayMoreIsRefused() {
    Adam amsgrad = new Adam(List.of(w), 0.1, Adam.DEFAULTS.withAmsgrad());
    Steps.step(amsgrad, w, 1, 1);
    Adam adam = new Adam(List.of(w), 0.1);
    assertThatThrownBy(() -> adam.restore(amsgrad.save()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "restore: the state has an array 'largest v', which this Adam does not keep; make it"
                + " with the same settings");
    assertThat(adam.steps()).isZero();
  }

  /** What the newer optimizer keeps and the saved one did not is zero, not what was there. */
  @Test
  void anArrayThatIsNotInTheStateBecomesZeros() {
    Sgd plain = new Sgd(List.of(w), 1);
    Sgd momentum = new Sgd(List.of(w), 1, Sgd.DEFAULTS.withMomentum(0.5));
    Steps.step(momentum, w, 4, 4);
    momentum.restore(plain.save());
    double before = w.get(0);
    Steps.step(momentum, w, 1, 1);
    assertThat(w.get(0)).isEqualTo(before - 1);
  }

  @Test
  void savingOverAStateOfOtherParametersIsRefused() {
    OptimizerState state = new Sgd(List.of(w), 1).save();
    Sgd two = new Sgd(List.of(w, Steps.parameter(1)), 1);
    assertThatThrownBy(() -> two.save(state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("save: the state was saved for other parameters");
  }

  @Test
  void aStateMayBeOverwrittenByAnotherKindOfOptimizer() {
    OptimizerState state = new Adam(List.of(w), 0.1).save();
    Sgd sgd = new Sgd(List.of(w), 1);
    sgd.save(state);
    assertThat(state).isEqualTo(sgd.save()).isNotEqualTo(new Adam(List.of(w), 0.1).save());
    sgd.restore(state);
  }

  @Test
  void aStateOfOtherParametersIsRefused() {
    Sgd sgd = new Sgd(List.of(w), 1, Sgd.DEFAULTS.withMomentum(0.5));
    Steps.step(sgd, w, 1, 1);
    Parameter longer = Steps.parameter(1, 2, 3);
    Sgd other = new Sgd(List.of(longer), 1, Sgd.DEFAULTS.withMomentum(0.5));
    Sgd two = new Sgd(List.of(longer, Steps.parameter(1)), 1);
    assertThatThrownBy(() -> other.restore(sgd.save()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("restore: the state was saved for other parameters")
        .hasMessageContaining("it has 2 numbers where 'w' has 3");
    assertThatThrownBy(() -> two.restore(sgd.save()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it has 1 of them, the optimizer 2");
    assertThatThrownBy(() -> other.restore(new Sgd(List.of(w), 1).blank()))
        .as("a blank state has sizes, too")
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it has 2 numbers where 'w' has 3");
    assertThat(other.blank()).isNotEqualTo(sgd.blank());
  }
}
