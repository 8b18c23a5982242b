package org.spikelet.app.spikes;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.spikelet.app.question.Comparison;
import org.spikelet.app.question.Question;
import org.spikelet.app.report.Section;
import org.spikelet.app.training.Run;
import org.spikelet.spikes.diagnose.Cause;
import org.spikelet.spikes.diagnose.Diagnosis;

/** The answer to the question, as far as these runs and their examined spikes bear it. */
final class Answer {

  private static final String ONE = "One training with each optimizer, from one seed. ";

  /** The replays show that a step was too long; how it comes to be is the laboratory's to test. */
  private static final String TOO_LONG =
      "How a step comes to be too long, as ./spikelet lab tests it: "
          + Question.MECHANISM
          + " SGD does not divide its step.";

  private static final String STEPS =
      "Where the optimizer’s steps are named, steps as long along the plain gradient, or half as"
          + " long, took most of the height away.";

  private static final String SHOCK =
      "Where a gradient larger than the optimizer remembers is named, clipped to its median norm it"
          + " took most of the height away.";

  private Answer() {}

  static String of(List<Section> sections) {
    List<String> sentences = new ArrayList<>();
    Map<Cause, Integer> adam = new EnumMap<>(Cause.class);
    for (Section section : sections) {
      sentences.add(counts(section));
    }
    String found = ONE + String.join(" ", sentences);
    List<String> causes = new ArrayList<>();
    for (Section section : sections) {
      List<String> runs = new ArrayList<>();
      for (Run run : section.runs()) {
        Map<Cause, Integer> tally = tally(run);
        if (!tally.isEmpty()) {
          runs.add(causes(run, tally) + several(run));
        }
        if (run.name().equals(Comparison.Side.ADAM.label())) {
          tally.forEach((cause, count) -> adam.merge(cause, count, Integer::sum));
        }
      }
      if (!runs.isEmpty()) {
        causes.add(section.title() + ": " + String.join("; ", runs) + ".");
      }
    }
    if (!causes.isEmpty()) {
      causes.add(
          0, "What replays of the highest spikes, with one thing changed at a time, point to.");
    }
    if (adam.containsKey(Cause.INSTABILITY)) {
      causes.add(TOO_LONG);
    }
    if (adam.containsKey(Cause.OPTIMIZER_STEPS)) {
      causes.add(STEPS);
    }
    if (adam.containsKey(Cause.GRADIENT_SHOCK)) {
      causes.add(SHOCK);
    }
    return causes.isEmpty() ? found : found + "\n\n" + String.join(" ", causes);
  }

  /** How often each cause was found in a run. */
  private static Map<Cause, Integer> tally(Run run) {
    Map<Cause, Integer> tally = new EnumMap<>(Cause.class);
    for (Diagnosis diagnosis : run.examination().map(e -> e.diagnoses()).orElse(List.of())) {
      diagnosis.causes().forEach(cause -> tally.merge(cause, 1, Integer::sum));
    }
    return tally;
  }

  private static String causes(Run run, Map<Cause, Integer> tally) {
    List<String> parts = new ArrayList<>();
    tally.forEach((cause, count) -> parts.add(cause.words() + " (" + count(count, "spike") + ")"));
    return run.name() + ", " + String.join(", ", parts);
  }

  /** So that nobody adds up the causes to more spikes than were examined. */
  private static String several(Run run) {
    long spikes =
        run.examination().map(e -> e.diagnoses()).orElse(List.of()).stream()
            .filter(diagnosis -> diagnosis.causes().size() > 1)
            .count();
    return spikes == 0 ? "" : ", " + count(spikes, "spike") + " with more than one cause";
  }

  private static String counts(Section section) {
    StringBuilder text = new StringBuilder(section.title()).append(": ");
    for (int k = 0; k < section.runs().size(); k++) {
      Run run = section.runs().get(k);
      text.append(k == 0 ? "" : ", ")
          .append(run.name())
          .append(" has ")
          .append(count(run.spikes().spikes().size(), "spike"));
      if (!run.spikes().spikes().isEmpty()) {
        text.append(" (").append(run.spikes().visible()).append(" plainly visible)");
      }
      // A run that has diverged is not smooth, however few spikes it had before.
      text.append(run.lost() ? " and diverges" : "");
    }
    return text.append(" in ")
        .append(count(section.runs().get(0).losses().length, "step"))
        .append('.')
        .toString();
  }

  private static String count(long number, String noun) {
    return (number == 0 ? "no" : String.format(Locale.ROOT, "%,d", number))
        + " "
        + noun
        + (number == 1 ? "" : "s");
  }
}
