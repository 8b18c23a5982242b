package org.spikelet.spikes.replay;

import java.util.List;
import java.util.stream.LongStream;

/**
 * Runs a change several times over, each time with a seed of its own.
 *
 * @param replay what is run again
 * @param count how often
 * @param firstSeed the seed of the first repetition; the others follow on
 */
public record Repetitions(Replay replay, int count, long firstSeed) {

  /** Returns the losses of each repetition, with a new change in each. */
  public List<double[]> run(Change.Factory factory) {
    return LongStream.range(firstSeed, firstSeed + count)
        .mapToObj(seed -> replay.run(factory.make(seed), Replay.Observer.NONE))
        .toList();
  }
}
