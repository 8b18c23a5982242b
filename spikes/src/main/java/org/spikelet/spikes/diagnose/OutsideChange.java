package org.spikelet.spikes.diagnose;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.spikelet.spikes.detect.Spike;
import org.spikelet.spikes.detect.UsualRange;
import org.spikelet.spikes.replay.Replay;

/**
 * Says what is known of a spike whose unchanged replay has other bits: where the replay leaves the
 * recording and how, and whether the spike is gone in it.
 *
 * <p>A change from outside is named if the replay had the same bits up to that step, so that what
 * differs is not there all the time, as a hidden random state is; and if without it the spike is
 * gone.
 */
final class OutsideChange {

  /** How many steps have to be replayed to the bit before it. */
  private static final int SAME_BEFORE = 5;

  private final RecordedFacts recorded;
  private final MarkWatcher watcher;
  private final double[] losses;

  /** Runs the replay once more. */
  OutsideChange(RecordedFacts recorded, Replay replay) {
    this.recorded = recorded;
    this.watcher = new MarkWatcher(recorded);
    this.losses = replay.unchanged(watcher);
  }

  /**
   * Returns the diagnosis.
   *
   * @param otherLoss the first step whose loss differs
   */
  Diagnosis diagnose(long otherLoss) {
    Optional<FirstDifference.Found> found = new FirstDifference(recorded, watcher.steps()).find();
    Notes notes = new Notes();
    long same = found.map(f -> f.step() - recorded.firstReplayed()).orElse(0L);
    found.ifPresent(
        f ->
            notes.symptom(
                Symptom.FIRST_DIFFERENCE,
                (double) f.step(),
                Double.NaN,
                "at step %s, after %s replayed to the bit, %s",
                f.step(),
                Numbers.count(same, "step"),
                f.words()));
    if (found.isPresent() && same >= SAME_BEFORE && found.get().step() <= recorded.peak()) {
      double left = left(found.get().step());
      notes.symptom(
          Symptom.REPLAYED_HEIGHT,
          left,
          1 - TreatmentEffect.LARGE,
          "in the replay, in which nothing is done from outside, the spike had %s %% of its height",
          Numbers.percent(left));
      if (left <= 1 - TreatmentEffect.LARGE) {
        notes.cause(Cause.OUTSIDE_CHANGE);
      }
    }
    Spike spike = recorded.spike();
    boolean named = !notes.causes().isEmpty();
    return new Diagnosis(
        spike,
        named ? notes.causes() : List.of(Cause.UNKNOWN),
        named
            ? Wording.outsideChange(spike, notes)
            : Wording.notReproduced(
                found.map(FirstDifference.Found::step).orElse(otherLoss), notes),
        notes.evidence(),
        List.of(),
        Optional.empty(),
        false);
  }

  /**
   * The height of the spike in the replay, over the recorded one. Without the change it may come
   * earlier, though not before what differs.
   */
  private double left(long from) {
    UsualRange usual = recorded.recording().usualRange();
    long first = recorded.firstReplayed();
    double highest =
        LongStream.range(Math.min(from, recorded.onset()), recorded.recording().end())
            .mapToDouble(step -> usual.excess(losses[(int) (step - first)]))
            .max()
            .orElse(0);
    return highest / usual.excess(recorded.recording().peakLoss());
  }
}
