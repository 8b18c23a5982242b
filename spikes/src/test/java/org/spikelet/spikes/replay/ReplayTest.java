package org.spikelet.spikes.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.spikelet.optim.Adam;
import org.spikelet.optim.GradientTransformation;
import org.spikelet.optim.Sgd;
import org.spikelet.spikes.World;
import org.spikelet.spikes.record.SpikeRecorder;

/** A replay with another optimizer, and one that breaks down: from step 150 on. */
class ReplayTest {

  private final World world =
      World.of((moved, row) -> (row / 2 == 200 ? 10 : 1) + 1e-3 * moved[0])
          .rule(Adam::new)
          .slope((row, weight) -> weight == 0 ? row / 2 % 2 : 0); // 0 and 1 in turn

  private Replay replay;
  private double[] unchanged;

  @BeforeEach
  void record() {
    SpikeRecorder recorder = world.run(265);
    replay = new Replay(recorder.trainer(), recorder.recordings().get(0));
    unchanged = replay.unchanged(Replay.Observer.NONE);
    assertThat(replay.firstDifference(unchanged)).isEmpty();
    assertThat(replay.first()).isEqualTo(150);
    assertThat(replay.end()).isEqualTo(260);
  }

  @Test
  void anotherOptimizerOfTheSameKindIsGivenTheState() {
    Change again = Changes.optimizer(old -> new Adam(old.parameters(), old.schedule()));
    assertThat(replay.run(again, Replay.Observer.NONE)).isEqualTo(unchanged);
  }

  @Test
  void oneOfAnotherKindBeginsAnew() {
    Sgd.Settings momentum = Sgd.DEFAULTS.withMomentum(0.9);
    Change other = Changes.optimizer(old -> new Sgd(old.parameters(), old.schedule(), momentum));
    double[] losses = replay.run(other, Replay.Observer.NONE);
    // The gradient of step 150 is 0, and then SGD has no velocity: it stays where it was.
    assertThat(losses[1]).isEqualTo(losses[0]);
    assertThat(losses[2]).isGreaterThan(losses[1]);
    assertThat(unchanged[1]).isGreaterThan(unchanged[0]);
  }

  @Test
  void onceBrokenDownTheLossIsInfinite() {
    int[] calls = {0};
    GradientTransformation breaking =
        gradients -> {
          if (++calls[0] == 11) {
            throw new ArithmeticException("told to");
          }
          return gradients;
        };
    double[] losses = replay.run(Changes.transformation(old -> breaking), Replay.Observer.NONE);
    assertThat(Arrays.copyOf(losses, 10)).isEqualTo(Arrays.copyOf(unchanged, 10));
    assertThat(losses).hasSize(110);
    assertThat(Arrays.copyOfRange(losses, 10, 110)).containsOnly(Double.POSITIVE_INFINITY);
  }
}
