package org.spikelet.optim.spikes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
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

  private long seed = 1;
  private int probeRows = 128;
  private int most = Integer.MAX_VALUE;

  /** With seed 1, and a probe of 128 rows. */
  public SpikeDoctor() {}

  /** Sets the seed of placebos, probe and intervals, and returns this. */
  public SpikeDoctor seed(long seed) {
    this.seed = seed;
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
    String words =
        spikes.isEmpty()
            ? "no spikes in %s steps".formatted(recorder.steps())
            : "%s spikes in %s steps".formatted(spikes.size(), recorder.steps());
    return new Examination(recorder.steps(), spikes, diagnoses, words);
  }

  private Diagnosis examine(SpikeRecorder recorder, Recording recording) {
    Spike spike =
        recorder.spikes().stream()
            .filter(s -> s.onset() == recording.onset())
            .findFirst()
            .orElseThrow();
    Evaluation evaluation =
        new Evaluation(recorder.trainer(), recorder.parameters(), recording.start());
    Watcher watcher =
        new Watcher(
            recorder, recording, evaluation, rows(recorder, probeRows), rows(recorder, 256));
    Replay replay = new Replay(recorder.trainer(), recording);
    double[] losses = replay.unchanged(watcher);
    long different = firstDifference(losses, recording);
    if (different >= 0) {
      return new Diagnosis(
          spike,
          List.of(Cause.UNKNOWN),
          "not reproduced",
          List.of(),
          List.of(),
          Optional.empty(),
          false);
    }
    return new Diagnosis(
        spike,
        List.of(Cause.UNKNOWN),
        "unknown",
        List.of(),
        List.of(),
        Optional.of(watcher.ledger()),
        true);
  }

  private static long firstDifference(double[] losses, Recording recording) {
    long first = recording.start().step();
    for (int i = 0; i < losses.length; i++) {
      if (Double.doubleToLongBits(losses[i])
          != Double.doubleToLongBits(recording.signals().loss(first + i))) {
        return first + i;
      }
    }
    return -1;
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
