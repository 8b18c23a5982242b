package org.spikelet.spikes.diagnose;

import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.spikelet.spikes.detect.UsualRange;
import org.spikelet.spikes.replay.Evaluation;
import org.spikelet.spikes.replay.Replay;

/**
 * Counts, with the weights of 20 steps before the onset, which of ten batches before the onset and
 * of ten from it on have a loss as high as an onset's: if the data changed at the onset, those
 * before have not and those after have.
 */
final class NeighbouringBatches implements Replay.Observer {

  /** How many batches are looked at on each side. */
  static final int LOOKED_AT = 10;

  /** Those from the onset on lie so far apart, to see whether it stays. */
  private static final int APART = 4;

  private final RecordedFacts recorded;
  private final Evaluation evaluation;
  private long before;
  private long after;

  NeighbouringBatches(RecordedFacts recorded, Evaluation evaluation) {
    this.recorded = recorded;
    this.evaluation = evaluation;
  }

  @Override
  public void before(long step) {
    if (step == recorded.stepOfHindsight()) {
      UsualRange usual = recorded.recording().usualRange();
      long onset = recorded.onset();
      LongPredicate high =
          s -> usual.level(evaluation.loss(recorded.batch(s).rows())) > usual.onset();
      before = LongStream.rangeClosed(1, LOOKED_AT).map(i -> onset - i).filter(high).count();
      after = LongStream.range(0, LOOKED_AT).map(i -> onset + APART * i).filter(high).count();
    }
  }

  /** Whether all steps looked at are recorded, and those before are less than an epoch. */
  static boolean known(RecordedFacts recorded) {
    return recorded.batches() > LOOKED_AT
        && recorded.onset() - LOOKED_AT >= recorded.firstReplayed()
        && recorded.onset() + APART * LOOKED_AT <= recorded.recording().end();
  }

  /** How many of the batches before the onset are high. */
  long before() {
    return before;
  }

  /** How many from the onset on are high. */
  long after() {
    return after;
  }
}
