package org.spikelet.app.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.spikelet.app.report.NamedRows;
import org.spikelet.app.tables.RowNames;
import org.spikelet.spikes.diagnose.Cause;
import org.spikelet.spikes.diagnose.Diagnosis;

/**
 * Spikes with the same first cause.
 *
 * @param cause of all of them
 * @param diagnoses in the order of the steps
 */
record CauseGroup(Cause cause, List<Diagnosis> diagnoses) {

  private static final int STEPS = 6;

  /** Those of which nothing can be said. */
  private static final Set<Cause> OPEN = Set.of(Cause.UNKNOWN, Cause.TOO_EARLY);

  /** Returns the groups, those with a cause first, then the larger ones. */
  static List<CauseGroup> of(List<Diagnosis> diagnoses) {
    Map<Cause, List<Diagnosis>> groups = new LinkedHashMap<>();
    for (Diagnosis diagnosis : diagnoses) {
      groups.computeIfAbsent(diagnosis.causes().get(0), cause -> new ArrayList<>()).add(diagnosis);
    }
    return groups.entrySet().stream()
        .map(entry -> new CauseGroup(entry.getKey(), List.copyOf(entry.getValue())))
        .sorted(
            Comparator.comparing((CauseGroup group) -> OPEN.contains(group.cause()))
                .thenComparing(group -> -group.diagnoses().size()))
        .toList();
  }

  /** The rows to blame, those of the most spikes first. */
  List<Integer> rows() {
    Map<Integer, Integer> counts = new LinkedHashMap<>();
    diagnoses.forEach(
        diagnosis ->
            NamedRows.blamed(diagnosis).forEach(row -> counts.merge(row, 1, Integer::sum)));
    return counts.entrySet().stream()
        .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The cause in a few words, with the rows if there are any: "one row, line 79". */
  String words(RowNames names) {
    if (cause == Cause.UNKNOWN) {
      return "no cause has enough evidence";
    }
    List<Integer> rows = cause == Cause.OUTLIER_SAMPLES ? rows() : List.of();
    return rows.isEmpty() ? cause.words() : names.counted(rows);
  }

  /** The steps of the peaks. */
  String steps() {
    String first =
        diagnoses.stream()
            .limit(STEPS)
            .map(diagnosis -> String.valueOf(diagnosis.spike().peak()))
            .collect(Collectors.joining(", "));
    int more = diagnoses.size() - STEPS;
    return (diagnoses.size() == 1 ? "step " : "steps ")
        + first
        + (more > 0 ? " and " + more + " more" : "");
  }

  /** The one that says most: of the highest spike. */
  Diagnosis highest() {
    return diagnoses.stream()
        .max(Comparator.comparingDouble(diagnosis -> diagnosis.spike().height()))
        .orElseThrow();
  }

  /** What else a part of them is due to. */
  String besides() {
    return diagnoses.stream()
        .filter(diagnosis -> diagnosis.causes().size() > 1)
        .collect(
            Collectors.groupingBy(
                diagnosis -> diagnosis.causes().get(1), LinkedHashMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(
            entry ->
                entry.getValue() == diagnoses.size()
                    ? "also " + entry.getKey().words()
                    : "in " + entry.getValue() + " also " + entry.getKey().words())
        .collect(Collectors.joining(", "));
  }
}
