package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.OptimizerTable.Row;

/** What every optimizer refuses, and that nothing has changed then. */
class OptimizerErrorTest {

  static Stream<Row> optimizers() {
    return OptimizerTable.rows();
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void noParameters(Row row) {
    assertThatThrownBy(() -> row.make(0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no parameters");
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aFrozenParameter(Row row) {
    Parameter frozen = Parameter.frozen("runningMean", Tensor.scalar(0));
    assertThatThrownBy(() -> row.make(0.1, Steps.parameter(1), frozen))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'runningMean' is frozen");
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aParameterTwice(Row row) {
    Parameter w = Steps.parameter(1);
    assertThatThrownBy(() -> row.make(0.1, w, Steps.parameter(1), w))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twice");
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void gradientsOfAnotherModel(Row row) {
    Parameter w = Steps.parameter(1);
    Optimizer optimizer = row.make(0.1, w);
    Gradients others = Steps.gradients(Steps.parameter(1), 1);
    assertThatThrownBy(() -> optimizer.step(others))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another model");
    assertThat(optimizer.steps()).isZero();
    assertThat(w.get(0)).isEqualTo(1);
  }

  /** Both models ran on one tape, but the loss is the first one's alone. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void gradientsOfAnotherModelOnTheSameTape(Row row) {
    Parameter a = Steps.parameter(1);
    Parameter b = Steps.parameter(1);
    Optimizer optimizer = row.make(0.1, b);
    try (Tape tape = Tape.record()) {
      Tensor loss = a.mul(2).sum();
      double unused = b.mul(3).sum().item();
      Gradients gradients = tape.gradients(loss);
      assertThat(unused).isEqualTo(3);
      assertThatThrownBy(() -> optimizer.step(gradients))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("another model");
    }
    assertThat(b.get(0)).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void gradientsWhoseTapeHasClosed(Row row) {
    Parameter w = Steps.parameter(1);
    Optimizer optimizer = row.make(0.1, w);
    Gradients late;
    try (Tape tape = Tape.record()) {
      late = tape.gradients(w.sum());
    }
    assertThatThrownBy(() -> optimizer.step(late))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tape has closed");
    assertThat(optimizer.steps()).isZero();
    assertThat(w.get(0)).isEqualTo(1);
  }

  @Test
  void theListOfParametersIsCopied() {
    Parameter w = Steps.parameter(1);
    List<Parameter> list = new ArrayList<>(List.of(w));
    Optimizer optimizer = new Sgd(list, 0.1);
    list.clear();
    assertThat(optimizer.parameters()).containsExactly(w);
    assertThatThrownBy(() -> optimizer.parameters().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
