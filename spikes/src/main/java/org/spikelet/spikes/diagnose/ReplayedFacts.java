package org.spikelet.spikes.diagnose;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.spikelet.spikes.detect.UsualRange;

/**
 * What is known of one spike from its unchanged replay.
 *
 * @param course what was measured step by step
 * @param hindsight how hard the peak's batch was for the weights of 20 steps before the onset,
 *     against the peak, in heights: near 1 the data is to blame; at or below 0 the weights moved
 * @param probe the loss of rows that stay the same, before the onset and after
 * @param topRows the fewest rows without which the loss of the peak's batch is in the usual range;
 *     empty if the losses of rows are not known, or each row is too large
 * @param largestRms the largest RMSₜ of a parameter from 5 steps before the onset to the peak
 * @param lossBySize how many times as large the loss of the smaller batch at an epoch's end is as
 *     that of the same rows in a batch of the usual size; NaN if none is in the spike, or if it is
 *     not known
 */
record ReplayedFacts(
    Course course,
    double hindsight,
    Probe probe,
    Set<Integer> topRows,
    double largestRms,
    double lossBySize) {

  private static final int MARGIN = 5;

  /** Takes the facts from what was watched. */
  static ReplayedFacts of(RecordedFacts recorded, CourseWatcher watched) {
    Course course = watched.course();
    UsualRange usual = recorded.recording().usualRange();
    return new ReplayedFacts(
        course,
        usual.level(watched.lossBefore()) / usual.level(recorded.recording().peakLoss()),
        Probe.of(course, recorded.onset(), usual),
        topRows(recorded.peakBatch().rows(), watched.peakLosses(), usual),
        between(course, recorded.onset() - MARGIN, recorded.peak() + 1)
            .mapToDouble(Course.Step::largestRms)
            .max()
            .orElse(Double.NaN),
        watched.lossBySize());
  }

  /**
   * Whether these rows of the peak's batch already were among the largest 20 steps before the
   * onset: each among the first 2k of its rows, for k of them. Unknown is no.
   */
  boolean rankedBefore(Set<Integer> top) {
    List<Double> before = course.peakLossesBefore();
    List<Integer> rows = course.peakRows();
    if (before.size() != rows.size()) {
      return false;
    }
    return IntStream.range(0, rows.size())
        .filter(i -> top.contains(rows.get(i)))
        .allMatch(
            i ->
                before.stream().filter(loss -> loss > before.get(i)).count()
                    < (long) Limits.RANKED * top.size());
  }

  static Stream<Course.Step> between(Course course, long from, long to) {
    return course.steps().stream().filter(s -> s.number() >= from && s.number() < to);
  }

  private static Set<Integer> topRows(int[] rows, double[] losses, UsualRange usual) {
    List<Integer> order =
        IntStream.range(0, losses.length)
            .boxed()
            .sorted((a, b) -> Double.compare(losses[b], losses[a]))
            .toList();
    Set<Integer> top = new HashSet<>();
    double rest = Arrays.stream(losses).sum();
    for (int i = 0; i < losses.length - 1; i++) {
      rest -= losses[order.get(i)];
      top.add(rows[order.get(i)]);
      if (usual.excess(rest / (losses.length - i - 1)) == 0) {
        return top;
      }
    }
    return losses.length == 1 ? Set.of(rows[0]) : Set.of();
  }
}
