package org.spikelet.app.lab;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.experiment.Recipe;
import org.spikelet.app.question.Question;
import org.spikelet.app.report.Json;

/** The laboratory's part of the report: the answer in a paragraph, and a table of all claims. */
final class LabReport {

  private static final Map<Group, String> TITLES = new LinkedHashMap<>();
  private static final String REMEDIES =
      " The end loss is the median of the last 500 steps, against that of Adam with its defaults:"
          + " below 1 is better. The rise is how much the loss goes up in all, in nats per 1,000 steps:"
          + " where it grows, the training does not come to rest, and that there are no spikes says"
          + " little.";

  private static final Map<Group, String> TEXTS =
      Map.of(
          Group.ANSWER,
          "Each answer is a claim about a factor, and each experiment compares runs with the factor and"
              + " without it, equal in all else: data, first weights, batches. The effect is E = (with −"
              + " without) / the larger of the two, from −1 to 1; its 95 % interval comes from resampling"
              + " the seeds. Supported: E ≥ 0.7 and the interval above 0. Refuted: the interval below 0.3."
              + " Otherwise the runs do not settle it. The arrows lead from the spikes per 1,000 steps with the"
              + " factor to those without it.",
          Group.MECHANISM,
          "At full batch every step sees the same data. What is left is Adam itself.",
          Group.REMEDY_FULL_BATCH,
          "Adam with one thing changed, at full batch." + REMEDIES,
          Group.REMEDY_HEAVY_TAILS,
          "Adam with one thing changed, on heavy-tailed data in batches of 32." + REMEDIES,
          Group.OWN,
          "Each experiment compares runs with a factor and without it, equal in all else: data, first"
              + " weights, batches. The effect is E = (a − b) / the larger of the two, from −1 to 1: a is"
              + " counted with the factor and b without it, and the other way round for a factor that is"
              + " said to remove something. Its 95 % interval comes from resampling the seeds. Supported: E"
              + " ≥ 0.7 and the interval above 0. Refuted: the interval below 0.3. Otherwise the runs do not"
              + " settle it. The arrows lead from what is counted with the factor to what is without it.");

  static {
    TITLES.put(Group.ANSWER, "What the answers say, and what the experiments show");
    TITLES.put(Group.MECHANISM, "The mechanism");
    TITLES.put(Group.REMEDY_FULL_BATCH, "What helps at full batch");
    TITLES.put(Group.REMEDY_HEAVY_TAILS, "What helps on heavy-tailed data");
    TITLES.put(Group.OWN, "The claims, and what the experiments show");
  }

  private final List<Finding> findings;
  private final Map<Series, List<Outcome>> outcomes;
  private final Function<Claim, String> command;

  /**
   * Prepares it.
   *
   * @param command makes the figures of a claim again
   */
  LabReport(
      List<Finding> findings,
      Map<Series, List<Outcome>> outcomes,
      Function<Claim, String> command) {
    this.findings = findings;
    this.outcomes = outcomes;
    this.command = command;
  }

  /** Writes the groups of claims. */
  void writeTo(Json json) throws IOException {
    json.objects(
        "groups",
        TITLES.keySet().stream().filter(group -> !of(group).isEmpty()).toList(),
        (item, group) ->
            item.text("id", group.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .text("title", TITLES.get(group))
                .text("text", TEXTS.get(group))
                .text("kind", group.name().startsWith("REMEDY") ? "remedies" : "claims")
                .objects("claims", of(group), this::claim));
  }

  private List<Finding> of(Group group) {
    return findings.stream().filter(finding -> finding.subject().group() == group).toList();
  }

  private void claim(Json json, Finding finding) throws IOException {
    Claim claim = finding.claim();
    json.text("name", claim.name())
        .text("words", claim.words())
        .text("design", claim.design())
        .text("verdict", finding.verdict().word())
        .number("effect", finding.contrast().value())
        .number("low", finding.contrast().low())
        .number("high", finding.contrast().high())
        .text("measure", claim.measures().words())
        .numbers("adam", numbers(finding.adam()))
        .numbers("sgd", numbers(finding.sgd()))
        .numbers("upward", finding.upward().toArray())
        .number("endLoss", finding.endLoss().orElse(Double.NaN))
        .count("seeds", finding.seeds())
        .count("notFinite", finding.notFinite())
        .text("command", command.apply(claim));
    if (finding.subject().group() == Group.OWN) {
      json.flag("own", true)
          .flag("removes", claim.effect() == Claim.Effect.REMOVES)
          .texts("caveats", Caveats.of(claim, finding.seeds()));
    }
    // The remedies' curves would make the page long, and say little beside the numbers.
    if (!finding.subject().group().name().startsWith("REMEDY")) {
      json.objects(
          "curves",
          claim.runs().decisive().distinct(),
          (item, recipe) -> curve(item, recipe, finding.subject()));
    }
  }

  /** With and without, or one number where the two are the same runs. */
  private static double[] numbers(Optional<Finding.Means> means) {
    return means.map(Finding.Means::toArray).orElse(new double[0]);
  }

  private void curve(Json json, Recipe recipe, Case subject) throws IOException {
    Outcome outcome = outcomes.get(subject.of(recipe)).get(0);
    json.text("name", recipe.words())
        .count("steps", outcome.steps())
        .numbers("least", outcome.curve().stream().map(Outcome.Stretch::least).toList())
        .numbers("largest", outcome.curve().stream().map(Outcome.Stretch::largest).toList());
  }

  /** What was said, and over how many seeds its figures are means. */
  private record Told(StringBuilder text, SortedSet<Integer> seeds) {}

  /** The answer to the question, as far as the verdicts bear it. */
  String answer() {
    Told told = new Told(new StringBuilder(), new TreeSet<>());
    say(
        told,
        "adam",
        Verdict.SUPPORTED,
        "On heavy-tailed data in small batches Adam’s loss has %1$.1f spikes per 1,000 steps, and"
            + " SGD’s %3$.1f.");
    say(
        told,
        "adam-full-batch",
        Verdict.SUPPORTED,
        "Adam has spikes even on clean data at full batch (%1$.1f per 1,000 steps, SGD %3$.1f), where"
            + " every step sees the same rows: unlucky batches are not the root.");
    say(
        told,
        "second-moment-falls",
        Verdict.SUPPORTED,
        Question.MECHANISM
            + " Where v may not fall (AMSGrad), the spikes go: %1$.1f become"
            + " %2$.1f.");
    say(
        told,
        "heavy-tails",
        Verdict.SUPPORTED,
        "On heavy-tailed data it takes the large inputs: with the features cut off, %1$.1f spikes per"
            + " 1,000 steps become %2$.1f.");
    say(
        told,
        "frozen-weights",
        Verdict.SUPPORTED,
        "There the spikes lie in the weights that Adam comes to, not in its steps: with the weights"
            + " frozen, only drawing batches, Adam’s loss has %1$.1f spikes per 1,000 batches, and"
            + " SGD’s %3$.1f.");
    say(
        told,
        "few-rows",
        Verdict.SUPPORTED,
        "Adam’s weights leave %1$.2f of the loss in the top 1 %% of the rows, SGD’s %3$.2f: the spike"
            + " is such a row being drawn.");
    String outliers =
        "Outliers among the targets bring spikes to SGD as well (%3$.1f, Adam %1$.1f), so alone they do"
            + " not explain the difference.";
    say(told, "outliers-and-adam", Verdict.REFUTED, outliers);
    say(told, "outliers-and-adam", Verdict.UNDETERMINED, outliers);
    StringBuilder text = told.text();
    text.append(told.seeds().isEmpty() ? "" : " " + means(told.seeds()));
    long supported = count(Verdict.SUPPORTED);
    long refuted = count(Verdict.REFUTED);
    long answers = of(Group.ANSWER).size();
    if (answers > 1) {
      text.append("\n\n")
          .append(
              String.format(
                  Locale.ROOT,
                  "Of %d claims from the answers, the experiments support %d and refute %d; %d they leave"
                      + " open.",
                  answers,
                  supported,
                  refuted,
                  answers - supported - refuted));
    }
    of(Group.OWN).forEach(finding -> text.append(sentence(finding)).append("\n\n"));
    return text.toString().strip();
  }

  private static String sentence(Finding finding) {
    Contrast contrast = finding.contrast();
    return String.format(
        Locale.ROOT,
        "“%s”: %s, E = %.2f [%.2f, %.2f], %d %s.",
        finding.claim().words(),
        finding.verdict().word(),
        contrast.value(),
        contrast.low(),
        contrast.high(),
        finding.seeds(),
        finding.seeds() == 1 ? "seed" : "seeds");
  }

  private static String means(SortedSet<Integer> seeds) {
    if (seeds.last() == 1) {
      return "The figures are those of one seed.";
    }
    String fewest = seeds.first().equals(seeds.last()) ? "" : seeds.first() + " to ";
    return "The figures are means over " + fewest + seeds.last() + " seeds.";
  }

  private long count(Verdict verdict) {
    return of(Group.ANSWER).stream().filter(finding -> finding.verdict() == verdict).count();
  }

  /** Adds a sentence if a claim has this verdict; 1 and 2 are Adam's means, 3 is SGD's first. */
  private void say(Told told, String name, Verdict verdict, String sentence) {
    StringBuilder text = told.text();
    for (Finding finding : findings) {
      if (finding.claim().name().equals(name) && finding.verdict() == verdict) {
        told.seeds().add(finding.seeds());
        Finding.Means none = new Finding.Means(Double.NaN, OptionalDouble.empty());
        Finding.Means adam = finding.adam().orElse(none);
        text.append(text.isEmpty() ? "" : " ")
            .append(
                String.format(
                    Locale.ROOT,
                    sentence,
                    adam.with(),
                    adam.without().orElse(adam.with()),
                    finding.sgd().orElse(none).with()));
      }
    }
  }
}
