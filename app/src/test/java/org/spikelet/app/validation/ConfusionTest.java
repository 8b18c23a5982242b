package org.spikelet.app.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.spikelet.spikes.detect.LossScale;
import org.spikelet.spikes.detect.Spike;
import org.spikelet.spikes.detect.UsualRange;
import org.spikelet.spikes.diagnose.Cause;
import org.spikelet.spikes.diagnose.Diagnosis;

class ConfusionTest {

  private static Confusion.Case one(Plant plant, Cause... causes) {
    UsualRange usual = new UsualRange(LossScale.LOGARITHMIC, 0.1, 0.05, 1e-7);
    Spike spike = new Spike(200, 200, 201, 1, usual, false);
    Diagnosis diagnosis =
        new Diagnosis(spike, List.of(causes), "", List.of(), List.of(), Optional.empty(), true);
    return new Confusion.Case(plant, "", diagnosis);
  }

  @Test
  void rightIsThePlantedCauseAlsoAsOneOfTwo() {
    assertThat(one(Plant.OUTLIERS, Cause.OUTLIER_SAMPLES).right()).isTrue();
    assertThat(one(Plant.OUTLIERS, Cause.INSTABILITY, Cause.OUTLIER_SAMPLES).right()).isTrue();
    assertThat(one(Plant.OUTLIERS, Cause.OUTLIER_SAMPLES).wrong()).isFalse();
  }

  @Test
  void unknownIsNotWrongButAnotherNameIs() {
    assertThat(one(Plant.OUTLIERS, Cause.UNKNOWN).undecided()).isTrue();
    assertThat(one(Plant.OUTLIERS, Cause.UNKNOWN).wrong()).isFalse();
    assertThat(one(Plant.OUTLIERS, Cause.HARD_BATCH).wrong()).isTrue();
    assertThat(one(Plant.NOTHING, Cause.HARD_BATCH).wrong()).isTrue();
  }

  /** One small net: the planted batches are named, whatever the number of threads. */
  @Test
  void aBadBatchIsNamed() throws Exception {
    List<Integer[]> shapes = List.of(new Integer[][] {{8}});
    List<Plant> plants = List.of(Plant.BAD_BATCH);
    List<String> progress = new ArrayList<>();
    Confusion confusion = Confusion.run(plants, 1, 1, shapes, 2, progress::add);
    assertThat(confusion.cases()).hasSize(6).allMatch(Confusion.Case::right);
    assertThat(confusion.cases()).allMatch(one -> one.diagnosis().reproduced());
    assertThat(confusion.table()).contains("right 6 of 6 (100.0 %), wrong names 0 (0.0 %)");
    assertThat(progress).hasSize(2);
    Confusion alone = Confusion.run(plants, 1, 1, shapes, 1, progress::add);
    assertThat(alone.table()).isEqualTo(confusion.table());
    assertThat(alone.cases().stream().map(a -> a.diagnosis().words()).toList())
        .isEqualTo(confusion.cases().stream().map(a -> a.diagnosis().words()).toList());
  }
}
