package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Tape;
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
import org.spikelet.optim.Trainer;
import org.spikelet.optim.TrainingListener;
import org.spikelet.spikes.Trainings;
import org.spikelet.spikes.Trainings.Training;
import org.spikelet.spikes.record.SpikeRecorder;

/** Spikes made by something that the trainer does not do: what, where, and how large. */
class OutsideChangeTest {

  private static final long AT = 300;

  private final Module net =
      Trainings.net(new SplittableRandom(5), 16, List.of(BatchNorm.of(16), Activation.TANH));
  private final DataLoader loader = new DataLoader(Trainings.data(128, 0.01, 3), 32).withShuffle(4);
  private final Adam adam = new Adam(net.parameters(), 1e-2);

  private Trainer trainer(GradientTransformation transformation) {
    return Trainings.training(net, loader, adam, transformation).trainer();
  }

  private Trainer trainer() {
    return trainer(GradientTransformation.none());
  }

  private Diagnosis examined(Trainer trainer, TrainingListener meddler) {
    SpikeRecorder recorder = SpikeRecorder.attach(trainer, net.state());
    trainer.listen(meddler);
    trainer.run(AT + 80);
    return diagnosis(recorder);
  }

  private static Diagnosis diagnosis(SpikeRecorder recorder) {
    Examination examination =
        new SpikeDoctor()
            .withRepetitions(2)
            .withOnly(spike -> spike.onset() >= AT)
            .examine(recorder);
    assertThat(examination.diagnoses()).isNotEmpty();
    return examination.diagnoses().get(0);
  }

  /** Named with the step, and not reproduced. */
  private static void assertFound(Diagnosis diagnosis, long step, String... words) {
    assertThat(diagnosis.causes()).as(diagnosis.words()).containsExactly(Cause.OUTSIDE_CHANGE);
    assertThat(diagnosis.evidence(Symptom.FIRST_DIFFERENCE))
        .hasValueSatisfying(e -> assertThat(e.value()).isEqualTo((double) step));
    assertThat(diagnosis.words()).contains(words);
    assertThat(diagnosis.reproduced()).isFalse();
  }

  private static TrainingListener after(long step, Runnable change) {
    return s -> {
      if (s.number() == step - 1) {
        change.run();
      }
    };
  }

  @Test
  void aSingleWeight() {
    TrainingListener meddler =
        after(AT, () -> net.state().get("3.weight").update(w -> w[2 * 7 + 1] = 40));
    assertFound(
        examined(trainer(), meddler),
        AT,
        "'3.weight' were changed outside the optimizer",
        "1 of 32 values differ, most [7, 1]");
  }

  @Test
  void allWeightsOfALayer() {
    TrainingListener meddler =
        after(
            AT,
            () ->
                net.state()
                    .get("3.weight")
                    .update(w -> Arrays.setAll(w, i -> w[i] + (i % 2 == 0 ? 3 : -3))));
    assertFound(examined(trainer(), meddler), AT, "'3.weight'", "32 of 32 values differ");
  }

  @Test
  void theOptimizerStepsAgain() {
    TrainingListener meddler =
        s -> {
          for (int k = 0; k < 60 && s.number() == AT - 1; k++) {
            adam.step(s.gradients());
          }
        };
    assertFound(examined(trainer(), meddler), AT, "the optimizer took 61 steps instead of one");
  }

  @Test
  void aScaledLoss() {
    AtomicBoolean on = new AtomicBoolean();
    Trainer trainer =
        new Trainer(
            net::forward,
            (p, t) -> Losses.meanSquaredError(p, t).mul(on.get() ? 100 : 1),
            adam,
            loader);
    Diagnosis diagnosis =
        examined(trainer, s -> on.set(s.number() >= AT - 1 && s.number() < AT + 2));
    assertFound(diagnosis, AT, "100 times as large", "the model, its mode, the loss or the data");
  }

  @Test
  void clippingSwitchedOff() {
    AtomicBoolean off = new AtomicBoolean();
    GradientTransformation clip = Clipping.globalNorm(1e-3);
    Trainer trainer =
        trainer(g -> off.get() ? g.scale(-1e5) : clip.apply(g)); // and turned round, to be felt
    Diagnosis diagnosis =
        examined(trainer, s -> off.set(s.number() >= AT - 1 && s.number() < AT + 20));
    assertFound(
        diagnosis,
        AT,
        "not given the gradients of this loss",
        "6 of 6 parameters differ",
        "times as large");
  }

  /** In a loop of one's own another optimizer makes some steps. */
  @Test
  void anotherOptimizer() {
    Trainer trainer = trainer();
    SpikeRecorder recorder = SpikeRecorder.of(trainer, net.state());
    Optimizer other = new Adam(net.parameters(), 0.5);
    for (long t = 0; t < AT + 80; t++) {
      step(trainer, recorder, t, t >= AT && t < AT + 3 ? other::step : adam::step);
    }
    assertFound(diagnosis(recorder), AT, "another optimizer made the step");
  }

  private static void step(
      Trainer trainer, SpikeRecorder recorder, long t, Consumer<Gradients> step) {
    Batch batch = trainer.loader().batch(t);
    try (Tape tape = Tape.record()) {
      Tensor loss = trainer.loss().apply(trainer.model().apply(batch.inputs()), batch.targets());
      Gradients gradients = tape.gradients(loss);
      step.accept(gradients);
      recorder.record(batch, loss.item(), gradients);
    }
  }

  /** Dropout that is off at first: its random state says that the mode was another. */
  @Test
  void dropoutSwitchedOn() {
    Module dropout = Dropout.of(0.9, new SplittableRandom(7));
    AtomicBoolean on = new AtomicBoolean();
    Training training =
        Trainings.training(
            Trainings.net(new SplittableRandom(5), 16, List.of(Activation.TANH)), loader, adam);
    Module inner = training.net();
    Adam own = new Adam(inner.parameters(), 3e-3);
    Trainer trainer =
        new Trainer(
            x -> inner.forward(on.get() ? dropout.forward(x) : x),
            Losses::meanSquaredError,
            own,
            loader);
    SpikeRecorder recorder = SpikeRecorder.attach(trainer, inner.state());
    trainer.listen(s -> on.set(s.number() >= AT - 1));
    trainer.run(AT + 80);
    assertThat(diagnosis(recorder).words()).contains("the model, its mode, the loss or the data");
  }

  /** What somebody does in every step, and undoes, is no difference. */
  @Test
  void averagedWeightsLookedAtInEachStepAreNotToBlame() {
    Trainer trainer = trainer();
    SpikeRecorder recorder = SpikeRecorder.attach(trainer, net.state());
    trainer.listen(
        s ->
            net.parameters()
                .forEach(
                    p -> {
                      Tensor before = p.copy();
                      p.assign(before.mul(0.5));
                      p.assign(before);
                    }));
    trainer.listen(after(AT, () -> net.state().get("3.bias").update(w -> w[1] += 30)));
    trainer.run(AT + 80);
    Diagnosis diagnosis = diagnosis(recorder);
    assertFound(diagnosis, AT, "'3.bias' were changed outside the optimizer");
    assertThat(diagnosis.words()).doesNotContain("'0.weight'");
  }
}
