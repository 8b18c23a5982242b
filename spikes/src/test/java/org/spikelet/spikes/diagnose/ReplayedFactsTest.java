package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikelet.optim.Adam;
import org.spikelet.spikes.World;

/** What is read from an unchanged replay, of a spike with its onset at step 200. */
class ReplayedFactsTest {

  private static ReplayedFacts facts(World world) {
    return Case.of(world.run(265), 200).replayed;
  }

  /** The batch that has 10 at the peak has 3 with the weights of step 180. */
  @Test
  void hindsightIsAShareOfTheHeight() {
    double hindsight =
        facts(World.of((moved, row) -> row / 2 != 200 ? 1 : moved[0] > 180.5 ? 10 : 3)).hindsight();
    assertThat(hindsight).isCloseTo(Math.log(3) / Math.log(10), offset(1e-5));
  }

  /** A gradient of 100 after ones of 1 and −1: from 5 steps before the onset to the peak. */
  @ParameterizedTest
  @CsvSource({"194, false", "195, true", "202, true", "203, false"})
  void theLargestRmsIsThatOfTheStepsUpToThePeak(int shocked, boolean seen) {
    World world =
        World.of(row -> row / 2 < 200 || row / 2 > 202 ? 1 : row / 2 == 202 ? 11 : 10)
            .rule(Adam::new)
            .slope((row, k) -> k == 1 ? 0 : row / 2 == shocked ? 100 : row / 2 % 2 == 0 ? 1 : -1);
    if (seen) {
      assertThat(facts(world).largestRms()).isGreaterThan(9);
    } else {
      assertThat(facts(world).largestRms()).isLessThan(1);
    }
  }

  /** Batches of four rows, of which those of step 200 have these losses. */
  private static Set<Integer> topRows(double... losses) {
    int size = losses.length;
    World world = World.of(row -> row / size == 200 ? losses[row % size] : 1);
    return facts(world.batches(300 * size, size)).topRows();
  }

  @Test
  void theFewestRowsWithoutWhichTheLossIsUsual() {
    assertThat(topRows(1, 100, 1, 1)).containsExactly(801);
    assertThat(topRows(50, 1, 1, 100)).containsExactlyInAnyOrder(800, 803);
    // The mean of the other two is 1.1, of the other three 1.4.
    assertThat(topRows(2, 1.1, 100, 1.1)).containsExactlyInAnyOrder(800, 802);
    assertThat(topRows(1, 100, 50, 20)).containsExactlyInAnyOrder(801, 802, 803);
    // Without the largest the mean is 1.1, which is within three times the scatter of 0.05.
    assertThat(topRows(100, 1.1, 1.1, 1.1)).containsExactly(800);
    // And 1.2 is not.
    assertThat(topRows(100, 1.2, 1.2, 1)).hasSize(1);
    assertThat(topRows(100, 1.4, 1.2, 1)).hasSize(2);
    // What is left is a loss of 0, or less by rounding.
    assertThat(topRows(0, 100.1, 0, 0)).containsExactly(801);
  }

  @Test
  void noneIfEachRowIsTooLarge() {
    assertThat(topRows(10, 10, 10, 10)).isEmpty();
  }

  @Test
  void theOnlyRow() {
    assertThat(topRows(10)).containsExactly(200);
  }

  /** In units of the loss, on the linear scale. */
  @Test
  void rowsOfNegativeLosses() {
    double[] losses = {-3, 40, -3, -3};
    World world =
        World.of(row -> row / 4 == 200 ? losses[row % 4] : -3 + 0.1 * (row / 4 % 3))
            .batches(1200, 4);
    assertThat(facts(world).topRows()).containsExactly(801);
  }

  private static boolean ranked(List<Double> before, Integer... top) {
    Course course =
        new Course(List.of(), List.of(), List.of(70, 71, 72, 73, 74), List.of(), before);
    return Case.facts(course, 1, new Probe(1, 1, 1.4), Set.of(), 1).rankedBefore(Set.of(top));
  }

  /** One row must have been among the first two, two among the first four. */
  @Test
  void rowsToBlameWereAmongTheLargestBefore() {
    List<Double> before = List.of(5.0, 1.0, 4.0, 2.0, 3.0);
    assertThat(ranked(before, 70)).isTrue();
    assertThat(ranked(before, 72)).isTrue();
    assertThat(ranked(before, 74)).isFalse();
    assertThat(ranked(before, 70, 73)).isTrue();
    assertThat(ranked(before, 70, 71)).isFalse();
    assertThat(ranked(List.of(1.0, 1.0, 1.0, 1.0, 1.0), 73)).isTrue();
    assertThat(ranked(List.of(), 70)).isFalse();
  }

  @Test
  void stepsBetween() {
    List<Course.Step> steps =
        LongStream.range(10, 15)
            .mapToObj(n -> new Course.Step(n, 0, 0, 1, 1, 1, 1, 1, 1, 1, List.of()))
            .toList();
    Course course = new Course(steps, List.of(), List.of(), List.of(), List.of());
    assertThat(ReplayedFacts.between(course, 11, 14).map(Course.Step::number))
        .containsExactly(11L, 12L, 13L);
  }
}
