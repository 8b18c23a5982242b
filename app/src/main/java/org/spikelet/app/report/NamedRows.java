package org.spikelet.app.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.spikelet.app.tables.RowNames;
import org.spikelet.spikes.diagnose.Course;
import org.spikelet.spikes.diagnose.Diagnosis;
import org.spikelet.spikes.diagnose.Evidence;
import org.spikelet.spikes.diagnose.Symptom;

/** A diagnosis with its rows named as people know them; the library knows them by number only. */
public final class NamedRows {

  /** So many numbers of rows the library lists in a sentence. */
  private static final int LISTED = 8;

  private NamedRows() {}

  /**
   * Returns the rows of the peak's batch that have most of its loss, if the diagnosis blames any.
   */
  public static Set<Integer> blamed(Diagnosis diagnosis) {
    Optional<Evidence> evidence = diagnosis.evidence(Symptom.ROWS_TO_BLAME);
    if (evidence.isEmpty() || diagnosis.course().isEmpty()) {
      return Set.of();
    }
    Course course = diagnosis.course().get();
    return largest(course).stream()
        .limit((long) evidence.get().value())
        .map(course.peakRows()::get)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The positions in the peak's batch, those with the largest shares of its loss first. */
  static List<Integer> largest(Course course) {
    return IntStream.range(0, course.peakShares().size())
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> course.peakShares().get(i)).reversed())
        .toList();
  }

  /** Returns a diagnosis in words. */
  public static String words(Diagnosis diagnosis, RowNames names) {
    String words = diagnosis.words();
    for (Evidence evidence : diagnosis.evidence()) {
      String named = words(diagnosis, evidence, names);
      // In a diagnosis a sentence begins with a capital letter.
      words = words.replace(evidence.words().substring(1), named.substring(1));
    }
    return words;
  }

  /** Returns what was measured in words. */
  static String words(Diagnosis diagnosis, Evidence evidence, RowNames names) {
    Set<Integer> rows = blamed(diagnosis);
    String numbers = numbers(rows);
    String words = evidence.words();
    if (evidence.symptom() != Symptom.ROWS_TO_BLAME || !words.endsWith(" " + numbers)) {
      return words;
    }
    String before = words.substring(0, words.length() - numbers.length());
    return before.replaceFirst("the one row $", "one row, ") + names.list(rows);
  }

  private static String numbers(Set<Integer> rows) {
    String first =
        rows.stream().sorted().limit(LISTED).map(String::valueOf).collect(Collectors.joining(", "));
    return rows.size() <= LISTED ? first : first + " and " + (rows.size() - LISTED) + " more";
  }
}
