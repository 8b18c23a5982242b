package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.BatchNorm;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Batch;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.GradientTransformation;
import org.spikelet.optim.Trainer;
import org.spikelet.optim.TrainingListener;
import org.spikelet.spikes.Trainings;
import org.spikelet.spikes.record.SpikeRecorder;

/** Odd changes from outside: the sentence that says what differs must stay true. */
class OutsideChangeOddTest {

  private static final long AT = 300;
  private static final String SAME_WEIGHTS = "with the same weights";

  private final Module net =
      Trainings.net(new SplittableRandom(5), 16, List.of(BatchNorm.of(16), Activation.TANH));
  private final DataLoader loader = new DataLoader(Trainings.data(128, 0.01, 3), 32).withShuffle(4);
  private final Adam adam = new Adam(net.parameters(), 1e-2);
  private final AtomicBoolean on = new AtomicBoolean();

  private Trainer trainer(GradientTransformation transformation) {
    return Trainings.training(net, loader, adam, transformation).trainer();
  }

  private Trainer trainer() {
    return trainer(GradientTransformation.none());
  }

  private static TrainingListener after(long step, Runnable change) {
    return s -> {
      if (s.number() == step - 1) {
        change.run();
      }
    };
  }

  private TrainingListener during(long from, long to) {
    return s -> on.set(s.number() >= from - 1 && s.number() < to - 1);
  }

  private void addToBias(double by) {
    net.state().get("3.bias").update(w -> w[0] += by);
  }

  private String examined(long first, Trainer trainer, TrainingListener... meddlers) {
    SpikeRecorder recorder = SpikeRecorder.attach(trainer, net.state());
    for (TrainingListener meddler : meddlers) {
      trainer.listen(meddler);
    }
    trainer.run(AT + 80);
    return words(first, recorder);
  }

  /** Named, with the first difference at a step. */
  private static String words(long first, SpikeRecorder recorder) {
    Diagnosis diagnosis =
        new SpikeDoctor()
            .withRepetitions(2)
            .withOnly(spike -> spike.onset() >= AT)
            .examine(recorder)
            .diagnoses()
            .get(0);
    assertThat(diagnosis.causes()).as(diagnosis.words()).containsExactly(Cause.OUTSIDE_CHANGE);
    assertThat(diagnosis.evidence(Symptom.FIRST_DIFFERENCE).orElseThrow().value())
        .isEqualTo((double) first);
    assertThat(diagnosis.words()).doesNotContain("NaN times", "NaN to", "-0 ");
    return diagnosis.words();
  }

  /** Only 16 of 32 values are printed: the change shows in the next loss. */
  @Test
  void aListenerThatComesBeforeTheRecorder() {
    Trainer trainer = trainer();
    trainer.listen(after(AT, () -> net.state().get("3.weight").update(w -> w[15] = 40)));
    assertThat(examined(AT - 1, trainer))
        .contains("'3.weight' were changed outside the optimizer", "1 of 32 values differ")
        .doesNotContain(SAME_WEIGHTS);
  }

  @Test
  void whatIsDoneInEachStepAndThisTimeNotUndone() {
    TrainingListener swap =
        s ->
            net.parameters()
                .forEach(
                    p -> {
                      Tensor before = p.copy();
                      p.assign(before.mul(0.5));
                      p.assign(s.number() == AT - 1 ? before.mul(20) : before);
                    });
    assertThat(examined(AT, trainer(), swap))
        .contains("the state, which was changed outside the optimizer in some step up to here")
        .doesNotContain(SAME_WEIGHTS);
  }

  @Test
  void gradientsTurnedRoundHaveTheSameNorms() {
    assertThat(examined(AT, trainer(g -> on.get() ? g.scale(-1) : g), during(AT, AT + 30)))
        .contains("the norms of the gradients were the same", "other signs or directions");
  }

  /** The step left out hides the change in the count of changes. */
  @Test
  void weightsChangedInAStepWithoutGradients() {
    assertThat(
            examined(
                AT,
                trainer(g -> on.get() ? Gradients.none() : g),
                during(AT, AT + 1),
                after(AT, () -> addToBias(30))))
        .contains("'3.bias' were changed outside the optimizer")
        .doesNotContain("'0.weight'", SAME_WEIGHTS);
  }

  @Test
  void gradientsLeftOutAndALaterChange() {
    assertThat(
            examined(
                AT - 2,
                trainer(g -> on.get() ? Gradients.none() : g),
                during(AT - 2, AT - 1),
                after(AT, () -> addToBias(30))))
        .contains("it got none of 6 of them", "outside the optimizer at step 300");
  }

  @Test
  void gradientsThatAreNotFinite() {
    assertThat(examined(AT, trainer(g -> on.get() ? g.scale(Double.NaN) : g), during(AT, AT + 1)))
        .contains("the norms of 6 are not finite");
  }

  /** Counted on without a step: what moved the weights is something else. */
  @Test
  void emptyStepsAreNotWhatChangedTheWeights() {
    Runnable change =
        () -> {
          for (int k = 0; k < 400; k++) {
            adam.step(Gradients.none());
          }
          addToBias(30);
        };
    assertThat(examined(AT, trainer(), after(AT, change)))
        .contains("'3.bias' were changed outside the optimizer")
        .doesNotContain("401 steps");
  }

  /** A bias before BatchNorm moves no loss, but it moves a gradient by rounding. */
  @Test
  void twoChanges() {
    assertThat(
            examined(
                AT - 40,
                trainer(),
                after(AT - 40, () -> net.state().get("0.bias").update(w -> w[0] += 1e-6)),
                after(AT, () -> addToBias(30))))
        .contains("'0.bias' were changed", "larger by 1e-6", "outside the optimizer at step 300")
        .doesNotContain("not given the gradients");
  }

  @Test
  void theSameChangeAsBeforeIsKnownWithItsValues() {
    assertThat(
            examined(AT, trainer(), after(100, () -> addToBias(3)), after(AT, () -> addToBias(30))))
        .contains("1 of 2 values differ");
  }

  /** An examination is no part of the training. */
  @Test
  void examinedBefore() {
    Trainer trainer = trainer();
    SpikeRecorder recorder = SpikeRecorder.attach(trainer, net.state());
    trainer.listen(after(160, () -> addToBias(30)));
    trainer.listen(after(161, () -> addToBias(-30)));
    trainer.listen(after(AT, () -> addToBias(30)));
    trainer.run(AT);
    SpikeDoctor doctor = new SpikeDoctor().withRepetitions(2).withDecisiveTreatmentsOnly();
    assertThat(doctor.examine(recorder).diagnoses()).isNotEmpty();
    trainer.run(80);
    assertThat(words(AT, recorder)).contains("1 of 2 values differ").doesNotContain("'0.weight'");
  }

  @Test
  void nothingAndASingleNumber() {
    Parameter nothing = Parameter.frozen("nothing", Tensor.zeros(Shape.of(0)));
    Parameter factor = Parameter.frozen("factor", Tensor.scalar(1));
    Map<String, Parameter> state = new LinkedHashMap<>(net.state());
    state.put("nothing", nothing);
    state.put("factor", factor);
    Trainer trainer =
        new Trainer(x -> net.forward(x).mul(factor), Losses::meanSquaredError, adam, loader);
    SpikeRecorder recorder = SpikeRecorder.attach(trainer, state);
    trainer.listen(after(AT, () -> nothing.update(w -> {})));
    trainer.listen(after(AT, () -> factor.update(w -> w[0] = 20)));
    trainer.run(AT + 80);
    assertThat(words(AT, recorder))
        .contains("'factor'", "its value is 20, 20 times as large, and 1 in the replay")
        .doesNotContain("'nothing'");
  }

  /** In a loop of one's own: the loss is another, and for that reason no step is made. */
  @Test
  void aLossSoHighThatTheStepIsLeftOut() {
    Trainer trainer = trainer();
    SpikeRecorder recorder = SpikeRecorder.of(trainer, net.state());
    LongPredicate high = t -> t >= AT && t < AT + 3;
    for (long t = 0; t < AT + 80; t++) {
      Batch batch = loader.batch(t);
      try (Tape tape = Tape.record()) {
        Tensor loss =
            Losses.meanSquaredError(net.forward(batch.inputs()), batch.targets())
                .mul(high.test(t) ? 100 : 1);
        Gradients gradients = tape.gradients(loss);
        if (!high.test(t)) {
          adam.step(gradients);
        }
        recorder.record(batch, loss.item(), gradients);
      }
    }
    assertThat(words(AT, recorder)).contains(SAME_WEIGHTS, "100 times as large", "or none did");
  }

  /** Repeated twice: neither time somebody else changed the weights. */
  @Test
  void theOptimizerStepsAgainAndAgain() {
    TrainingListener repeat =
        s -> {
          for (int k = 0; k < 60 && (s.number() == AT - 1 || s.number() == AT); k++) {
            adam.step(s.gradients());
          }
        };
    assertThat(examined(AT, trainer(), repeat))
        .contains("the optimizer took 61 steps instead of one")
        .doesNotContain("outside the optimizer");
  }

  /** Steps left out are no changes, nor are those made after them. */
  @Test
  void aStepForEveryOtherBatch() {
    Trainer trainer = trainer();
    SpikeRecorder recorder = SpikeRecorder.of(trainer, net.state());
    for (long t = 0; t < AT + 80; t++) {
      Batch batch = loader.batch(t);
      try (Tape tape = Tape.record()) {
        Tensor loss =
            Losses.meanSquaredError(net.forward(batch.inputs()), batch.targets())
                .mul(t >= AT && t < AT + 3 ? 100 : 1);
        Gradients gradients = tape.gradients(loss);
        if (t % 2 == 0) {
          adam.step(gradients);
        }
        recorder.record(batch, loss.item(), gradients);
      }
    }
    Diagnosis diagnosis =
        new SpikeDoctor()
            .withOnly(spike -> spike.onset() >= AT)
            .examine(recorder)
            .diagnoses()
            .get(0);
    assertThat(diagnosis.causes()).as(diagnosis.words()).containsExactly(Cause.UNKNOWN);
    assertThat(diagnosis.words()).contains("or none did").doesNotContain("outside the optimizer");
  }
}
