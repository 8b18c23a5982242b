package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.spikelet.spikes.World.RATE;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Optimizer;
import org.spikelet.spikes.World;
import org.spikelet.spikes.record.SpikeRecorder;

/**
 * Each cause with the facts for it, and with one of them missing; those of a step too long are in
 * {@link InstabilityTest}.
 */
class ConsultationTest {

  private static final double HIGH = 10;

  /** Two rows are of step t: 2t and 2t + 1. */
  private static double at(int row, int from, int to) {
    return row / 2 >= from && row / 2 < to ? HIGH : 1;
  }

  private static World beyond(double distance) {
    return World.of((moved, row) -> moved[0] > distance ? HIGH : 1);
  }

  private static Case at200(World world) {
    return Case.of(world.run(265), 200);
  }

  /** Gradients of 1 and −1 in turn, so that Adam hardly moves; another one at one step. */
  private static World turning(World world, int shocked, double shock) {
    return world
        .rule(Adam::new)
        .slope(
            (row, weight) ->
                weight == 1 ? 0 : row / 2 == shocked ? shock : row / 2 % 2 == 0 ? 1 : -1);
  }

  /** Adam's first step from nothing is a long one. */
  private static Case forgetting(World world) {
    SpikeRecorder recorder = turning(world, -1, 0).run(0);
    Optimizer optimizer = recorder.trainer().optimizer();
    recorder
        .trainer()
        .listen(
            step -> {
              if (step.number() == 193) {
                optimizer.restore(optimizer.blank());
              }
            })
        .run(265);
    return Case.of(recorder, 195);
  }

  @Test
  void lostState() {
    Notes notes = forgetting(beyond(2.3)).consult();
    assertThat(notes.causes()).containsExactly(Cause.OPTIMIZER_STATE_LOST);
    assertThat(Case.deciding(notes)).containsExactly(Treatment.KEPT_STATE);
    Evidence lost = Case.evidence(notes, Symptom.STATE_LOST).orElseThrow();
    assertThat(lost.value()).isEqualTo(194);
    assertThat(lost.words())
        .isEqualTo(
            "the optimizer's own count of steps was 194 after step 193, and 1 after step 194");
  }

  @Test
  void lostStateThatDidNothing() {
    Notes notes = forgetting(World.of(row -> at(row, 195, 200))).consult();
    assertThat(notes.causes()).containsExactly(Cause.HARD_BATCH);
    assertThat(Case.deciding(notes)).startsWith(Treatment.KEPT_STATE);
  }

  @Test
  void raisedRate() {
    World world = beyond(205.5).schedule(t -> t < 195 ? RATE : t < 200 ? 3 * RATE : 0);
    Notes notes = Case.of(world.run(265), 199).consult();
    assertThat(notes.causes()).containsExactly(Cause.LEARNING_RATE_CHANGED);
    assertThat(Case.deciding(notes)).containsExactly(Treatment.USUAL_RATE);
    Evidence rate = Case.evidence(notes, Symptom.LEARNING_RATE).orElseThrow();
    assertThat(rate.value()).isCloseTo(3, offset(1e-12));
    assertThat(rate.words()).isEqualTo("at step 195 the learning rate rose from 0.01 to 0.03");
  }

  @Test
  void rateRaisedTwice() {
    World world =
        beyond(205.5).schedule(t -> t < 195 ? RATE : t < 197 ? 3 * RATE : t < 200 ? 4 * RATE : 0);
    Evidence rate =
        Case.evidence(Case.of(world.run(265), 199).consult(), Symptom.LEARNING_RATE).orElseThrow();
    assertThat(rate.value()).isCloseTo(4, offset(1e-12));
    assertThat(rate.words())
        .isEqualTo("at step 195 the learning rate rose from 0.01 to 0.03, and then to 0.04");
  }

  @Test
  void raisedRateThatDidNothing() {
    World world = World.of(row -> at(row, 200, 205)).schedule(t -> t < 195 ? RATE : 3 * RATE);
    Notes notes = at200(world).consult();
    assertThat(notes.causes()).containsExactly(Cause.HARD_BATCH);
    assertThat(Case.deciding(notes)).startsWith(Treatment.USUAL_RATE);
  }

  /** Ten batches, the last of them smaller, whose rows are hard once the weight is far enough. */
  private static World lastBatch(int rows, int size, double from, double to) {
    int first = 9 * size;
    return World.of((moved, row) -> row >= first && moved[0] > from && moved[0] < to ? HIGH : 1)
        .batches(rows, size);
  }

  @Test
  void smallLastBatch() {
    Notes notes = Case.of(lastBatch(182, 20, 149.5, 900).run(265), 209).consult();
    assertThat(notes.causes()).containsExactly(Cause.SMALL_LAST_BATCH);
    assertThat(Case.deciding(notes)).containsExactly(Treatment.FILLED_BATCH);
    Evidence phase = Case.evidence(notes, Symptom.SPIKES_IN_LAST_BATCH).orElseThrow();
    assertThat(phase.value()).isCloseTo(1e-11, offset(1e-20));
    assertThat(phase.words())
        .isEqualTo(
            "of 11 spikes 11 are in the last batch of an epoch, which has 2 rows instead of 20; if"
                + " spikes came anywhere, the chance of so many there would be 1e-11");
  }

  /** With two rows more the batch is still hard. */
  @Test
  void smallLastBatchThatIsHardWhenFilled() {
    Notes notes = Case.of(lastBatch(38, 4, 149.5, 900).run(265), 209).consult();
    assertThat(notes.causes()).doesNotContain(Cause.SMALL_LAST_BATCH);
    assertThat(Case.deciding(notes)).startsWith(Treatment.FILLED_BATCH);
    assertThat(Case.evidence(notes, Symptom.HINDSIGHT_RATIO)).isPresent();
  }

  @Test
  void oneSpikeInASmallLastBatchMayBeChance() {
    Notes notes = Case.of(lastBatch(38, 4, 205, 215).run(265), 209).consult();
    assertThat(Case.evidence(notes, Symptom.SPIKES_IN_LAST_BATCH).orElseThrow().words())
        .startsWith("of 1 spike 1 is in the last batch")
        .endsWith("would be 0.1");
    assertThat(Case.deciding(notes)).doesNotContain(Treatment.FILLED_BATCH);
    assertThat(Case.evidence(notes, Symptom.HINDSIGHT_RATIO)).isPresent();
  }

  /** A single row cannot be told from its batch. */
  @Test
  void oneSpikeInALastBatchOfOneRowIsLeftOpen() {
    Notes notes = Case.of(lastBatch(37, 4, 205, 215).run(265), 209).consult();
    assertThat(notes.causes()).containsExactly(Cause.UNKNOWN);
    assertThat(notes.deciding()).isEmpty();
    assertThat(Case.evidence(notes, Symptom.HINDSIGHT_RATIO)).isEmpty();
  }

  @Test
  void shock() {
    Notes notes = at200(turning(beyond(4), 198, 100)).consult();
    assertThat(notes.causes()).containsExactly(Cause.GRADIENT_SHOCK);
    assertThat(Case.deciding(notes))
        .containsExactly(Treatment.CLIPPED_GRADIENTS, Treatment.HALF_RATE);
    Evidence rms = Case.evidence(notes, Symptom.LARGEST_RMS).orElseThrow();
    // v is the mean of 199 squares, of which the newest weigh most.
    double v = 1 + 0.001 * 9999 / (1 - Math.pow(0.999, 199));
    // Over both weights, of which the other has no gradient.
    assertThat(rms.value()).isCloseTo(100 / Math.sqrt(v) / Math.sqrt(2), offset(1e-6));
    assertThat(rms.words()).contains("up to 9.42 times as large");
  }

  @Test
  void aGradientAsTheOptimizerRemembersItIsNoShock() {
    Case one = at200(turning(beyond(4), 198, 100));
    Course course = one.replayed.course();
    Probe probe = one.replayed.probe();
    Notes at = one.consult(Case.facts(course, 0, probe, Set.of(), Limits.SHOCK));
    assertThat(at.causes()).containsExactly(Cause.UNKNOWN);
    assertThat(at.deciding()).isEmpty();
    assertThat(one.consult(Case.facts(course, 0, probe, Set.of(), 2.31)).causes())
        .containsExactly(Cause.GRADIENT_SHOCK);
  }

  /** Clipping cures what half the rate cures, too. */
  @Test
  void aSpikeThatHalfTheRateTakesAwayIsNoShock() {
    World world =
        turning(beyond(7), 198, 100).schedule(t -> t < 203 ? RATE : 0); // at half the rate at 4.5
    Case one = Case.of(world.run(265), 203);
    Notes notes = one.consult(one.facts(0, new Probe(1, 1.3, 1.4), Set.of()));
    assertThat(notes.causes()).containsExactly(Cause.UNKNOWN);
    assertThat(Case.deciding(notes))
        .containsExactly(Treatment.CLIPPED_GRADIENTS, Treatment.HALF_RATE);
  }

  @Test
  void aSpikeThatClippingLeavesIsNoShock() {
    Case one = at200(turning(World.of(row -> at(row, 200, 205)), 198, 100));
    Notes notes = one.consult(one.facts(0, new Probe(1, 1.3, 1.4), Set.of()));
    assertThat(notes.causes()).containsExactly(Cause.UNKNOWN);
    assertThat(Case.deciding(notes)).containsExactly(Treatment.CLIPPED_GRADIENTS);
  }

  /** SGD remembers nothing that a gradient could be too large for. */
  @Test
  void sgdKnowsNoShock() {
    Case one = at200(World.of(row -> at(row, 200, 205)));
    Notes notes = one.consult(one.facts(0, new Probe(1, 1.3, 1.4), Set.of()));
    assertThat(notes.causes()).containsExactly(Cause.UNKNOWN);
    assertThat(Case.evidence(notes, Symptom.LARGEST_RMS)).isEmpty();
    assertThat(Case.evidence(notes, Symptom.SPIKES_IN_LAST_BATCH)).isEmpty();
  }
}
