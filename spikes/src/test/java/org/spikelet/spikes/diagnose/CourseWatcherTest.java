package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Schedule;
import org.spikelet.optim.Slot;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.detect.LossScale;
import org.spikelet.spikes.detect.UsualRange;
import org.spikelet.spikes.record.Noted;
import org.spikelet.spikes.record.Recording;
import org.spikelet.spikes.record.Snapshot;
import org.spikelet.spikes.record.SpikeRecorder;
import org.spikelet.spikes.replay.Evaluation;

/** The numbers of a course, of two steps made by hand. */
class CourseWatcherTest {

  private static final Offset<Double> ROUNDING = offset(1e-12);

  private final Parameter a = Parameter.of("a", Tensor.vector(1, 2, 3));
  private final Parameter nothing = Parameter.of("nothing", Tensor.zeros(Shape.of(0)));
  private final Parameter b = Parameter.of("b", Tensor.vector(5));

  /** Divides by numbers of its own. */
  private static final class Dividing extends Optimizer {
    Dividing(List<Parameter> parameters) {
      super(parameters, Schedule.constant(0.1));
    }

    @Override
    protected void update(Slot slot, double[] w, double[] g, int from, int to) {}

    @Override
    public double[] preconditioner(int k) {
      return k == 0 ? new double[] {4, 1, 2} : k == 1 ? new double[0] : new double[] {0.5};
    }
  }

  /** The loss of a row is the row's input times a's first value. */
  private final Trainer trainer =
      new Trainer(
          x -> x.mul(a.gatherRows(0)),
          (predictions, targets) -> predictions.mean(),
          new Dividing(List.of(a, nothing, b)),
          new DataLoader(
              new Dataset(Tensor.vector(0, 2, 3, 4, -5, 6), Tensor.zeros(Shape.of(6))), 2));

  private final SpikeRecorder recorder =
      SpikeRecorder.of(trainer, Map.of("net.a", a, "net.nothing", nothing));

  /** Steps 0 and 1, of which the peak is one; the onset is the other, or the same. */
  private CourseWatcher watcher(long onset, long peak) {
    Snapshot start = Snapshot.of(recorder.parameters(), trainer, 0);
    Recording recording =
        new Recording(
            onset,
            peak,
            start,
            new Noted(3, 0).step(1, 0.1, 1).step(1, 0.2, 2).step(1, 0.2, 3).signals(),
            new UsualRange(LossScale.LOGARITHMIC, 1, 0.05, 1e-6));
    return new CourseWatcher(
        new RecordedFacts(recorder, recording),
        new Evaluation(trainer, recorder.parameters(), start),
        new int[] {0, 3});
  }

  /** A step with gradients and a change of the weights. */
  private void step(CourseWatcher watcher, long number, double[] ofA, double ofB, double moveB) {
    watcher.before(number);
    try (Tape tape = Tape.record()) {
      Tensor loss = a.mul(Tensor.vector(ofA)).sum().add(b.mul(ofB).sum()).add(nothing.sum().mul(1));
      Gradients gradients = tape.gradients(loss);
      watcher.gradients(number, gradients);
      a.update(w -> Arrays.setAll(w, i -> w[i] + ofA[i]));
      b.update(w -> w[0] += moveB);
      watcher.after(number, 7 + (double) number);
    }
  }

  @Test
  void twoSteps() {
    CourseWatcher watcher = watcher(1, 1);
    step(watcher, 0, new double[] {1, 0, 2}, 2, 2);
    step(watcher, 1, new double[] {2, 2, 1}, 4, -4);
    Course course = watcher.course();
    Course.Step first = course.steps().get(0);
    Course.Step second = course.steps().get(1);

    assertThat(first.number()).isZero();
    assertThat(first.loss()).isEqualTo(7);
    assertThat(first.batchSize()).isEqualTo(2);
    assertThat(first.probeLoss()).isEqualTo(2);
    assertThat(first.learningRate()).isEqualTo(0.1);
    assertThat(first.gradientNorm()).isEqualTo(3);
    assertThat(first.updateNorm()).isEqualTo(3);
    assertThat(first.updateCosine()).isNaN();

    assertThat(second.number()).isEqualTo(1);
    assertThat(second.index()).isEqualTo(1);
    assertThat(second.loss()).isEqualTo(8);
    assertThat(second.probeLoss()).isEqualTo(4); // a's first value is 2 by now
    assertThat(second.learningRate()).isEqualTo(0.2);
    assertThat(second.gradientNorm()).isEqualTo(5);
    assertThat(second.updateNorm()).isEqualTo(5);
    // (1·2 + 0·2 + 2·1 − 2·4) / (3 · 5)
    assertThat(second.updateCosine()).isCloseTo(-4 / 15.0, ROUNDING);
    assertThat(second.layers()).hasSize(2);

    Course.Layer ofA = second.layers().get(0);
    assertThat(ofA.name()).isEqualTo("net.a");
    assertThat(ofA.gradientNorm()).isEqualTo(3);
    assertThat(ofA.rms()).isCloseTo(Math.sqrt((0.25 + 4 + 0.25) / 3), ROUNDING);
    assertThat(ofA.updateRatio()).isCloseTo(3 / Math.sqrt(16 + 16 + 36), ROUNDING); // w = 4, 4, 6
    assertThat(ofA.medianRate()).isCloseTo(0.2 / 2, ROUNDING);
    assertThat(ofA.largestRate()).isCloseTo(0.2 / 1, ROUNDING);
    Course.Layer ofB = second.layers().get(1);
    assertThat(ofB.name()).isEqualTo("b");
    assertThat(ofB.gradientNorm()).isEqualTo(4);
    assertThat(ofB.rms()).isEqualTo(8);
    assertThat(ofB.updateRatio()).isCloseTo(4 / 3.0, ROUNDING);
    assertThat(ofB.largestRate()).isCloseTo(0.4, ROUNDING);
  }

  /** Hindsight is that of the replay's first step; the batch of step 1 has rows 2 and 3. */
  @Test
  void theRowsOfThePeak() {
    CourseWatcher watcher = watcher(1, 1);
    step(watcher, 0, new double[] {1, 0, 2}, 2, 2);
    assertThat(watcher.lossBefore()).isEqualTo(3.5);
    assertThat(watcher.peakLosses()).isEmpty();
    step(watcher, 1, new double[] {1, 0, 2}, 2, 2);
    assertThat(watcher.lossBefore()).isEqualTo(3.5);
    assertThat(watcher.peakLosses()).containsExactly(6, 8);
    Course course = watcher.course();
    assertThat(course.peakRows()).containsExactly(2, 3);
    assertThat(course.peakLossesBefore()).containsExactly(3.0, 4.0);
    assertThat(course.peakShares()).containsExactly(6 / 14.0, 8 / 14.0);
  }

  /** The batch of step 2 has a row with a negative loss. */
  @Test
  void ofANegativeLossThereIsNoShare() {
    CourseWatcher watcher = watcher(1, 2);
    watcher.before(2);
    assertThat(watcher.peakLosses()).containsExactly(-5, 6);
    assertThat(watcher.course().peakShares()).isEmpty();
  }

  @Test
  void aLossOfZeroIsAShareOfZero() {
    CourseWatcher watcher = watcher(0, 0);
    watcher.before(0);
    assertThat(watcher.course().peakShares()).containsExactly(0.0, 1.0);
  }
}
