package org.spikelet.app.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.spikelet.app.command.Wrapped;
import org.spikelet.app.report.Fold;
import org.spikelet.app.report.NamedRows;
import org.spikelet.app.tables.Account;
import org.spikelet.app.tables.RowNames;
import org.spikelet.app.training.Run;
import org.spikelet.app.training.Training;
import org.spikelet.spikes.diagnose.Cause;
import org.spikelet.spikes.diagnose.Diagnosis;

/** What is said of a finished training: the verdict, then why, then how far it learned. */
final class Findings {

  private static final int ROWS = 5;

  private final Run run;
  private final RowNames rows;
  private final List<CauseGroup> groups;
  private final Optional<Subject> subject;
  private final Optional<Fit> fit;
  private final List<String> learning = new ArrayList<>();

  /** Of a training of made-up data, or of a subject. */
  Findings(Training training, Run run, Optional<Subject> subject) {
    this.run = run;
    this.subject = subject;
    rows = subject.map(s -> s.table().rows()).orElse(RowNames.NUMBERED);
    groups = run.examination().map(found -> CauseGroup.of(found.diagnoses())).orElse(List.of());
    fit = subject.map(s -> Fit.of(training.net(), s.table().data()));
    StringBuilder ends = new StringBuilder(Learning.ends(run));
    subject
        .flatMap(s -> Learning.ownUnit(run, s.loss(), s.table().data()))
        .ifPresent(words -> ends.append(' ').append(words));
    Learning.part(run, training.trainer().loader().batches())
        .ifPresent(words -> ends.append(' ').append(words));
    subject
        .flatMap(
            s ->
                Learning.inVain(
                    s.lossBefore(), Fit.loss(training.net(), s.table().data(), s.loss())))
        .ifPresent(words -> ends.append(' ').append(words));
    learning.add(ends.toString());
    fit.ifPresent(f -> learning.addAll(f.words()));
  }

  private String verdict() {
    return Verdict.of(run, groups, rows);
  }

  /** The first words of the page: paragraphs, parted by empty lines. */
  String summary() {
    List<String> blamed = groups.size() == 1 ? blamed(groups.get(0)) : List.of();
    return verdict()
        + (blamed.size() == 1 ? "\n\n" + capital(blamed.get(0)) + "." : "")
        + "\n\n"
        + String.join(" ", learning);
  }

  /** The same for a terminal, with one explanation for each cause. */
  String console() {
    List<String> parts = new ArrayList<>(List.of(Wrapped.text(verdict(), 0)));
    for (CauseGroup group : groups) {
      List<String> lines = new ArrayList<>(List.of(Wrapped.text(title(group) + ":", 0)));
      blamed(group).forEach(row -> lines.add(Wrapped.text("  ", row, 4)));
      lines.add(Wrapped.text("  ", inShort(explanation(group)), 2));
      parts.add(String.join("\n", lines));
    }
    learning.forEach(words -> parts.add(Wrapped.text(words, 0)));
    return String.join("\n\n", parts);
  }

  /** What stands folded under the chart: an explanation for each cause, and the file. */
  List<Fold> folds() {
    List<Fold> folds = new ArrayList<>();
    for (CauseGroup group : groups) {
      folds.add(
          new Fold(
              title(group),
              Stream.concat(blamed(group).stream(), Stream.of(explanation(group))).toList(),
              List.of()));
    }
    subject.ifPresent(s -> folds.add(account(s)));
    return folds;
  }

  private String title(CauseGroup group) {
    String besides = group.besides();
    String cause =
        group.cause() == Cause.UNKNOWN
            ? "No cause has enough evidence"
            : capital(group.cause().words());
    return cause
        + ", "
        + Verdict.counted(group.diagnoses().size(), "spike")
        + " ("
        + group.steps()
        + ")"
        + (besides.isEmpty() ? "" : ", " + besides);
  }

  private List<String> blamed(CauseGroup group) {
    List<Integer> blamed = group.rows();
    List<String> words =
        new ArrayList<>(
            blamed.stream()
                .limit(ROWS)
                .map(
                    row ->
                        rows.words(row)
                            + fit.map(f -> "; at the end the net says " + f.predicted(row))
                                .orElse(""))
                .toList());
    if (blamed.size() > ROWS) {
      words.add("and " + (blamed.size() - ROWS) + " more");
    }
    return subject.isPresent() ? words : List.of();
  }

  private String explanation(CauseGroup group) {
    Diagnosis highest = group.highest();
    String which = group.diagnoses().size() == 1 ? "" : "The highest of them: ";
    return which + NamedRows.words(highest, rows);
  }

  /** What happened, which replays support it, and what helps: the first sentence and the last. */
  private static String inShort(String words) {
    List<String> sentences = List.of(words.split("(?<=\\.) (?=\\p{Lu})", -1));
    int last = sentences.size() - 1;
    return IntStream.rangeClosed(0, last)
        .filter(i -> i == 0 || i == last || sentences.get(i).endsWith(": supported."))
        .mapToObj(sentences::get)
        .collect(Collectors.joining(" "));
  }

  private static Fold account(Subject subject) {
    Account account = subject.table().account();
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("Column", "Kind", "Missing", "What was done"));
    for (Account.Entry entry : account.columns()) {
      table.add(
          List.of(
              entry.column(),
              entry.kind(),
              String.format(Locale.ROOT, "%,d", entry.missing()),
              entry.done()));
    }
    return new Fold("What was made of " + subject.file(), account.remarks(), table);
  }

  private static String capital(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
