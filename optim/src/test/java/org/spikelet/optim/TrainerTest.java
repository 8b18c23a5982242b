package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Sequential;

/** The trainer is the plain loop, with listeners. */
class TrainerTest {

  private static final int STEPS = 10;

  /** A small regression: 11 rows in batches of 4, so that the last batch is small. */
  private static final class Run {
    private final RandomGenerator random = new SplittableRandom(1);
    private final Sequential net =
        Sequential.of(Dense.of(3, 5, random), Activation.TANH, Dense.of(5, 2, random));
    private final Adam optimizer = new Adam(net.parameters(), Schedule.exponential(0.1, 0.9));
    private final DataLoader loader =
        new DataLoader(new Dataset(normal(11, 3), normal(11, 2)), 4).withShuffle(7);
    private final Trainer trainer;

    private Run() {
      this(GradientTransformation.none());
    }

    private Run(GradientTransformation transformation) {
      trainer =
          new Trainer(net::forward, Losses::meanSquaredError, optimizer, loader, transformation);
    }

    private Tensor normal(int rows, int columns) {
      double[] values = random.doubles((long) rows * columns, -2, 2).toArray();
      return Tensor.of(Shape.of(rows, columns), values);
    }

    /** The loop in the trainer's documentation; returns the losses. */
    private List<Double> plainLoop(int steps) {
      List<Double> losses = new ArrayList<>();
      for (long t = 0; t < steps; t++) {
        Batch batch = loader.batch(t);
        try (Tape tape = Tape.record()) {
          Tensor loss = Losses.meanSquaredError(net.forward(batch.inputs()), batch.targets());
          optimizer.step(tape.gradients(loss));
          losses.add(loss.item());
        }
      }
      return losses;
    }

    private List<double[]> parameters() {
      return net.parameters().stream().map(Tensor::toArray).toList();
    }
  }

  private static void assertSameBits(Run a, Run b) {
    assertThat(a.parameters()).usingElementComparator(Arrays::compare).isEqualTo(b.parameters());
  }

  @Test
  void itIsThePlainLoopBitForBit() {
    Run trained = new Run();
    assertThat(trained.trainer.run(STEPS)).isEqualTo(STEPS);
    Run plain = new Run();
    plain.plainLoop(STEPS);
    assertSameBits(trained, plain);
    assertThat(trained.parameters().get(0)).isNotEqualTo(new Run().parameters().get(0));
  }

  /** Every other step is skipped; the schedule of the rate goes on. */
  @Test
  void aTransformationSkipsAStepByReturningNoGradients() {
    int[] calls = {0};
    GradientTransformation everyOther = g -> calls[0]++ % 2 == 0 ? g : Gradients.none();
    Run run = new Run(everyOther.then(Clipping.globalNorm(1e9)));
    List<List<double[]>> weights = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    run.trainer.listen(
        step -> {
          weights.add(run.parameters());
          rates.add(step.learningRate());
          assertThat(step.gradients().isEmpty()).isEqualTo(step.number() % 2 == 1);
        });
    assertThat(run.trainer.run(4)).isEqualTo(4);
    assertThat(weights.get(1)).usingElementComparator(Arrays::compare).isEqualTo(weights.get(0));
    assertThat(weights.get(2)).usingElementComparator(Arrays::compare).isNotEqualTo(weights.get(1));
    assertThat(weights.get(3)).usingElementComparator(Arrays::compare).isEqualTo(weights.get(2));
    assertThat(rates.get(2)).isCloseTo(0.1 * 0.9 * 0.9, offset(1e-15));
  }

  @Test
  void runningTwiceGoesOn() {
    Run once = new Run();
    once.trainer.run(STEPS);
    Run twice = new Run();
    assertThat(twice.trainer.run(STEPS / 2)).isEqualTo(STEPS / 2);
    assertThat(twice.trainer.run(STEPS / 2)).isEqualTo(STEPS);
    assertSameBits(once, twice);
  }

  @Test
  void runningNoStepDoesNothing() {
    Run run = new Run();
    assertThat(run.trainer.run(0)).isZero();
    assertSameBits(run, new Run());
  }

  @Test
  void listenersSeeEveryStep() {
    Run plain = new Run();
    List<Double> losses = plain.plainLoop(STEPS);
    Run run = new Run();
    List<TrainingStep> steps = new ArrayList<>();
    run.trainer.listen(steps::add).run(STEPS);
    assertThat(steps).hasSize(STEPS);
    for (int t = 0; t < STEPS; t++) {
      TrainingStep step = steps.get(t);
      assertThat(step.number()).isEqualTo(t);
      assertThat(step.loss()).isEqualTo(losses.get(t));
      assertThat(step.learningRate()).isEqualTo(Schedule.exponential(0.1, 0.9).at(t));
      assertThat(step.batch().rows()).isEqualTo(run.loader.batch(t).rows());
    }
  }

  @Test
  void listenersAreToldInTheOrderTheyCame() {
    List<String> calls = new ArrayList<>();
    new Run()
        .trainer
        .listen(step -> calls.add("a" + step.number()))
        .listen(step -> calls.add("b" + step.number()))
        .run(2);
    assertThat(calls).containsExactly("a0", "b0", "a1", "b1");
  }

  /** The parameters have changed by then; the loss and the gradients are from before. */
  @Test
  void listenersComeAfterTheStep() {
    Parameter w = Steps.parameter(4);
    Dataset data = new Dataset(Tensor.ones(Shape.of(1, 1)), Tensor.zeros(Shape.of(1, 1)));
    List<Double> seen = new ArrayList<>();
    new Trainer(
            x -> x.mul(w),
            Losses::meanSquaredError,
            new Sgd(List.of(w), 0.25),
            new DataLoader(data, 1))
        .listen(step -> seen.addAll(List.of(step.loss(), step.gradients().of(w).get(0), w.get(0))))
        .run(1);
    assertThat(seen).containsExactly(16.0, 8.0, 2.0);
  }

  @Test
  void gradientsAreTheListenersOnlyDuringTheCall() {
    List<Gradients> kept = new ArrayList<>();
    List<Gradients> copied = new ArrayList<>();
    Run run = new Run();
    run.trainer
        .listen(step -> kept.add(step.gradients()))
        .listen(step -> copied.add(step.gradients().copy()))
        .run(1);
    assertThatThrownBy(() -> kept.get(0).norm()).isInstanceOf(IllegalStateException.class);
    assertThat(copied.get(0).norm()).isPositive();
  }

  /** The other listeners still hear of the last step, and it can be taken up again on purpose. */
  @Test
  void aListenerCanStopTheRun() {
    Run run = new Run();
    History history = new History();
    run.trainer
        .listen(
            step -> {
              if (step.number() == 3) {
                step.stop();
              }
            })
        .listen(history);
    assertThat(run.trainer.run(STEPS)).isEqualTo(4);
    assertThat(history.losses()).hasSize(4);
    assertThat(run.trainer.run(STEPS - 4)).as("it has ended").isEqualTo(4);
    assertThat(run.trainer.startAt(4).run(STEPS - 4)).isEqualTo(STEPS);
    Run plain = new Run();
    plain.plainLoop(STEPS);
    assertSameBits(run, plain);
  }

  @Test
  void gradientsAreClippedBeforeTheStep() {
    Run free = new Run();
    List<Double> norms = new ArrayList<>();
    free.trainer.listen(step -> norms.add(step.gradients().norm())).run(1);
    double limit = norms.get(0) / 2;

    Run clipped = new Run(Clipping.globalNorm(limit));
    clipped.trainer.listen(step -> norms.add(step.gradients().norm())).run(1);
    assertThat(norms.get(1)).isCloseTo(limit, offset(1e-5 * limit));

    Run unclipped = new Run(Clipping.globalNorm(1e9));
    unclipped.trainer.run(1);
    assertSameBits(unclipped, free);
  }

  @Test
  void aListenerSeesTheGradientsBeforeAndAfterTheTransformation() {
    Run run = new Run(g -> g.scale(3));
    List<Double> norms = new ArrayList<>();
    run.trainer.listen(
        step -> {
          norms.add(step.lossGradients().norm());
          assertThat(step.gradients().norm())
              .isCloseTo(3 * step.lossGradients().norm(), offset(1e-12));
        });
    run.trainer.run(3);
    assertThat(norms).hasSize(3).doesNotContain(0.0);
  }

  @Test
  void theTransformationIsTheOneItWasGiven() {
    GradientTransformation clipping = Clipping.value(1);
    assertThat(new Run(clipping).trainer.transformation()).isSameAs(clipping);
    Gradients gradients = Gradients.none();
    assertThat(new Run().trainer.transformation().apply(gradients)).isSameAs(gradients);
  }

  /** The tape must close also when a listener throws, or nothing could be trained after it. */
  @Test
  void anErrorInAListenerLeavesNoTapeOpen() {
    Run run = new Run();
    run.trainer.listen(
        step -> {
          throw new IllegalStateException("disk full");
        });
    assertThatThrownBy(() -> run.trainer.run(1)).hasMessage("disk full");
    Tape outermost = Tape.record();
    Tensor y = Tensor.scalar(1).add(1);
    outermost.close();
    assertThatThrownBy(y::item)
        .as("y belonged to the tape")
        .isInstanceOf(IllegalStateException.class);
    assertThat(Tensor.scalar(1).add(1).item()).as("made without a tape").isEqualTo(2);
  }

  @Test
  void untilStopped() {
    Run run = new Run();
    run.trainer.run(1);
    run.trainer.listen(TrainingStep::stop);
    assertThat(run.trainer.run(Long.MAX_VALUE)).isEqualTo(2);
  }

  @Test
  void aNegativeNumberOfStepsIsRefused() {
    Trainer trainer = new Run().trainer;
    assertThatThrownBy(() -> trainer.run(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void aTrainerThatStartsAtAStepGoesOnAsTheOneBefore() {
    Run whole = new Run();
    List<Double> expected = new ArrayList<>();
    whole.trainer.listen(step -> expected.add(step.loss())).run(STEPS);
    Run first = new Run();
    first.trainer.run(4);
    Trainer second =
        new Trainer(first.net::forward, Losses::meanSquaredError, first.optimizer, first.loader)
            .startAt(4);
    List<Double> losses = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();

    long steps =
        second
            .listen(step -> losses.add(step.loss()))
            .listen(step -> numbers.add(step.number()))
            .run(STEPS - 4);

    assertThat(steps).isEqualTo(STEPS);
    assertThat(losses).isEqualTo(expected.subList(4, STEPS));
    assertThat(numbers).first().isEqualTo(4L);
    assertThatThrownBy(() -> second.startAt(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("startAt: the step must not be negative, got -1");
  }
}
