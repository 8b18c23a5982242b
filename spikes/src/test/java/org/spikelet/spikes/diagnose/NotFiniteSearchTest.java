package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spikelet.spikes.World;
import org.spikelet.spikes.detect.LossScale;
import org.spikelet.spikes.detect.UsualRange;
import org.spikelet.spikes.record.Noted;
import org.spikelet.spikes.record.Recording;
import org.spikelet.spikes.record.Snapshot;
import org.spikelet.spikes.record.SpikeRecorder;
import org.spikelet.spikes.replay.Evaluation;

/** Where a number is found that is not finite: the loss of step 200 is the first. */
class NotFiniteSearchTest {

  private World world = World.of(row -> row / 2 == 200 ? Double.NaN : 1);

  private NotFinite search(Double weight, long... steps) {
    Case one = Case.of(world.run(205), 200);
    RecordedFacts recorded = one.recorded;
    Evaluation evaluation =
        new Evaluation(
            recorded.trainer(),
            recorded.recorder().parameters(),
            Snapshot.of(recorded.recorder().parameters(), recorded.trainer(), 150));
    NotFiniteSearch search = new NotFiniteSearch(recorded, evaluation);
    world.weights().update(w -> w[1] = weight);
    for (long step : steps) {
      search.before(step);
    }
    return search.found();
  }

  @Test
  void theWeights() {
    NotFinite found = search(Double.NaN, 199, 200, 201);
    assertThat(found.source()).isEqualTo(NotFinite.Source.WEIGHTS);
    assertThat(found.words())
        .isEqualTo("before step 200 the model's state already held NaN or ±∞, in w");
  }

  @Test
  void onlyTheOnsetIsLookedAt() {
    assertThat(search(Double.NaN, 150, 199, 201, 204)).isEqualTo(NotFinite.nowhere());
  }

  /** The model makes it of finite numbers, and no operation. */
  @Test
  void whatTheModelComputesWith() {
    NotFinite found = search(1.0, 200);
    assertThat(found.source()).isEqualTo(NotFinite.Source.CONSTANT);
  }

  @Test
  void aTarget() {
    world = world.targets(row -> row == 401 ? Double.NaN : 0);
    NotFinite found = search(1.0, 200);
    assertThat(found.source()).isEqualTo(NotFinite.Source.DATA);
    assertThat(found.words())
        .isEqualTo("the data hold NaN or ±∞ in 1 row of step 200's batch: 401");
  }

  /** Of a recording from a step on, in which the norm at step 199 is told. */
  private static NotFinite search(long start, double norm, long... steps) {
    World world =
        World.of(row -> 1).targets(row -> row == 399 || row == 401 ? Double.POSITIVE_INFINITY : 0);
    SpikeRecorder recorder = SpikeRecorder.of(world.trainer(), Map.of("w", world.weights()));
    Noted noted = new Noted(100, start);
    for (long step = start; step < 210; step++) {
      noted.norm(step == 199 ? norm : 1);
    }
    Snapshot snapshot = Snapshot.of(recorder.parameters(), recorder.trainer(), start);
    NotFiniteSearch search =
        new NotFiniteSearch(
            new RecordedFacts(
                recorder,
                new Recording(
                    200,
                    200,
                    snapshot,
                    noted.signals(),
                    new UsualRange(LossScale.LOGARITHMIC, 1, 0.05, 1e-6))),
            new Evaluation(recorder.trainer(), recorder.parameters(), snapshot));
    for (long step : steps) {
      search.before(step);
    }
    return search.found();
  }

  /** Where the gradients of the step before were not finite it began there. */
  @Test
  void aGradientOfTheStepBefore() {
    String data = "the data hold NaN or ±∞ in 1 row of step ";
    assertThat(search(150, Double.NaN, 198, 199, 200).words()).isEqualTo(data + "199's batch: 399");
    assertThat(search(199, Double.NaN, 199, 200).words()).isEqualTo(data + "199's batch: 399");
    assertThat(search(150, 1, 198, 199, 200).words()).isEqualTo(data + "200's batch: 401");
    assertThat(search(200, 1, 200).words()).isEqualTo(data + "200's batch: 401");
  }
}
