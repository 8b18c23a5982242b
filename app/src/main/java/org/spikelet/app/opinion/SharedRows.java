package org.spikelet.app.opinion;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.spikelet.app.log.TrainingLog;

/** Whether one row of the data was in the batches of several rises. */
final class SharedRows {

  private static final int MOST = 100;
  private static final int BEFORE = 5;

  private SharedRows() {}

  /** Says so, beside as many batches a few steps before; empty if no ids were logged. */
  static Optional<String> words(TrainingLog log, List<Case> cases) {
    List<Integer> peaks =
        cases.stream().map(c -> c.rise().peak()).filter(p -> p >= BEFORE).limit(MOST).toList();
    if (peaks.size() < 2 || !log.hasIds()) {
      return Optional.empty();
    }
    List<Integer> before = peaks.stream().map(peak -> peak - BEFORE).toList();
    List<Integer> both = new ArrayList<>(peaks);
    both.addAll(before);
    Map<Integer, Set<String>> ids = log.ids(both);
    Map<String, Integer> counts = counts(ids, peaks);
    String most = "";
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      if (most.isEmpty() || entry.getValue() > counts.get(most)) {
        most = entry.getKey();
      }
    }
    int there = counts.getOrDefault(most, 0);
    int control = counts(ids, before).values().stream().mapToInt(n -> n).max().orElse(0);
    return Optional.of(
        there < 2
            ? "No row of the data was in the batches of two of them."
            : String.format(
                Locale.ROOT,
                "Row %s of the data was in the batches of %d of %d; of as many batches %d logged steps"
                    + " before, no row was in more than %d.",
                most,
                there,
                peaks.size(),
                BEFORE,
                control));
  }

  private static Map<String, Integer> counts(
      Map<Integer, Set<String>> ids, Collection<Integer> places) {
    Map<String, Integer> counts = new HashMap<>();
    for (int place : places) {
      ids.getOrDefault(place, Set.of()).forEach(id -> counts.merge(id, 1, Integer::sum));
    }
    return counts;
  }
}
