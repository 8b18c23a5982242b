package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.spikelet.spikes.World;

/** Batches of one class around the peak, which is step 200. */
class OneClassTest {

  private static OneClass of(World world) {
    return OneClass.of(Case.of(world.run(265), 200).recorded);
  }

  private static World hardAt200() {
    return World.of(row -> row / 2 == 200 ? 10 : 1);
  }

  @Test
  void theBatchesNextToThePeakAreCounted() {
    OneClass one =
        of(
            hardAt200()
                .classes(row -> (row / 2 >= 198 && row / 2 < 203) || row == 390 ? 0 : row % 2));
    assertThat(one.batches()).isEqualTo(5);
    double both = Math.pow(305 / 600.0, 2) + Math.pow(295 / 600.0, 2);
    assertThat(one.chance()).isCloseTo(Math.pow(both, 5), offset(1e-15));
    assertThat(one.sorted()).isFalse();
  }

  /** Those recorded, from the first that is replayed on: steps 150 to 259. */
  @Test
  void noMoreThanAreReplayed() {
    OneClass one = of(hardAt200().classes(row -> row / 300));
    assertThat(one.batches()).isEqualTo(110);
    assertThat(one.chance()).isCloseTo(Math.pow(0.5, 110), offset(1e-45));
    assertThat(one.sorted()).isTrue();
  }

  @Test
  void thePeakMustBeOfOneClass() {
    assertThat(of(hardAt200().classes(row -> row == 400 ? 1 : 0))).isEqualTo(new OneClass(0, 1));
  }

  @Test
  void numbersAreNoClasses() {
    assertThat(of(hardAt200())).isEqualTo(new OneClass(0, 1));
  }

  @Test
  void oneRowIsAlwaysOfOneClass() {
    World world = World.of(row -> row == 200 ? 10 : 1).batches(300, 1).classes(row -> row);
    assertThat(of(world)).isEqualTo(new OneClass(0, 1));
  }

  @Test
  void sortedIfTheChanceIsBelowOneInAHundred() {
    assertThat(new OneClass(1, 0.01).sorted()).isFalse();
    assertThat(new OneClass(1, 0.0099).sorted()).isTrue();
  }
}
