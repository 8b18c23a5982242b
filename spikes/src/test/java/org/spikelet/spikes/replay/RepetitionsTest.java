package org.spikelet.spikes.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.optim.Adam;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Schedule;
import org.spikelet.spikes.Trainings;
import org.spikelet.spikes.Trainings.Training;
import org.spikelet.spikes.record.RecordedStretch;
import org.spikelet.spikes.record.Snapshot;

/** Each repetition has a change of its own. */
class RepetitionsTest {

  /** A rate that falls with the largest norm seen so far: it has a state. */
  private static final class Cautious implements Change {
    private double largest;

    @Override
    public double learningRate(long step, double rate, Gradients gradients) {
      largest = Math.max(largest, gradients.norm());
      return rate / (1 + largest);
    }
  }

  private final Training training =
      Trainings.training(
          new DataLoader(Trainings.data(40, 0.1, 1), 16).shuffle(2),
          Schedule.constant(0.05),
          Adam::new);

  private Replay replay() {
    List<Parameter> state = List.copyOf(training.net().state().values());
    Snapshot start = Snapshot.of(state, training.trainer(), 0);
    RecordedStretch stretch = new RecordedStretch(training.trainer(), start, 20);
    training.trainer().listen(stretch).run(20);
    return new Replay(training.trainer(), stretch.recording(15));
  }

  @Test
  void noStateIsCarriedFromOneRepetitionIntoTheNext() {
    Replay replay = replay();
    double[] alone = replay.run(new Cautious(), Replay.Observer.NONE);
    List<double[]> runs = new Repetitions(replay, 3, 7).run(seed -> new Cautious());
    assertThat(runs).hasSize(3).allSatisfy(losses -> assertThat(losses).isEqualTo(alone));
    // One and the same change would have brought its state along.
    Change used = new Cautious();
    replay.run(used, Replay.Observer.NONE);
    assertThat(replay.run(used, Replay.Observer.NONE)).isNotEqualTo(alone);
  }

  @Test
  void eachHasItsOwnSeed() {
    Replay replay = replay();
    List<double[]> runs = new Repetitions(replay, 2, 7).run(seed -> Changes.perturbed(1e-3, seed));
    assertThat(runs.get(0))
        .isEqualTo(replay.run(Changes.perturbed(1e-3, 7), Replay.Observer.NONE))
        .isNotEqualTo(runs.get(1));
    assertThat(runs.get(1)).isEqualTo(replay.run(Changes.perturbed(1e-3, 8), Replay.Observer.NONE));
  }

  @Test
  void aJointFactoryMakesBothAnewWithTheSameSeed() {
    Change.Factory one = seed -> Changes.rateTimes((double) seed);
    Change.Factory other = seed -> Changes.rateAtMost((double) seed);
    assertThat(one.and(other).make(3).learningRate(0, 0.5, Gradients.none())).isEqualTo(1.5);
    assertThat(one.and(other).make(3).learningRate(0, 2, Gradients.none())).isEqualTo(3);
  }
}
