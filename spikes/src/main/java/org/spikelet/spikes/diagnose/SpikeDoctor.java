package org.spikelet.spikes.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.detect.Spike;
import org.spikelet.spikes.record.Recording;
import org.spikelet.spikes.record.Snapshot;
import org.spikelet.spikes.record.SpikeRecorder;
import org.spikelet.spikes.replay.Evaluation;
import org.spikelet.spikes.replay.Replay;

/**
 * Finds out why the spikes of a recorded training came, by replaying them.
 *
 * <p>Each spike is first run again unchanged. Unless every loss has the same bits as in the
 * recording, nothing is concluded from treatments: the diagnosis says in which step the replay
 * first differs and how, and names {@link Cause#OUTSIDE_CHANGE} if the steps before were the same
 * and the spike is gone. Otherwise it is treated: run with one thing changed at a time, and
 * compared with placebos that change as much without touching that thing. A cause is named if the
 * symptoms point to it and a treatment supports it; otherwise it is {@link Cause#UNKNOWN}.
 *
 * <p>An examination moves the model and the optimizer through the past, and puts them back at the
 * end, bit for bit. A doctor is a value: each setting returns a changed copy.
 */
public final class SpikeDoctor {

  private static final int PROBE_ROWS = 128;
  private static final int CURVATURE_ROWS = 256;

  private final long seed;
  private final int repetitions;
  private final Thoroughness thoroughness;
  private final int most;
  private final Predicate<Spike> wanted;

  /** How much is done for each spike. */
  private enum Thoroughness {
    DECISIVE_TREATMENTS,
    ALL_TREATMENTS
  }

  /** With seed 1 and 6 repetitions, all treatments, and all spikes. */
  public SpikeDoctor() {
    this(1, 6, Thoroughness.ALL_TREATMENTS, Integer.MAX_VALUE, spike -> true);
  }

  private SpikeDoctor(
      long seed, int repetitions, Thoroughness thoroughness, int most, Predicate<Spike> wanted) {
    this.seed = seed;
    this.repetitions = repetitions;
    this.thoroughness = thoroughness;
    this.most = most;
    this.wanted = wanted;
  }

  /** Returns a doctor with another seed of placebos, probe and ranges. */
  public SpikeDoctor withSeed(long seed) {
    return new SpikeDoctor(seed, repetitions, thoroughness, most, wanted);
  }

  /**
   * Returns a doctor that runs each treatment so often.
   *
   * @throws IllegalArgumentException if it is less than 2
   */
  public SpikeDoctor withRepetitions(int repetitions) {
    if (repetitions < 2) {
      throw new IllegalArgumentException(
          "repetitions: must be at least 2 for a range, got " + repetitions);
    }
    return new SpikeDoctor(seed, repetitions, thoroughness, most, wanted);
  }

  /** Returns a doctor that gives only the treatments that decide, which is faster. */
  public SpikeDoctor withDecisiveTreatmentsOnly() {
    return new SpikeDoctor(seed, repetitions, Thoroughness.DECISIVE_TREATMENTS, most, wanted);
  }

  /**
   * Returns a doctor that examines so many spikes at most, the highest of those kept.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public SpikeDoctor withAtMost(int spikes) {
    if (spikes < 1) {
      throw new IllegalArgumentException("atMost: must be at least 1, got " + spikes);
    }
    return new SpikeDoctor(seed, repetitions, thoroughness, spikes, wanted);
  }

  /** Returns a doctor that examines only some of the spikes. */
  public SpikeDoctor withOnly(Predicate<Spike> wanted) {
    return new SpikeDoctor(seed, repetitions, thoroughness, most, wanted);
  }

  /**
   * Examines the spikes that a recorder kept.
   *
   * @return all spikes, and a diagnosis of each examined one
   */
  public Examination examine(SpikeRecorder recorder) {
    Trainer trainer = recorder.trainer();
    Snapshot present = Snapshot.of(recorder.parameters(), trainer, trainer.steps());
    List<Diagnosis> diagnoses = new ArrayList<>();
    recorder.leaveOut(() -> diagnose(recorder, present, diagnoses));
    List<Spike> spikes = recorder.spikes();
    return new Examination(
        recorder.steps(), spikes, diagnoses, Wording.summary(recorder.steps(), spikes, diagnoses));
  }

  private void diagnose(SpikeRecorder recorder, Snapshot present, List<Diagnosis> diagnoses) {
    try {
      List<RecordedFacts> highest =
          recorder.recordings().stream()
              .map(recording -> new RecordedFacts(recorder, recording))
              .filter(recorded -> wanted.test(recorded.spike()))
              // Those of which nothing can be said take no other's place.
              .sorted(
                  Comparator.comparing(RecordedFacts::early)
                      .thenComparingDouble(r -> -r.recording().peakHeight()))
              .limit(most)
              .sorted(Comparator.comparingLong(RecordedFacts::onset))
              .toList();
      for (RecordedFacts recorded : highest) {
        diagnoses.add(diagnose(recorded));
      }
    } finally {
      present.restore();
    }
  }

  private Diagnosis diagnose(RecordedFacts recorded) {
    Recording recording = recorded.recording();
    Trainer trainer = recorded.trainer();
    Evaluation evaluation =
        new Evaluation(trainer, recorded.recorder().parameters(), recording.start());
    Replay replay = new Replay(trainer, recording);
    int[] probe = someRows(recorded, PROBE_ROWS);
    CourseWatcher watcher = new CourseWatcher(recorded, evaluation, probe);
    OptionalLong different = replay.firstDifference(replay.unchanged(watcher));
    if (different.isPresent()) {
      return new OutsideChange(recorded, replay).diagnose(different.getAsLong());
    }
    Facts facts = new Facts(recorded, ReplayedFacts.of(recorded, watcher));
    FurtherTests tests =
        new FurtherTests(recorded, replay, evaluation, probe, someRows(recorded, CURVATURE_ROWS));
    return diagnose(facts, tests, new Treatments(facts, replay, repetitions, seed));
  }

  private Diagnosis diagnose(Facts facts, FurtherTests tests, Treatments treatments) {
    Notes notes = new Consultation(facts, tests, treatments).hold();
    if (thoroughness == Thoroughness.ALL_TREATMENTS) {
      tests.measureSharpness();
      treatments.giveRoutine();
    }
    Spike spike = facts.recorded().spike();
    return new Diagnosis(
        spike,
        notes.causes(),
        Wording.diagnosis(spike, notes, facts.replayed().probe()),
        notes.evidence(),
        treatments.done(),
        Optional.of(facts.replayed().course().with(tests.sharpness())),
        true);
  }

  /** Some rows of the data, the same each time; all, if there are no more. */
  private int[] someRows(RecordedFacts recorded, int count) {
    int size = recorded.trainer().loader().data().size();
    if (size <= 2 * count) {
      return IntStream.range(0, size).toArray();
    }
    int[] rows = new SplittableRandom(seed).ints(0, size).distinct().limit(count).toArray();
    Arrays.sort(rows);
    return rows;
  }
}
