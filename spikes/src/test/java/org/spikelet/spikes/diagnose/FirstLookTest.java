package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.World;
import org.spikelet.spikes.record.SpikeRecorder;

/** What ends a consultation before anything is treated. */
class FirstLookTest {

  private static Notes notes(Case one) {
    Notes notes = new Notes();
    boolean decides = new FirstLook(one.recorded, one.tests, notes).decides();
    assertThat(decides).isEqualTo(!notes.causes().isEmpty());
    return notes;
  }

  private static World hardAt(int step) {
    return World.of(row -> row / 2 == step ? 10 : 1);
  }

  @Test
  void fewerThan150StepsAreTheStart() {
    Notes notes = notes(Case.of(hardAt(149).run(210), 149));
    assertThat(notes.causes()).containsExactly(Cause.TOO_EARLY);
    Evidence steps = Case.evidence(notes, Symptom.STEPS_BEFORE).orElseThrow();
    assertThat(steps.value()).isEqualTo(149);
    assertThat(steps.limit()).isEqualTo(150);
    assertThat(steps.words()).isEqualTo("only 149 steps were recorded before it");
  }

  @Test
  void after150StepsThereIsSomethingToCompareWith() {
    Notes notes = notes(Case.of(hardAt(150).run(211), 150));
    assertThat(notes.causes()).isEmpty();
    assertThat(notes.evidence()).isEmpty();
  }

  /** What counts is what was recorded. */
  @Test
  void aRecorderThatCameLater() {
    World world = hardAt(200);
    Trainer trainer = world.trainer();
    trainer.run(60);
    SpikeRecorder recorder = SpikeRecorder.attach(trainer, Map.of("w", world.weights()));
    trainer.run(205);
    Notes notes = notes(Case.of(recorder, 200));
    assertThat(notes.causes()).containsExactly(Cause.TOO_EARLY);
    assertThat(Case.evidence(notes, Symptom.STEPS_BEFORE).orElseThrow().value()).isEqualTo(140);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void aLossThatIsNotFinite(double loss) {
    for (int onset : new int[] {20, 200}) {
      World world = World.of(row -> row / 2 == onset ? loss : 1);
      Notes notes = notes(Case.of(world.run(265), onset));
      assertThat(notes.causes()).containsExactly(Cause.NON_FINITE);
      assertThat(Case.evidence(notes, Symptom.LOSS_AT_ONSET).orElseThrow().words())
          .isEqualTo("the loss is %s at the onset itself".formatted(Numbers.of(loss)));
      assertThat(Case.evidence(notes, Symptom.FIRST_OPERATION)).isPresent();
      assertThat(Case.evidence(notes, Symptom.LOSS_BEFORE_ONSET)).isEmpty();
      assertThat(notes.cures()).hasSize(1);
    }
  }

  /** It grows by 7 % a step, slowly enough for the usual range to follow. */
  private static World growing(double last) {
    return World.of(
        row -> {
          int step = row / 2;
          return step > 199 ? Double.NaN : step == 199 ? last : 2 * Math.pow(1e6, step / 200.0);
        });
  }

  @Test
  void aLossThatHadGrownAMillionfoldHadDiverged() {
    Notes notes = notes(Case.of(growing(2.01e6).run(205), 200));
    assertThat(notes.causes()).containsExactly(Cause.INSTABILITY, Cause.NON_FINITE);
    assertThat(notes.cures()).hasSize(2).startsWith("a lower learning rate.");
    Evidence before = Case.evidence(notes, Symptom.LOSS_BEFORE_ONSET).orElseThrow();
    assertThat(before.value()).isEqualTo(2.01e6);
    assertThat(before.limit()).isEqualTo(2e6);
    assertThat(before.words()).startsWith("the loss had grown from 2 at step 0 to 2.01e6: ");
  }

  @Test
  void aMillionfoldIsNotMoreThanThat() {
    Notes notes = notes(Case.of(growing(2e6).run(205), 200));
    assertThat(notes.causes()).containsExactly(Cause.NON_FINITE);
    assertThat(Case.evidence(notes, Symptom.LOSS_BEFORE_ONSET)).isEmpty();
  }
}
