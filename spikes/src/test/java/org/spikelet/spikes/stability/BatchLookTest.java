package org.spikelet.spikes.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.BatchNorm;
import org.spikelet.nn.Dropout;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Batch;
import org.spikelet.optim.Clipping;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.GradientTransformation;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.RmsProp;
import org.spikelet.optim.Sgd;
import org.spikelet.optim.Stateful;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.Trainings;
import org.spikelet.spikes.Trainings.Training;

/** The difference of two gradients against the product with the Hessian. */
class BatchLookTest {

  private static final Stateful NOTHING = GradientTransformation.none();

  private static final StabilityWatch.Settings EVERY_STEP = StabilityWatch.DEFAULTS.withEvery(1);

  /** The difference alone: no ratio comes to such a level. */
  private static final StabilityWatch.Settings NEVER_EXACT = EVERY_STEP.withLevel(1e300);

  private final List<DirectionalSharpness> exact = new ArrayList<>();
  private final List<DirectionalSharpness> looks = new ArrayList<>();

  /** The optimizers that have a threshold. */
  private enum Rule {
    ADAM,
    AMSGRAD,
    RMSPROP,
    SGD,
    MOMENTUM;

    Optimizer of(List<Parameter> p) {
      return switch (this) {
        case ADAM -> new Adam(p, 3e-3);
        case AMSGRAD -> new Adam(p, 3e-3, Adam.DEFAULTS.withAmsgrad());
        case RMSPROP -> new RmsProp(p, 3e-3);
        case SGD -> new Sgd(p, 0.05);
        case MOMENTUM -> new Sgd(p, 0.05, Sgd.DEFAULTS.withMomentum(0.9));
      };
    }
  }

  private static Training training(List<Module> after, Rule rule, GradientTransformation change) {
    Module net = Trainings.net(new SplittableRandom(5), 16, after);
    DataLoader loader = new DataLoader(Trainings.data(64, 0.1, 3), 16).withShuffle(1);
    return Trainings.training(net, loader, rule.of(net.parameters()), change);
  }

  private static Tensor loss(Trainer trainer, Batch batch) {
    return trainer.loss().apply(trainer.model().apply(batch.inputs()), batch.targets());
  }

  /** Before each step the product, on the batch that comes; and what the looks find of it. */
  private void run(Training training, int steps) {
    Trainer trainer = training.trainer();
    List<Parameter> frozen =
        training.net().state().values().stream().filter(p -> !p.trainable()).toList();
    trainer.listen(
        step -> {
          List<double[]> present = BeforeStep.copies(frozen);
          long next = step.number() + 1;
          exact.add(
              DirectionalSharpness.of(
                  () -> loss(trainer, trainer.loader().batch(next)), trainer.optimizer(), next));
          BeforeStep.put(present, frozen);
        });
    trainer.listen(
        new BatchLook(trainer, training.net().state(), NEVER_EXACT, looks::add, NOTHING));
    trainer.run(steps);
  }

  private void assertEqual() {
    assertThat(looks).hasSizeGreaterThan(50);
    for (int i = 0; i < looks.size(); i++) {
      DirectionalSharpness look = looks.get(i);
      assertThat(look.step()).isEqualTo(i + 1L).isEqualTo(exact.get(i).step());
      assertThat(look.ratio())
          .as("at step %s", look.step())
          .isCloseTo(exact.get(i).ratio(), offset(1e-4 * Math.abs(exact.get(i).ratio())));
    }
  }

  @ParameterizedTest
  @EnumSource
  void isTheCurvatureAlongTheGradientOfTheStep(Rule rule) {
    run(training(List.of(Activation.TANH), rule, GradientTransformation.none()), 200);
    assertEqual();
  }

  /** A kink may lie between the two gradients: seldom, and then the curvature of one row is off. */
  @Test
  void withReluTooButForKinks() {
    run(training(List.of(Activation.RELU), Rule.ADAM, GradientTransformation.none()), 400);
    long off = 0;
    for (int i = 0; i < looks.size(); i++) {
      double ratio = exact.get(i).ratio();
      off += Math.abs(looks.get(i).ratio() - ratio) <= 1e-4 * Math.abs(ratio) ? 0 : 1;
    }
    assertThat(off).isLessThan(4);
  }

  /** With the masks and the statistics of the step. */
  @Test
  void withBatchNormAndDropout() {
    List<Module> after =
        List.of(BatchNorm.of(16), Activation.TANH, Dropout.of(0.2, new SplittableRandom(9)));
    run(training(after, Rule.ADAM, GradientTransformation.none()), 100);
    assertEqual();
  }

  /** It is the gradient of the loss that counts, not what the optimizer is given. */
  @Test
  void withClippedGradients() {
    run(training(List.of(Activation.TANH), Rule.ADAM, Clipping.globalNorm(0.01)), 100);
    assertEqual();
  }

  /** Then the step does not begin where the copy was taken, and the product is taken after it. */
  @Test
  void weightsThatAreChangedBesideTheStepAreNotMistaken() {
    Training training =
        training(List.of(Activation.TANH), Rule.ADAM, GradientTransformation.none());
    Trainer trainer = training.trainer();
    trainer.listen(
        new BatchLook(trainer, training.net().state(), NEVER_EXACT, looks::add, NOTHING));
    trainer.listen(
        step -> {
          for (Parameter p : training.net().parameters()) {
            p.update(w -> w[0] *= 1.5);
          }
        });
    List<Double> products = new ArrayList<>();
    Training again = training(List.of(Activation.TANH), Rule.ADAM, GradientTransformation.none());
    StabilityWatch product = new StabilityWatch(again.trainer().optimizer(), EVERY_STEP, w -> {});
    again
        .trainer()
        .listen(
            step -> {
              product.look(step.number(), () -> loss(again.trainer(), step.batch()));
              products.add(product.latest().orElseThrow().value());
              for (Parameter p : again.net().parameters()) {
                p.update(w -> w[0] *= 1.5);
              }
            });
    trainer.run(60);
    again.trainer().run(60);
    assertThat(looks).extracting(DirectionalSharpness::value).isEqualTo(products.subList(1, 60));
  }

  /** A loss that is another each time it is computed has no difference. */
  @Test
  void aLossThatIsNotTheStepsIsNotMistaken() {
    Module net = Trainings.net(new SplittableRandom(5), 16, List.of(Activation.TANH));
    int[] calls = {0};
    Trainer trainer =
        new Trainer(
            net::forward,
            (p, t) -> Losses.meanSquaredError(p, t).mul(calls[0]++ % 2 == 0 ? 1 : 1.01),
            new Adam(net.parameters(), 3e-3),
            new DataLoader(Trainings.data(64, 0.1, 3), 16));
    trainer.listen(new BatchLook(trainer, net.state(), NEVER_EXACT, looks::add, NOTHING));
    trainer.run(20);
    // The step, the difference that is refused, the product.
    assertThat(calls[0]).isEqualTo(1 + 19 * 3);
    assertThat(looks).allSatisfy(l -> assertThat(Math.abs(l.ratio())).isLessThan(10));
  }

  /**
   * L = x²/2 + relu(x − k), with k just above x before each step: x·(1 + 10⁻¹⁰) lies beyond.
   * Without the product the ratio is far over the level, with it c is that of x²/2.
   */
  @Test
  void aKinkIsNoWarning() {
    looksAtAKink(NEVER_EXACT);
    assertThat(looks).hasSize(9).allSatisfy(look -> assertThat(look.ratio()).isGreaterThan(1000));
    looks.clear();
    looksAtAKink(EVERY_STEP);
    assertThat(looks)
        .hasSize(9)
        .allSatisfy(look -> assertThat(look.value()).isCloseTo(1, offset(1e-12)));
  }

  private void looksAtAKink(StabilityWatch.Settings settings) {
    Parameter x = Parameter.of("x", Tensor.vector(1));
    double[] kink = {Double.POSITIVE_INFINITY};
    List<Double> atLooks = new ArrayList<>();
    Trainer trainer =
        new Trainer(
            inputs -> x,
            (p, t) -> {
              atLooks.add(p.get(0));
              return p.square().mul(0.5).add(p.sub(kink[0]).relu()).sum();
            },
            new Sgd(List.of(x), 1e-3),
            new DataLoader(Trainings.data(4, 0, 1), 4));
    trainer.listen(new BatchLook(trainer, Map.of("x", x), settings, looks::add, NOTHING));
    trainer.listen(step -> kink[0] = x.get(0) * (1 + 2e-11));
    trainer.run(10);
    // The step, the difference, and where it is doubtful the product at the weights before it.
    boolean again = settings.equals(EVERY_STEP);
    assertThat(atLooks).hasSize(1 + 9 * (again ? 3 : 2));
    assertThat(atLooks.get(again ? 3 : 1)).isEqualTo(atLooks.get(1));
  }

  /** The warnings of a training with spikes come at the same steps. */
  @Test
  void warnsAtTheSameSteps() {
    Module net = Trainings.net(new SplittableRandom(5), 16, List.of(Activation.TANH));
    DataLoader loader = new DataLoader(Trainings.data(32, 0, 6), 32);
    Training training = Trainings.training(net, loader, new Adam(net.parameters(), 2e-2));
    Trainer trainer = training.trainer();
    StabilityWatch product =
        new StabilityWatch(trainer.optimizer(), StabilityWatch.DEFAULTS, w -> {});
    trainer.listen(step -> product.look(step.number() + 1, () -> loss(trainer, step.batch())));
    StabilityWatch difference = StabilityWatch.attach(trainer, net.state(), w -> {});
    trainer.run(3001);
    assertThat(product.warnings()).hasSizeGreaterThan(3);
    assertThat(difference.warnings())
        .extracting(DirectionalSharpness::step)
        .isEqualTo(product.warnings().stream().map(DirectionalSharpness::step).toList());
    assertThat(difference.latest().orElseThrow().value())
        .isCloseTo(product.latest().orElseThrow().value(), withPercentage(0.01));
  }
}
