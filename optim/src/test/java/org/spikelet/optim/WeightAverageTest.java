package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/** The average of the weights, by hand and with every optimizer. */
class WeightAverageTest {

  static Stream<OptimizerTable.Row> optimizers() {
    return OptimizerTable.rows();
  }

  private final Parameter w = Steps.parameter(8, -8);

  private double[] averages(WeightAverage average) {
    return average.evaluate(w::toArray);
  }

  /** 8 → 8 → (8 + 4)/2 = 6 → (6 + 2)/2 = 4. */
  @Test
  void startsAtTheWeightsAndFollowsThem() {
    WeightAverage average = new WeightAverage(List.of(w), 0.5);
    assertThat(averages(average)).containsExactly(8, -8);
    w.assign(Tensor.vector(4, -4));
    average.update();
    assertThat(averages(average)).containsExactly(6, -6);
    w.assign(Tensor.vector(2, 0));
    average.update();
    assertThat(averages(average)).containsExactly(4, -3);
    assertThat(w.toArray()).as("the weights themselves").containsExactly(2, 0);
  }

  @Test
  void equalWeightsStay() {
    WeightAverage average = new WeightAverage(List.of(w), 0.75);
    for (int t = 0; t < 100; t++) {
      average.update();
    }
    assertThat(averages(average)).containsExactly(8, -8);
  }

  @Test
  void putsTheWeightsBackWhateverIsThrown() {
    WeightAverage average = new WeightAverage(List.of(w), 0.5);
    w.assign(Tensor.vector(0.1, Double.NaN));
    assertThatThrownBy(
            () ->
                average.evaluate(
                    () -> {
                      throw new IllegalStateException("it failed");
                    }))
        .hasMessage("it failed");
    assertThat(w.toArray()).containsExactly(0.1, Double.NaN);
  }

  /** A tape from before would compute gradients at other weights than it saw. */
  @Test
  void aTapeFromBeforeNoticesIt() {
    WeightAverage average = new WeightAverage(List.of(w), 0.5);
    try (Tape tape = Tape.record()) {
      Tensor loss = w.square().sum();
      average.evaluate(w::toArray);
      assertThatThrownBy(() -> tape.gradients(loss)).isInstanceOf(IllegalStateException.class);
    }
  }

  /** It listens, and the training has the same bits with it and without it. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void changesNothingInATraining(OptimizerTable.Row row) {
    double[] alone = train(row, List.of());
    Parameter trained = Steps.parameter(1, 2);
    WeightAverage average = new WeightAverage(List.of(trained), 0.9);
    double[] listened = train(row, trained, List.of(average));
    assertThat(listened).containsExactly(alone);
    double[] mean = average.evaluate(trained::toArray);
    assertThat(mean).isNotEqualTo(listened);
    assertThat(trained.toArray()).containsExactly(listened);
  }

  private static double[] train(OptimizerTable.Row row, List<TrainingListener> listeners) {
    return train(row, Steps.parameter(1, 2), listeners);
  }

  private static double[] train(
      OptimizerTable.Row row, Parameter trained, List<TrainingListener> listeners) {
    Dataset data =
        new Dataset(
            Tensor.vector(1, -2, 3, 0.5).reshape(2, 2), Tensor.vector(1, 0.3).reshape(2, 1));
    Trainer trainer =
        new Trainer(
            x -> x.mul(trained).sum(-1).reshape(x.shape().dimension(0), 1),
            (p, y) -> p.sub(y).square().mean(),
            row.make(0.01, trained),
            new DataLoader(data, 1));
    listeners.forEach(trainer::listen);
    trainer.run(20);
    return trained.toArray();
  }

  @Test
  void savedAndRestoredItGoesOnWithTheSameBits() {
    WeightAverage average = new WeightAverage(List.of(w), 0.9);
    w.assign(Tensor.vector(0.1, 0.7));
    average.update();
    List<Tensor> saved = average.save();
    WeightAverage resumed = new WeightAverage(List.of(w), 0.9);
    resumed.restore(saved);
    w.assign(Tensor.vector(-3, 1e-3));
    average.update();
    resumed.update();
    assertThat(averages(resumed)).containsExactly(averages(average));
    resumed.restore(saved);
    assertThat(averages(resumed)).as("the copy stayed").isNotEqualTo(averages(average));
  }

  /** NaN in a weight stays in its average, and in no other. */
  @Test
  void oneWeightSpoilsOneAverage() {
    WeightAverage average = new WeightAverage(List.of(w), 0.5);
    w.assign(Tensor.vector(Double.NaN, 0));
    average.update();
    w.assign(Tensor.vector(1, 0));
    average.update();
    assertThat(averages(average)).containsExactly(Double.NaN, -2);
  }

  @Test
  void theStateForOtherParametersIsRefused() {
    WeightAverage other = new WeightAverage(List.of(Steps.parameter(1)), 0.5);
    assertThatThrownBy(() -> new WeightAverage(List.of(w), 0.5).restore(other.save()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("WeightAverage saves tensors of the sizes [2], there are [1]");
  }

  @Test
  void thereMustBeTrainableParameters() {
    assertThatThrownBy(() -> new WeightAverage(List.of(), 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no parameters");
    Parameter frozen = Parameter.frozen("mean", Tensor.vector(1));
    assertThatThrownBy(() -> new WeightAverage(List.of(frozen), 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'mean' is frozen");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN, Double.POSITIVE_INFINITY})
  void theDecayIsFromZeroToBelowOne(double bad) {
    assertThatThrownBy(() -> new WeightAverage(List.of(w), bad))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got " + bad);
  }
}
