package org.spikelet.spikes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.spikelet.optim.Trainer;

/**
 * Finds out why the spikes of a recorded training came, by replaying them.
 *
 * <p>Each spike is first run again unchanged: unless every loss has the same bits as in the
 * recording, nothing is concluded from replays, and the diagnosis says so. Then it is run with one
 * thing changed at a time, and compared with placebos that change as much without touching that
 * thing. A cause is named if the measurements point to it and the replays do not speak against it;
 * otherwise it is {@link Cause#UNKNOWN}.
 *
 * <p>An examination moves the model and the optimizer through the past, and puts them back at the
 * end, bit for bit.
 */
public final class SpikeDoctor {

  private static final int CURVATURE_ROWS = 256;

  private long seed = 1;
  private int repetitions = 6;
  private boolean allArms = true;
  private int probeRows = 128;
  private int most = Integer.MAX_VALUE;
  private Predicate<Spike> wanted = spike -> true;

  /** With seed 1, and a probe of 128 rows. */
  public SpikeDoctor() {}

  /** Sets the seed of placebos, probe and intervals, and returns this. */
  public SpikeDoctor seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Sets how often each arm is run, and returns this.
   *
   * @throws IllegalArgumentException if it is less than 2
   */
  public SpikeDoctor repetitions(int repetitions) {
    if (repetitions < 2) {
      throw new IllegalArgumentException(
          "repetitions: must be at least 2 for an interval, got " + repetitions);
    }
    this.repetitions = repetitions;
    return this;
  }

  /** Runs only the arms that decide, which is faster, and returns this. */
  public SpikeDoctor decisiveArmsOnly() {
    allArms = false;
    return this;
  }

  /**
   * Sets how many spikes to examine at most, the highest of those kept, and returns this.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public SpikeDoctor atMost(int spikes) {
    if (spikes < 1) {
      throw new IllegalArgumentException("atMost: must be at least 1, got " + spikes);
    }
    most = spikes;
    return this;
  }

  /** Examines only some of the spikes, and returns this. */
  public SpikeDoctor only(Predicate<Spike> wanted) {
    this.wanted = wanted;
    return this;
  }

  /**
   * Examines the spikes that a recorder kept.
   *
   * @return all spikes, and a diagnosis of each examined one
   */
  public Examination examine(SpikeRecorder recorder) {
    List<Recording> recordings = recorder.recordings();
    Trainer trainer = recorder.trainer();
    Snapshot present = Snapshot.of(recorder.parameters(), trainer.optimizer(), trainer.steps());
    List<Diagnosis> diagnoses = new ArrayList<>();
    try {
      List<Recording> highest =
          recordings.stream()
              .filter(recording -> wanted.test(spike(recorder, recording)))
              .sorted(Comparator.comparingDouble((Recording recording) -> -recording.peakHeight()))
              .limit(most)
              .sorted(Comparator.comparingLong(Recording::onset))
              .toList();
      for (Recording recording : highest) {
        diagnoses.add(examine(recorder, recording));
      }
    } finally {
      present.restore();
    }
    List<Spike> spikes = recorder.spikes();
    return new Examination(
        recorder.steps(),
        spikes,
        diagnoses,
        Wording.summary(recorder.steps(), spikes.size(), diagnoses));
  }

  private Diagnosis examine(SpikeRecorder recorder, Recording recording) {
    Spike spike = spike(recorder, recording);
    Examiner examiner =
        new Examiner(
            recorder,
            recording,
            spike,
            rows(recorder, probeRows),
            rows(recorder, CURVATURE_ROWS),
            repetitions,
            seed);
    if (!examiner.reproduced()) {
      return new Diagnosis(
          spike,
          List.of(Cause.UNKNOWN),
          notReproduced(examiner),
          List.of(),
          List.of(),
          Optional.empty(),
          false);
    }
    Judge judge = new Judge(examiner);
    List<Cause> causes = judge.causes();
    if (allArms) {
      runAll(examiner);
    }
    String words =
        Wording.verdict(spike, causes, judge.evidence(), judge.deciding(), examiner.probeRise());
    return new Diagnosis(
        spike,
        causes,
        words,
        judge.evidence(),
        examiner.arms().done(),
        Optional.of(examiner.ledger()),
        true);
  }

  private static Spike spike(SpikeRecorder recorder, Recording recording) {
    return recorder.spikes().stream()
        .filter(s -> s.onset() == recording.onset())
        .findFirst()
        .orElseThrow();
  }

  private static void runAll(Examiner examiner) {
    examiner.sharpness();
    Arms arms = examiner.arms();
    arms.halfRate();
    arms.ofAdam();
    arms.clipped();
    arms.equalSteps();
    if (examiner.trainer().loader().batches() > 1) {
      arms.otherBatch();
      Set<Integer> top = examiner.topRows();
      if (!top.isEmpty() && top.size() < examiner.peakBatch().size()) {
        arms.without(top);
      }
    }
  }

  private static String notReproduced(Examiner examiner) {
    long step = examiner.different();
    return ("The unchanged replay differs from the recording, first at step %s. So something that"
            + " the training depends on is not in the recorded state: a model with a random state"
            + " or a counter of its own, a loss that changes, or a loop that does more than the"
            + " trainer. Nothing can be concluded. Keep such state in a frozen Parameter that"
            + " net.state() returns, as Dropout does, and let the trainer do what the loop does.")
        .formatted(step);
  }

  /** Some rows of the data, the same each time; all, if there are no more. */
  private int[] rows(SpikeRecorder recorder, int count) {
    int size = recorder.trainer().loader().data().size();
    if (size <= 2 * count) {
      return IntStream.range(0, size).toArray();
    }
    int[] rows = new SplittableRandom(seed).ints(0, size).distinct().limit(count).toArray();
    Arrays.sort(rows);
    return rows;
  }
}
