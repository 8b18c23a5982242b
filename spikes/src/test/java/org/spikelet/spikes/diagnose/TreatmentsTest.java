package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.spikelet.optim.Adam;
import org.spikelet.spikes.World;

/** How treatments are given, of a spike with its onset at step 200 in hard rows. */
class TreatmentsTest {

  private static double hard(int row) {
    return row / 2 >= 200 && row / 2 < 205 ? 10 : 1;
  }

  /** A loss that shows the weights. */
  private static Case showing() {
    World world = World.of((moved, row) -> hard(row) + 1e-3 * moved[0]);
    return Case.of(world.run(265), 200);
  }

  private static double recorded(Case one, long step) {
    return one.recorded.recording().signals().loss(step);
  }

  @Test
  void aTreatmentOfArithmeticIsOfPerturbedWeightsLikeItsPlacebo() {
    Case one = showing();
    TreatmentResult result = one.treatments(one.replayed).give(Treatment.HALF_RATE);
    assertThat(result.firstStep()).isEqualTo(150);
    assertThat(result.losses().get(0))
        .isNotEqualTo(recorded(one, 150))
        .isCloseTo(recorded(one, 150), offset(1e-5));
    assertThat(result.placeboLosses().get(0)).isEqualTo(result.losses().get(0)); // the same seed
    assertThat(result.placebo()).isEqualTo("weights perturbed by 1e-04");
  }

  @Test
  void anotherBatchIsOfTheWeightsAsTheyAre() {
    Case one = showing();
    TreatmentResult result = one.treatments(one.replayed).give(Treatment.OTHER_BATCH);
    for (int i = 0; i < 50; i++) {
      assertThat(result.losses().get(i)).isEqualTo(recorded(one, 150 + i));
    }
    assertThat(result.placeboLosses()).startsWith(recorded(one, 150), recorded(one, 151));
    assertThat(result.placebo()).isEqualTo("the batches before it in another order");
    assertThat(result.supports()).isTrue();
  }

  @Test
  void rowsAreLeftOutOfPerturbedWeightsAgainstOtherRows() {
    World world =
        World.of((moved, row) -> (row == 2000 ? 1000 : 1) + 1e-3 * moved[0]).batches(3000, 10);
    Case one = Case.of(world.run(265), 200);
    TreatmentResult result = one.treatments(one.replayed).give(Treatment.WITHOUT_TOP_ROWS);
    assertThat(result.losses().get(0)).isNotEqualTo(recorded(one, 150));
    assertThat(result.placebo()).isEqualTo("as many other rows left out");
    assertThat(result.losses().get(50)).isLessThan(2);
    assertThat(result.placeboLosses().get(50)).isGreaterThan(100);
  }

  /** Where any disturbance lifts the loss, a height counts from there. */
  @Test
  void heightsAreMeasuredFromWhereDisturbedWeightsLie() {
    World world =
        World.of(
            (moved, row) -> hard(row) * (Math.abs(moved[0] - Math.rint(moved[0])) > 1e-9 ? 3 : 1));
    Case one = Case.of(world.run(265), 200);
    Treatments treatments = one.treatments(one.replayed);
    TreatmentResult half = treatments.give(Treatment.CLIPPED_GRADIENTS);
    // 30 over 3 is as high as 10 over 1, less three times the scatter.
    assertThat(half.placeboHeights())
        .allSatisfy(h -> assertThat(h).isCloseTo(Math.log(10) - 0.15, offset(1e-5)));
    TreatmentResult other = treatments.give(Treatment.OTHER_BATCH);
    assertThat(other.placeboHeights())
        .allSatisfy(h -> assertThat(h).isCloseTo(Math.log(10) - 0.15, offset(1e-5)));
  }

  @Test
  void eachIsGivenOnce() {
    Case one = showing();
    Treatments treatments = one.treatments(one.replayed);
    Notes notes = new Notes();
    TreatmentResult result = treatments.give(Treatment.HALF_RATE);
    assertThat(treatments.support(Treatment.HALF_RATE, notes)).isFalse();
    assertThat(treatments.give(Treatment.HALF_RATE)).isSameAs(result);
    assertThat(treatments.done()).containsExactly(result);
    assertThat(notes.deciding()).containsExactly(result);
  }

  @Test
  void theRoutineGoesByTheTraining() {
    Case sgd = showing();
    Treatments treatments = sgd.treatments(sgd.replayed);
    treatments.giveRoutine();
    assertThat(treatments.done())
        .extracting(TreatmentResult::treatment)
        .contains(Treatment.HALF_RATE, Treatment.OTHER_BATCH)
        .doesNotContain(
            Treatment.AMSGRAD, Treatment.USUAL_RATE, Treatment.KEPT_STATE, Treatment.FILLED_BATCH);
    World world =
        World.of((m, row) -> m[0] > 199.5 && m[0] < 204 ? 10 : 1).batches(4, 4).rule(Adam::new);
    Case adam = Case.of(world.run(265), 200);
    Treatments full = adam.treatments(adam.replayed);
    full.giveRoutine();
    assertThat(full.done())
        .extracting(TreatmentResult::treatment)
        .contains(Treatment.HALF_RATE, Treatment.AMSGRAD)
        .doesNotContain(Treatment.OTHER_BATCH, Treatment.WITHOUT_TOP_ROWS);
  }

  /** A step is η / (√v + ε), with √v = 1: raised to the median √v, ε halves it. */
  @Test
  void epsilonIsRaisedToTheMedian() {
    World world =
        World.of((moved, row) -> hard(row) + 1e-3 * moved[0])
            .rule(Adam::new)
            .slope((row, weight) -> 1);
    Case one = Case.of(world.run(265), 200);
    TreatmentResult result = one.treatments(one.replayed).give(Treatment.RAISED_EPSILON);
    assertThat(result.losses().get(0)).isCloseTo(1.15, offset(1e-4));
    assertThat(result.losses().get(40)).isCloseTo(1.17, offset(1e-4));
    assertThat(result.placeboLosses().get(40)).isCloseTo(1.19, offset(1e-4));
  }

  /** Gradients of 0.5 until step 195, and of 10 from there on. */
  @Test
  void gradientsAreClippedAtTheirMedianNorm() {
    World world =
        World.of((moved, row) -> hard(row) + 1e-3 * moved[0])
            .slope((row, weight) -> weight == 1 ? 0 : row / 2 < 195 ? 0.5 : 10);
    Case one = Case.of(world.run(265), 200);
    TreatmentResult result = one.treatments(one.replayed).give(Treatment.CLIPPED_GRADIENTS);
    assertThat(result.losses().get(60)).isCloseTo(1 + 0.5 * 0.210, offset(1e-4));
    assertThat(result.placeboLosses().get(60))
        .isCloseTo(1 + 0.5 * 0.195 + 10 * 0.015, offset(1e-4));
  }

  @Test
  void aBatchIsFilledWithOtherRows() {
    World world =
        World.of((moved, row) -> row == 36 && moved[0] > 205 && moved[0] < 215 ? 10 : 1)
            .batches(37, 4);
    Case one = Case.of(world.run(265), 209);
    Facts facts = new Facts(one.recorded, one.replayed);
    for (long seed = 0; seed < 200; seed++) {
      int[] rows = Treatment.FILLED_BATCH.protocol(facts).change().make(seed).rows(209, new int[0]);
      assertThat(rows).hasSize(4).startsWith(36).doesNotHaveDuplicates();
    }
  }
}
