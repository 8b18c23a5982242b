package org.spikelet.app.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.spikelet.app.tables.RowNames;
import org.spikelet.app.training.Run;
import org.spikelet.spikes.detect.Spike;
import org.spikelet.spikes.detect.SpikeDetector;
import org.spikelet.spikes.diagnose.Examination;

/** The one sentence that comes first: how many spikes, how many of them examined, and why. */
final class Verdict {

  private Verdict() {}

  /** Says it of a run that counts rises to a lasting level among its spikes. */
  static String of(Run run, List<CauseGroup> groups, RowNames names) {
    int count = run.spikes().spikes().size();
    int steps = run.losses().length;
    if (count == 0) {
      return "No spikes in " + counted(steps, "step") + calm(steps);
    }
    Optional<Integer> examined =
        run.examination().map(Examination::diagnoses).map(List::size).filter(n -> n > 0);
    long shifts = run.spikes().spikes().stream().filter(Spike::shift).count();
    String in =
        " in "
            + counted(steps, "step")
            + (shifts == 0 ? "" : " (" + shifts + " of them a rise to a level that lasted)");
    return examined.isEmpty()
        ? counted(count, "spike") + in + ", none examined."
        : who(examined.get(), count, groups.size()) + in + ": " + why(groups, names) + ".";
  }

  private static String who(int examined, int count, int groups) {
    if (examined < count) {
      return String.format(
          Locale.ROOT,
          examined == 1
              ? "The one examined spike of %2$,d"
              : groups == 1 ? "All %d examined spikes of %,d" : "%d examined spikes of %,d",
          examined,
          count);
    }
    return count == 1
        ? "The one spike"
        : groups == 1 ? "All " + count + " spikes" : count + " spikes";
  }

  private static String why(List<CauseGroup> groups, RowNames names) {
    return groups.size() == 1
        ? groups.get(0).words(names)
        : groups.stream()
            .map(group -> group.diagnoses().size() + " × " + group.words(names))
            .collect(Collectors.joining("; "));
  }

  /** What was looked at. */
  private static String calm(int steps) {
    return steps <= SpikeDetector.WARM_UP
        ? ", of which the first " + SpikeDetector.WARM_UP + " are compared with nothing."
        : ": behind the first "
            + SpikeDetector.WARM_UP
            + ", which are compared with nothing, the loss never rose by ln 2 and six times its scatter"
            + " above the median of the calm steps before, up to 200.";
  }

  static String counted(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }
}
