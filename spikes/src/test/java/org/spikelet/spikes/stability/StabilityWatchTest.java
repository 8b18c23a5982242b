package org.spikelet.spikes.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.BatchNorm;
import org.spikelet.nn.Dropout;
import org.spikelet.nn.Module;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Batch;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.OptimizerState;
import org.spikelet.optim.Schedule;
import org.spikelet.optim.Sgd;
import org.spikelet.optim.Slot;
import org.spikelet.spikes.Trainings;
import org.spikelet.spikes.Trainings.Training;

/** Watch and brake on L = ½(a·x² + b·y²), where everything is known, and in trainings. */
class StabilityWatchTest {

  /** So low a level that any training is braked. */
  private static final StabilityWatch.Settings FIRM = StabilityWatch.DEFAULTS.withLevel(1e-3);

  private final Parameter w = Parameter.of("w", Tensor.vector(1, 2));
  private final Tensor curvature = Tensor.vector(3, 5);
  private final List<DirectionalSharpness> warned = new ArrayList<>();

  private Tensor loss() {
    return w.square().mul(curvature).sum().mul(0.5);
  }

  private void step(Optimizer optimizer) {
    try (Tape tape = Tape.record()) {
      optimizer.step(tape.gradients(loss()));
    }
  }

  /** g = (3, 10): c = (3·9 + 5·100) / 109. */
  @Test
  void withoutAPreconditionerItIsTheCurvatureAlongTheGradient() {
    Sgd sgd = new Sgd(List.of(w), 0.1);
    DirectionalSharpness found = DirectionalSharpness.of(this::loss, sgd, 7);
    assertThat(found.value()).isCloseTo(527 / 109.0, offset(1e-14));
    assertThat(found.ratio()).isCloseTo(0.1 * 527 / 109 / 2, offset(1e-15));
    assertThat(found.step()).isEqualTo(7);
  }

  /**
   * P = 0.1·|g| after one step. Back at the first weights P⁻¹g = (10, 10), so c = (3 + 5)·100 / (3
   * + 10)·10.
   */
  @Test
  void withAdamItIsInItsMetric() {
    Adam adam = new Adam(List.of(w), 0.19, Adam.DEFAULTS.withEpsilon(0));
    step(adam);
    w.assign(Tensor.vector(1, 2));
    DirectionalSharpness found = DirectionalSharpness.of(this::loss, adam, 1);
    assertThat(found.value()).isCloseTo(80 / 13.0, offset(1e-12));
    assertThat(found.threshold()).isCloseTo(38, offset(1e-12));
    assertThat(found.learningRate()).isEqualTo(0.19);
  }

  /** It is at most the largest curvature. */
  @Test
  void isNoMoreThanTheSharpness() {
    Training training = training(List.of(Activation.TANH), 0.003);
    training.trainer().run(50);
    Optimizer adam = training.trainer().optimizer();
    double largest = Sharpness.of(() -> lossOf(training), adam, 50, Optional.empty()).value();
    double along = DirectionalSharpness.of(() -> lossOf(training), adam, 50).value();
    assertThat(along).isPositive().isLessThan(largest);
  }

  private static Tensor lossOf(Training training) {
    Dataset data = training.trainer().loader().data();
    return training.trainer().loss().apply(training.net().forward(data.inputs()), data.targets());
  }

  /** With SGD on one line c = 5: η·c / 2 is 0.9, 1, 1.1, 0.9, 1.1 with these rates. */
  @Test
  void warnsOnceEachTimeTheLevelIsReachedFromBelow() {
    Parameter x = Parameter.of("x", Tensor.vector(1));
    double[] rates = {0.36, 0.4, 0.44, 0.36, 0.44};
    Sgd sgd = new Sgd(List.of(x), 0);
    StabilityWatch watch =
        new StabilityWatch(sgd, StabilityWatch.DEFAULTS.withEvery(1).withLevel(1), warned::add);
    for (int t = 0; t < rates.length; t++) {
      sgd.learningRate(rates[t]);
      watch.look(t, () -> x.square().mul(2.5).sum());
    }
    assertThat(warned).extracting(DirectionalSharpness::step).containsExactly(1L, 4L);
    assertThat(watch.warnings()).isEqualTo(warned);
    assertThat(watch.latest().orElseThrow().ratio()).isCloseTo(1.1, offset(1e-12));
  }

  @Test
  void looksEveryTenSteps() {
    List<Long> looks = new ArrayList<>();
    Sgd sgd = new Sgd(List.of(w), 1);
    StabilityWatch watch = new StabilityWatch(sgd, StabilityWatch.DEFAULTS, warned::add);
    for (long t = 1; t <= 30; t++) {
      long step = t;
      watch.look(
          step,
          () -> {
            looks.add(step);
            return loss();
          });
    }
    assertThat(looks).containsExactly(10L, 20L, 30L);
    assertThat(warned).extracting(DirectionalSharpness::step).containsExactly(10L);
  }

  /** At a minimum there is no direction; a NaN is no warning, and no all-clear either way. */
  @Test
  void whereThereIsNoGradientThereIsNoWarning() {
    w.assign(Tensor.vector(0, 0));
    Sgd sgd = new Sgd(List.of(w), 1);
    new StabilityWatch(sgd, StabilityWatch.DEFAULTS, warned::add).look(0, this::loss);
    w.assign(Tensor.vector(Double.NaN, 1));
    new StabilityWatch(sgd, StabilityWatch.DEFAULTS, warned::add).look(0, this::loss);
    assertThat(warned).isEmpty();
    new StabilityBrake(sgd, StabilityWatch.DEFAULTS).look(0, this::loss);
    assertThat(sgd.learningRate()).isEqualTo(1);
  }

  private static Training training(List<Module> after, double rate) {
    Module net = Trainings.net(new SplittableRandom(5), 16, after);
    return Trainings.training(
        net,
        new DataLoader(Trainings.data(40, 0.1, 3), 8).withShuffle(1),
        new Adam(net.parameters(), rate));
  }

  private static List<double[]> state(Training training) {
    return training.net().state().values().stream().map(Tensor::toArray).toList();
  }

  private static Training withState() {
    return training(
        List.of(BatchNorm.of(16), Activation.TANH, Dropout.of(0.2, new SplittableRandom(9))), 0.01);
  }

  /** With BatchNorm's statistics and Dropout's random state. */
  @Test
  void theTrainingHasTheSameBitsWithAWatch() {
    Training alone = withState();
    alone.trainer().run(60);
    Training watched = withState();
    StabilityWatch watch =
        StabilityWatch.attach(
            watched.trainer(),
            watched.net().state(),
            StabilityWatch.DEFAULTS.withEvery(3),
            warned::add);
    watched.trainer().run(60);
    assertThat(watch.latest().orElseThrow().step()).as("step 60 is not over").isEqualTo(57);
    assertThat(watch.latest().orElseThrow().value()).isNotNaN();
    for (int k = 0; k < state(alone).size(); k++) {
      assertThat(state(watched).get(k)).containsExactly(state(alone).get(k));
    }
    assertThat(watched.trainer().optimizer().save()).isEqualTo(alone.trainer().optimizer().save());
  }

  /** On one line c = 5 for SGD: the largest rate is 0.95 · 2 / 5, whatever the schedule says. */
  @Test
  void theBrakeLowersTheRateAndLetsGo() {
    Parameter x = Parameter.of("x", Tensor.vector(1));
    Sgd sgd = new Sgd(List.of(x), Schedule.constant(1));
    StabilityBrake brake = new StabilityBrake(sgd, StabilityWatch.DEFAULTS);
    brake.look(9, () -> x.square().mul(2.5).sum());
    assertThat(sgd.learningRate()).as("not time yet").isEqualTo(1);
    brake.look(10, () -> x.square().mul(2.5).sum());
    assertThat(sgd.learningRate()).isCloseTo(0.38, offset(1e-15));
    brake.look(20, () -> x.square().mul(0.5).sum());
    assertThat(sgd.learningRate()).as("c = 1 bears it").isEqualTo(1);
    brake.look(30, () -> x.square().mul(-2.5).sum());
    assertThat(sgd.learningRate()).as("no limit on a hill").isEqualTo(1);
  }

  @Test
  void aScheduleSetInTheMeantimeIsBrakedFromTheNextLookOn() {
    Parameter x = Parameter.of("x", Tensor.vector(1));
    Sgd sgd = new Sgd(List.of(x), 1);
    StabilityBrake brake = new StabilityBrake(sgd, StabilityWatch.DEFAULTS);
    brake.look(10, () -> x.square().mul(2.5).sum());
    sgd.learningRate(0.2);
    brake.look(20, () -> x.square().mul(2.5).sum());
    assertThat(sgd.learningRate()).isEqualTo(0.2);
    sgd.learningRate(7);
    brake.look(30, () -> x.square().mul(2.5).sum());
    assertThat(sgd.learningRate()).isCloseTo(0.38, offset(1e-15));
  }

  /** The limit is in the optimizer's state, and nowhere else. */
  @Test
  void aBrakedTrainingIsResumedWithTheSameBits() {
    Training whole = training(List.of(Activation.TANH), 0.01);
    StabilityBrake.attach(whole.trainer(), whole.net().state(), FIRM);
    whole.trainer().run(35);
    assertThat(whole.trainer().optimizer().learningRate()).as("it is braked").isLessThan(0.01);
    OptimizerState saved = whole.trainer().optimizer().save();
    List<double[]> weights = state(whole);
    double[] losses = losses(whole, 35, 60);
    for (int k = 0; k < weights.size(); k++) {
      double[] source = weights.get(k);
      new ArrayList<>(whole.net().state().values())
          .get(k)
          .update(x -> System.arraycopy(source, 0, x, 0, x.length));
    }
    whole.trainer().optimizer().restore(saved);
    assertThat(losses(whole, 35, 60)).containsExactly(losses);
  }

  /** A loop of one's own, on the batches of these steps. */
  private static double[] losses(Training training, int from, int to) {
    Optimizer optimizer = training.trainer().optimizer();
    StabilityBrake brake = new StabilityBrake(optimizer, FIRM);
    double[] losses = new double[to - from];
    for (int t = from; t < to; t++) {
      Batch batch = training.trainer().loader().batch(t);
      Supplier<Tensor> loss =
          () ->
              training
                  .trainer()
                  .loss()
                  .apply(training.net().forward(batch.inputs()), batch.targets());
      try (Tape tape = Tape.record()) {
        Tensor value = loss.get();
        losses[t - from] = value.item();
        optimizer.step(tape.gradients(value));
      }
      brake.look(t + 1, loss);
    }
    assertThat(Arrays.stream(losses).allMatch(Double::isFinite)).isTrue();
    return losses;
  }

  @Test
  void aRuleWithoutAThresholdIsRefused() {
    Optimizer own =
        new Optimizer(List.of(w), t -> 0.5) {
          @Override
          protected void update(Slot slot, double[] x, double[] g, int from, int to) {}
        };
    assertThatThrownBy(() -> new StabilityWatch(own, StabilityWatch.DEFAULTS, warned::add))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nobody worked out a threshold for");
    assertThatThrownBy(() -> new StabilityBrake(own, StabilityWatch.DEFAULTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("override its stabilityThreshold()");
  }

  @Test
  void saysItsRatio() {
    assertThat(new DirectionalSharpness(560, 0.2, 196.057, 38))
        .hasToString(
            "step 560: η · c along the gradient is 1.03 of the threshold"
                + " (η 0.2, c 196.1, threshold 38.00)");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void settingsOutOfRangeAreRefused(double bad) {
    assertThatThrownBy(() -> StabilityWatch.DEFAULTS.withLevel(bad))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got " + bad);
    assertThatThrownBy(() -> StabilityWatch.DEFAULTS.withEvery(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0");
  }
}
