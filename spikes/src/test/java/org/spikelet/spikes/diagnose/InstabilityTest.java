package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.spikelet.spikes.World.RATE;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Parameter;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Schedule;
import org.spikelet.optim.Slot;
import org.spikelet.spikes.World;

/** A step too long, at full batch and in mini-batches: a spike with its onset at step 200. */
class InstabilityTest {

  /** Hard once the weight has moved so far. */
  private static World beyond(double distance) {
    return World.of((moved, row) -> moved[0] > distance ? 10 : 1);
  }

  /** Steps 200 and later do nothing. */
  private static World stopping(World world) {
    return world.schedule(t -> t < 200 ? RATE : 0);
  }

  private static Case at200(World world) {
    return Case.of(world.run(265), 200);
  }

  private static World fullBatch(World world, double ratio) {
    return world.batches(4, 4).curvature(2 * ratio / RATE);
  }

  @Test
  void instability() {
    Notes notes = at200(stopping(fullBatch(beyond(199.5), 0.92))).consult();
    assertThat(notes.causes()).containsExactly(Cause.INSTABILITY);
    assertThat(Case.deciding(notes)).containsExactly(Treatment.HALF_RATE);
    assertThat(notes.cures()).isEmpty();
    Evidence sharpness = Case.evidence(notes, Symptom.SHARPNESS).orElseThrow();
    assertThat(sharpness.value()).isCloseTo(0.92, offset(1e-9));
    assertThat(sharpness.words())
        .startsWith("the sharpness η·λ reached 0.92 of the stability threshold, 2, at step ");
  }

  @Test
  void instabilityUnderAdamHasCuresOfItsOwn() {
    // Adam's threshold is 38, and with gradients of 1 its preconditioner is 1.
    World world = stopping(fullBatch(beyond(199.5), 0.92 * 19)).rule(Adam::new);
    Notes notes = at200(world).consult();
    assertThat(notes.causes()).containsExactly(Cause.INSTABILITY);
    assertThat(notes.cures()).singleElement().asString().contains("AMSGrad");
  }

  @Test
  void belowTheThresholdItIsNoInstability() {
    Notes notes = at200(stopping(fullBatch(beyond(199.5), 0.88))).consult();
    assertThat(notes.causes()).containsExactly(Cause.UNKNOWN);
    assertThat(notes.deciding()).isEmpty();
    assertThat(Case.evidence(notes, Symptom.SHARPNESS).orElseThrow().value())
        .isCloseTo(0.88, offset(1e-9));
    assertThat(Case.evidence(notes, Symptom.PROBE_RISE)).isEmpty();
  }

  /** At half the rate the weight comes as far within the 60 steps after the onset. */
  @Test
  void aSpikeThatHalfTheRateLeavesIsNoInstability() {
    Notes notes = at200(fullBatch(beyond(199.5), 0.92)).consult();
    assertThat(notes.causes()).containsExactly(Cause.UNKNOWN);
    assertThat(Case.deciding(notes)).containsExactly(Treatment.HALF_RATE);
  }

  /** SGD, for which nobody has worked out a threshold. */
  private static final class Plain extends Optimizer {
    Plain(List<Parameter> parameters, Schedule schedule) {
      super(parameters, schedule);
    }

    @Override
    protected void update(Slot slot, double[] w, double[] g, int from, int to) {
      for (int i = from; i < to; i++) {
        w[i] -= slot.learningRate() * g[i];
      }
    }
  }

  @Test
  void withoutAThresholdSharpnessSaysNothing() {
    Notes notes = at200(stopping(fullBatch(beyond(199.5), 100)).rule(Plain::new)).consult();
    assertThat(notes.causes()).containsExactly(Cause.UNKNOWN);
    assertThat(Case.evidence(notes, Symptom.SHARPNESS)).isEmpty();
  }

  @Test
  void instabilityInMiniBatches() {
    Notes notes = at200(stopping(beyond(199.5))).consult();
    assertThat(notes.causes()).containsExactly(Cause.MINI_BATCH_INSTABILITY);
    assertThat(Case.deciding(notes)).containsExactly(Treatment.HALF_RATE);
    assertThat(notes.cures()).isEmpty();
    Evidence probe = Case.evidence(notes, Symptom.PROBE_RISE).orElseThrow();
    assertThat(probe.value()).isZero();
    assertThat(probe.limit()).isEqualTo(1 - 0.7);
    assertThat(probe.words())
        .isEqualTo(
            "on a fixed probe the loss rose from 1 to 10, and with half the learning rate to 1: 0 %"
                + " of the rise");
  }

  @Test
  void instabilityInMiniBatchesUnderAdam() {
    Notes notes = at200(stopping(beyond(199.5)).rule(Adam::new)).consult();
    assertThat(notes.causes()).containsExactly(Cause.MINI_BATCH_INSTABILITY);
    assertThat(notes.cures()).singleElement().asString().contains("AMSGrad");
  }

  /** At half the rate the weight comes to 176, and so has part of the way up. */
  private static World partOfTheWay(double peak, double part) {
    return World.of(
            (moved, row) -> Math.exp(moved[0] > 199.5 ? peak : moved[0] > 175.5 ? part * peak : 0))
        .schedule(t -> t < 202 ? RATE : 0);
  }

  @Test
  void aQuarterOfTheRiseLeftOnTheProbeIsLittle() {
    Notes notes = at200(partOfTheWay(2.2, 0.25)).consult();
    assertThat(notes.causes()).containsExactly(Cause.MINI_BATCH_INSTABILITY);
    assertThat(Case.evidence(notes, Symptom.PROBE_RISE).orElseThrow().words())
        .endsWith(": 25 % of the rise");
  }

  /** Half the rate takes 70.6 % of the height, but only 65 % of the rise on the probe. */
  @Test
  void aThirdOfTheRiseLeftOnTheProbeIsMuch() {
    Notes notes = at200(partOfTheWay(1.9, 0.35)).consult();
    assertThat(notes.causes()).containsExactly(Cause.UNKNOWN);
    assertThat(notes.deciding()).isEmpty();
  }

  /** The weights of all steps are as good as the probe says, but the spike is one of rows. */
  @Test
  void aProbeThatHalfTheRateKeepsDownDoesNotDecideAlone() {
    Case one = at200(World.of(row -> row / 2 >= 200 && row / 2 < 205 ? 10 : 1));
    Notes notes = one.consult(one.facts(0, new Probe(1, 2, 1.4), Set.of()));
    assertThat(Case.evidence(notes, Symptom.PROBE_RISE).orElseThrow().value()).isLessThan(0.3);
    assertThat(Case.deciding(notes)).containsExactly(Treatment.HALF_RATE);
    assertThat(notes.causes()).containsExactly(Cause.UNKNOWN);
  }

  @Test
  void theProbeIsNotAskedWhereTheDataIsToBlameOrTheWeightsAreNot() {
    Case one = at200(stopping(beyond(199.5)));
    Probe rose = new Probe(1, 10, 1.4);
    assertThat(one.consult(one.facts(0.5, rose, Set.of())).causes())
        .containsExactly(Cause.MINI_BATCH_INSTABILITY);
    for (ReplayedFacts facts :
        List.of(
            one.facts(0.51, rose, Set.of()),
            one.facts(0, new Probe(1, 1.3, 1.4), Set.of()),
            // It rose from 0: there is no share of that.
            one.facts(0, new Probe(0, 10, 0), Set.of()))) {
      Notes notes = one.consult(facts);
      assertThat(notes.causes()).containsExactly(Cause.UNKNOWN);
      assertThat(Case.evidence(notes, Symptom.PROBE_RISE)).isEmpty();
    }
  }
}
