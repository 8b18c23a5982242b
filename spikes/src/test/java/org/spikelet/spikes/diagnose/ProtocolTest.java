package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.spikelet.optim.Adam;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Schedule;
import org.spikelet.spikes.Trainings;
import org.spikelet.spikes.Trainings.Training;
import org.spikelet.spikes.detect.UsualRange;
import org.spikelet.spikes.record.RecordedStretch;
import org.spikelet.spikes.record.Recording;
import org.spikelet.spikes.record.Snapshot;

/** Where the height of a replay is measured: steps 100 to 129, with the onset at 110. */
class ProtocolTest {

  private static final Recording RECORDING = recording();

  private static Recording recording() {
    Training training =
        Trainings.training(
            new DataLoader(Trainings.data(20, 0.1, 1), 20), Schedule.constant(0.01), Adam::new);
    training.trainer().run(100);
    Snapshot start =
        Snapshot.of(training.net().state().values().stream().toList(), training.trainer(), 100);
    RecordedStretch stretch = new RecordedStretch(training.trainer(), start, 30);
    training.trainer().listen(stretch).run(30);
    return stretch.recording(110);
  }

  private static double height(Protocol.Extent extent, int step, double loss) {
    double[] losses = new double[30];
    Arrays.fill(losses, 1);
    losses[step - 100] = loss;
    return extent.height(losses, RECORDING, RECORDING.usualRange());
  }

  @Test
  void fromJustBeforeTheOnsetOn() {
    double e = Math.exp(2);
    assertThat(height(Protocol.Extent.FROM_ONSET, 104, e)).isZero();
    for (int step : new int[] {105, 110, 129}) {
      // Less three times the scatter of 0.05.
      assertThat(height(Protocol.Extent.FROM_ONSET, step, e)).isCloseTo(1.85, offset(1e-6));
    }
  }

  @Test
  void atThePeakAlone() {
    double e = Math.exp(2);
    assertThat(height(Protocol.Extent.PEAK, 109, e)).isZero();
    assertThat(height(Protocol.Extent.PEAK, 110, e)).isCloseTo(1.85, offset(1e-6));
    assertThat(height(Protocol.Extent.PEAK, 111, e)).isZero();
  }

  /** A loss that is not finite is as high as the largest number, and so can be averaged. */
  @Test
  void heightsAreFinite() {
    UsualRange range = RECORDING.usualRange();
    for (double loss : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThat(height(Protocol.Extent.PEAK, 110, loss))
          .isEqualTo(range.excess(Double.MAX_VALUE))
          .isFinite();
    }
    assertThat(height(Protocol.Extent.PEAK, 110, 0)).isZero();
  }
}
