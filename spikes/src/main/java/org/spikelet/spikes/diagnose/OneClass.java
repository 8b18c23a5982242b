package org.spikelet.spikes.diagnose;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.Arrays;
import org.spikelet.autodiff.Tensor;

/**
 * Batches whose rows are all of one class: the peak's and those next to it without a gap.
 *
 * @param batches how many, those recorded; 0 if that of the peak is none, or if targets are no
 *     classes
 * @param chance of as many in random order, (Σ fₖⁿ)ᵐ with the classes' frequencies f, n rows in a
 *     batch and m batches; 1 if there are none
 */
record OneClass(long batches, double chance) {

  static OneClass of(RecordedFacts recorded) {
    if (!oneClass(recorded, recorded.peak())) {
      return new OneClass(0, 1);
    }
    long from = recorded.peak();
    while (from > recorded.firstReplayed() && oneClass(recorded, from - 1)) {
      from--;
    }
    long to = recorded.peak() + 1;
    while (to < recorded.recording().end() && oneClass(recorded, to)) {
      to++;
    }
    double[] all = recorded.trainer().loader().data().targets().toArray();
    int rows = recorded.peakBatch().size();
    double one =
        Arrays.stream(all).boxed().collect(groupingBy(c -> c, counting())).values().stream()
            .mapToDouble(n -> StrictMath.pow((double) n / all.length, rows))
            .sum();
    return new OneClass(to - from, StrictMath.pow(one, (double) (to - from)));
  }

  private static boolean oneClass(RecordedFacts recorded, long step) {
    Tensor targets = recorded.batch(step).targets();
    double[] classes = targets.toArray();
    return targets.shape().rank() == 1
        && classes.length > 1
        && Arrays.stream(classes).allMatch(c -> c == classes[0]);
  }

  /** Whether the order of the rows makes it so: small batches are of one class by chance. */
  boolean sorted() {
    return chance < Limits.PHASE;
  }
}
