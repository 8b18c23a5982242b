package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikelet.optim.Adam;
import org.spikelet.spikes.World;

/** Causes in the data, of a spike with its onset at step 200. */
class DataCausesTest {

  private static final Probe FLAT = new Probe(1, 1.1, 1.4);
  private static final Probe ROSE = new Probe(1, 10, 1.4);

  private static final double SURE = 0.9;
  private static final double PARTLY = 0.3;

  private static Case at200(World world) {
    return Case.of(world.run(265), 200);
  }

  /** The two rows of each of these steps. */
  private static double high(int row, int from, int to) {
    return row / 2 >= from && row / 2 < to ? 10 : 1;
  }

  private static World hardRows() {
    return World.of(row -> high(row, 200, 205));
  }

  /** Hard rows, once the first or second weight is far enough. */
  private static World hardRowsBeyond(int weight, double distance) {
    return World.of((moved, row) -> moved[weight] > distance ? high(row, 200, 205) : 1);
  }

  /** What was found out of some facts. */
  private record Outcome(boolean found, Notes notes) {
    static Outcome of(Case one, ReplayedFacts facts) {
      Notes notes = new Notes();
      boolean found =
          new DataCauses(one.recorded, facts, one.tests, one.treatments(facts), notes).found();
      return new Outcome(found, notes);
    }

    static Outcome of(Case one, double hindsight, Probe probe, Integer... top) {
      return of(one, one.facts(hindsight, probe, Set.of(top)));
    }

    List<Treatment> deciding() {
      return Case.deciding(notes);
    }

    Optional<Evidence> evidence(Symptom symptom) {
      return Case.evidence(notes, symptom);
    }

    void assertFound(Cause... causes) {
      assertThat(notes.causes()).containsExactly(causes);
      assertThat(found).isTrue();
    }

    void assertNothing() {
      assertThat(notes.causes()).isEmpty();
      assertThat(found).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"-0.3, 0", "0, 0", "0.004, 0", "0.26, 26", "0.999, 100"})
  void hindsightIsSaidInPercent(double hindsight, String percent) {
    Evidence evidence =
        Outcome.of(at200(hardRows()), hindsight, ROSE)
            .evidence(Symptom.HINDSIGHT_RATIO)
            .orElseThrow();
    assertThat(evidence.value()).isEqualTo(hindsight);
    assertThat(evidence.words()).endsWith("already had " + percent + " % of its height");
  }

  @ParameterizedTest
  @CsvSource({
    "0.25, true, false",
    "0.251, true, true",
    "0.251, false, false",
    "0.5, true, true",
    "0.5, false, false",
    "0.501, false, true"
  })
  void dataIsAskedIfItWasHardBeforeOrPartlyAndTheProbeFlat(
      double hindsight, boolean flat, boolean asked) {
    Outcome outcome = Outcome.of(at200(hardRows()), hindsight, flat ? FLAT : ROSE);
    assertThat(outcome.deciding().contains(Treatment.OTHER_BATCH)).isEqualTo(asked);
  }

  @Test
  void allRowsInOneBatchAreNoData() {
    World world =
        World.of((moved, row) -> moved[0] > 199.5 && moved[0] < 205 ? 10 : 1).batches(4, 4);
    Outcome outcome = Outcome.of(at200(world), SURE, FLAT);
    outcome.assertNothing();
    assertThat(outcome.deciding()).isEmpty();
  }

  @Test
  void aHardBatch() {
    Outcome outcome = Outcome.of(at200(hardRows()), SURE, ROSE);
    outcome.assertFound(Cause.HARD_BATCH);
    assertThat(outcome.deciding())
        .containsExactly(Treatment.OTHER_BATCH, Treatment.EQUAL_STEPS, Treatment.HALF_RATE);
  }

  @Test
  void aPartlyHardBatchIsNotNamedAlone() {
    Outcome.of(at200(hardRows()), PARTLY, FLAT).assertNothing();
  }

  @Test
  void aPartlyHardBatchIsNamedWithTheSteps() {
    Outcome outcome = Outcome.of(at200(hardRowsBeyond(0, 190)), PARTLY, FLAT);
    outcome.assertFound(Cause.HARD_BATCH, Cause.OPTIMIZER_STEPS);
    assertThat(outcome.deciding())
        .containsExactly(Treatment.OTHER_BATCH, Treatment.EQUAL_STEPS, Treatment.HALF_RATE);
  }

  /** Adam moves a weight with small gradients as far as others; along the gradient it stays. */
  @Test
  void stepsAlongTheGradientMayDecide() {
    World world =
        hardRowsBeyond(1, 190).rule(Adam::new).slope((row, weight) -> weight == 0 ? 1 : 1e-3);
    Outcome outcome = Outcome.of(at200(world), SURE, FLAT);
    outcome.assertFound(Cause.HARD_BATCH, Cause.OPTIMIZER_STEPS);
    assertThat(outcome.deciding()).containsExactly(Treatment.OTHER_BATCH, Treatment.EQUAL_STEPS);
  }

  @Test
  void aSpikeThatAnyBatchHasIsNoHardBatch() {
    Outcome outcome = Outcome.of(at200(World.of((m, row) -> m[0] > 199.5 ? 10 : 1)), SURE, FLAT);
    outcome.assertNothing();
    assertThat(outcome.deciding()).containsExactly(Treatment.OTHER_BATCH);
  }

  /** Looked at are steps 200, 204, … 236; those before are high for the weights of step 180. */
  private static World changed(Set<Integer> low, int highBefore) {
    return World.of(
        (moved, row) -> {
          int step = row / 2;
          boolean after = step >= 200 && !low.contains(step);
          boolean before = step >= 200 - highBefore && step < 200 && moved[0] < 185;
          return after || before ? 10 : 1;
        });
  }

  @ParameterizedTest
  @CsvSource({"0, 0, true", "1, 0, true", "1, 1, true", "2, 0, false", "0, 2, false"})
  void dataHasChangedIfNearlyAllBatchesSaySo(int low, int before, boolean changed) {
    Set<Integer> lowSteps =
        IntStream.range(1, 1 + low).mapToObj(i -> 200 + 4 * i).collect(Collectors.toSet());
    Outcome outcome = Outcome.of(at200(changed(lowSteps, before)), SURE, ROSE);
    assertThat(outcome.notes().causes().equals(List.of(Cause.DATA_CHANGED))).isEqualTo(changed);
    Evidence batches = outcome.evidence(Symptom.BATCHES_AFTER).orElseThrow();
    assertThat(batches.value()).isEqualTo(10.0 - low);
    assertThat(batches.limit()).isEqualTo(9);
    assertThat(batches.words())
        .isEqualTo(
            "with these weights %s of 10 batches in the 40 steps from the onset on are as hard as a"
                    .formatted(10 - low)
                + " spike, and %s of the 10 before it".formatted(before));
    if (changed) {
      outcome.assertFound(Cause.DATA_CHANGED);
      assertThat(outcome.deciding()).isEmpty();
    }
  }

  @Test
  void changedDataMustHaveBeenHardBefore() {
    Outcome outcome = Outcome.of(at200(changed(Set.of(), 0)), PARTLY, FLAT);
    assertThat(outcome.evidence(Symptom.BATCHES_AFTER)).isEmpty();
  }

  @Test
  void sortedClassesAreNoChangedData() {
    Outcome outcome = Outcome.of(at200(changed(Set.of(), 0).classes(row -> row / 400)), SURE, ROSE);
    outcome.assertFound(Cause.SORTED_ORDER);
    assertThat(outcome.evidence(Symptom.BATCHES_AFTER)).isEmpty();
    assertThat(outcome.deciding()).containsExactly(Treatment.EQUAL_STEPS, Treatment.HALF_RATE);
    // All steps recorded from the replay's first on are of one class each.
    assertThat(outcome.evidence(Symptom.CLASSES_IN_BATCH).orElseThrow().words())
        .startsWith(
            "all rows of the batch are of one class, with its neighbours so are 110 batches in a"
                + " row; in random order the chance of that would be ");
  }

  /** Each row is of a class of its own, but for those of step 200. */
  @Test
  void oneBatchOfOneClassAmongMany() {
    World world = hardRows().classes(row -> row == 401 ? 400 : row);
    Outcome outcome = Outcome.of(at200(world), SURE, ROSE);
    outcome.assertFound(Cause.SORTED_ORDER);
    assertThat(outcome.evidence(Symptom.CLASSES_IN_BATCH).orElseThrow().words())
        .contains("so are 1 batch in a row; ")
        .endsWith("would be 0.00167"); // 598 / 600² + (2 / 600)²
  }

  /** Shorter steps take the spike away, but the order is the cause, if anything is. */
  @Test
  void stepsAreNoSecondCauseBesideSortedOrder() {
    World world = hardRowsBeyond(0, 190).classes(row -> row / 20);
    Outcome.of(at200(world), PARTLY, FLAT).assertFound(Cause.SORTED_ORDER);
  }

  /** As large a loss as is told in one row of each batch; the others have 1. */
  private static Case outlier(int size, double loss) {
    return at200(World.of(row -> row == 200 * size ? loss : 1).batches(300 * size, size));
  }

  @Test
  void anOutlier() {
    Outcome outcome = Outcome.of(outlier(10, 1000), SURE, ROSE, 2000);
    outcome.assertFound(Cause.OUTLIER_SAMPLES);
    assertThat(outcome.deciding())
        .containsExactly(Treatment.WITHOUT_TOP_ROWS, Treatment.EQUAL_STEPS, Treatment.HALF_RATE);
    Evidence rows = outcome.evidence(Symptom.ROWS_TO_BLAME).orElseThrow();
    assertThat(rows.value()).isEqualTo(1);
    assertThat(rows.limit()).isEqualTo(2);
    assertThat(rows.words())
        .isEqualTo("without 1 of its 10 rows the batch's loss is as usual: 2000");
  }

  @ParameterizedTest
  @CsvSource({
    "7, 1, true",
    "7, 2, false",
    "8, 2, true",
    "8, 3, false",
    "20, 2, true",
    "21, 3, true",
    "21, 4, false",
  })
  void fewRowsAreATenthOrTwoOfEight(int size, int blamed, boolean few) {
    Case one =
        at200(
            World.of(row -> row / size == 200 && row % size < blamed ? 100 : 1)
                .batches(300 * size, size));
    Integer[] top =
        IntStream.range(0, blamed).mapToObj(i -> 200 * size + i).toArray(Integer[]::new);
    Outcome outcome = Outcome.of(one, SURE, ROSE, top);
    outcome.assertFound(few ? Cause.OUTLIER_SAMPLES : Cause.HARD_BATCH);
    assertThat(outcome.evidence(Symptom.ROWS_TO_BLAME).isPresent()).isEqualTo(few);
  }

  /** A row that only these weights made large is no outlier: two others were larger before. */
  @ParameterizedTest
  @CsvSource({"1, OUTLIER_SAMPLES", "2, HARD_BATCH"})
  void anOutlierMustHaveBeenAmongTheLargest(int larger, Cause cause) {
    World world =
        World.of(
                (moved, row) -> {
                  boolean otherBefore = row > 2000 && row <= 2000 + larger && moved[0] < 190;
                  return row == 2000 ? 1000 : otherBefore ? 2000 : 1;
                })
            .batches(3000, 10);
    Outcome.of(at200(world), SURE, ROSE, 2000).assertFound(cause);
  }

  @Test
  void withoutTheWrongRowTheSpikeStays() {
    Outcome outcome = Outcome.of(outlier(10, 1000), SURE, ROSE, 2003);
    outcome.assertNothing();
    assertThat(outcome.deciding()).containsExactly(Treatment.WITHOUT_TOP_ROWS);
  }

  /** There is nothing to leave it out of. */
  @Test
  void aBatchOfOneRow() {
    Outcome outcome = Outcome.of(outlier(1, 10), SURE, ROSE, 200);
    outcome.assertFound(Cause.OUTLIER_SAMPLES);
    assertThat(outcome.deciding()).containsExactly(Treatment.EQUAL_STEPS, Treatment.HALF_RATE);
    assertThat(outcome.evidence(Symptom.ROWS_TO_BLAME).orElseThrow().words())
        .isEqualTo("the batch is the one row 200");
  }
}
