package org.spikelet.app.lab;

import org.spikelet.app.experiment.Setup;

/**
 * A run to make. Its result depends on nothing else.
 *
 * @param series which training
 * @param seed of data, weights and batches
 * @param steps how many
 */
record Job(Series series, int seed, long steps) {

  /** Returns the name of its file. */
  String file() {
    return series.id() + "-" + seed + ".json";
  }

  /** Returns what people call it. */
  String words() {
    return series.id() + ", seed " + seed;
  }

  /** Returns what its result depends on. */
  Fingerprint fingerprint() {
    return series.fingerprint(steps);
  }

  /** About how long it takes: rows seen, with a share for each step. */
  long cost() {
    return allSteps() * (16 + Math.min(setup().batchSize(), 1 << 20));
  }

  /** Some trainings go the way twice. */
  long allSteps() {
    return switch (setup().twist()) {
      case LOW_POINT, SHARPNESS -> 2 * steps;
      case FROZEN -> steps + 2L * Solution.BATCHES;
      default -> steps;
    };
  }

  private Setup setup() {
    return series.recipe().setup();
  }
}
