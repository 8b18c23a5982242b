package org.spikelet.spikes.diagnose;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.spikelet.spikes.detect.Spike;
import org.spikelet.spikes.detect.SpikeDetector;

/** Puts diagnoses into words. */
final class Wording {

  private Wording() {}

  /** A diagnosis in a few sentences: how high, why, what was measured, and what helps. */
  static String diagnosis(Spike spike, Notes notes, Probe probe) {
    List<String> sentences = new ArrayList<>(List.of(headline(spike, notes.causes())));
    notes.evidence().forEach(evidence -> sentences.add(sentence(evidence.words())));
    notes.deciding().forEach(result -> sentences.add(effect(result)));
    sentences.add(probe.words());
    sentences.add(cure(notes));
    return sentences.stream().filter(one -> !one.isEmpty()).collect(Collectors.joining(" "));
  }

  /** What came from outside, and what that did. */
  static String outsideChange(Spike spike, Notes notes) {
    List<String> sentences = new ArrayList<>(List.of(headline(spike, notes.causes())));
    notes.evidence().forEach(evidence -> sentences.add(sentence(evidence.words())));
    sentences.add(cure(Cause.OUTSIDE_CHANGE));
    return String.join(" ", sentences);
  }

  /** Why nothing can be said of a spike whose unchanged replay has other bits. */
  static String notReproduced(long firstDifference, Notes notes) {
    String measured =
        notes.evidence().stream().map(e -> " " + sentence(e.words())).collect(Collectors.joining());
    return ("The unchanged replay differs from the recording, first at step %s.%s So something that"
            + " the training depends on is not in the recorded state: a model with a random state"
            + " or a counter of its own, a loss that changes, or a loop that does more than the"
            + " trainer. Nothing can be concluded. Keep such state in a frozen Parameter that"
            + " net.state() returns, as Dropout does, and let the trainer do what the loop does.")
        .formatted(firstDifference, measured);
  }

  /** What was found in a run, and in a calm one what was looked at. */
  static String summary(long steps, List<Spike> spikes, List<Diagnosis> diagnoses) {
    if (spikes.isEmpty()) {
      return "No spikes in %s. %s".formatted(Numbers.count(steps, "step"), lookedAt(steps));
    }
    Map<Cause, Long> counts = new EnumMap<>(Cause.class);
    diagnoses.forEach(d -> d.causes().forEach(cause -> counts.merge(cause, 1L, Long::sum)));
    String found =
        counts.entrySet().stream()
            .map(entry -> entry.getValue() + " × " + entry.getKey().words())
            .collect(Collectors.joining(", "));
    long shifts = spikes.stream().filter(Spike::shift).count();
    return "%s in %s%s, %s of them examined%s."
        .formatted(
            Numbers.count(spikes.size(), "spike"),
            Numbers.count(steps, "step"),
            shifts == 0 ? "" : " (" + shifts + " of them did not come back within 300)",
            diagnoses.isEmpty() ? "none" : diagnoses.size(),
            found.isEmpty() ? "" : ": " + found);
  }

  /** Nothing is compared before there is something to compare with. */
  private static String lookedAt(long steps) {
    if (steps == 0) {
      return "";
    }
    String finite = "Every loss was finite";
    return steps <= SpikeDetector.WARM_UP
        ? finite
            + "; to compare it with others takes more than %s.".formatted(SpikeDetector.WARM_UP)
        : finite
            + ", and none from step %s on rose as far as an onset".formatted(SpikeDetector.WARM_UP)
            + " over the median of the calm steps before it, up to 200: at least by ln 2 and by six"
            + " times their scatter, or where losses are negative by the latter.";
  }

  private static String headline(Spike spike, List<Cause> causes) {
    String why =
        causes.contains(Cause.UNKNOWN)
            ? "none of the causes that were looked at has enough evidence"
            : causes.stream().map(Cause::words).collect(Collectors.joining(", and "));
    return "At step %s %s%s: %s."
        .formatted(spike.peak(), rise(spike), spike.shift() ? ", and stayed up" : "", why);
  }

  /** How high a spike rose: numbers as measured, the logarithm's δ has no part in them. */
  private static String rise(Spike spike) {
    if (!Double.isFinite(spike.peakLoss())) {
      return "the loss was not finite";
    }
    double usual = spike.usual().median();
    String from = Numbers.fromTo(usual, spike.peakLoss());
    double times = spike.usual().times(spike.peakLoss());
    return Double.isFinite(times)
        ? "the loss rose to %s times its usual, %s".formatted(Numbers.of(times), from)
        : "the loss rose from its usual " + from.substring("from ".length());
  }

  private static String sentence(String words) {
    String trimmed = words.strip();
    String first = trimmed.substring(0, 1).toUpperCase(Locale.ROOT);
    return first + trimmed.substring(1) + (trimmed.endsWith(".") ? "" : ".");
  }

  private static String effect(TreatmentResult result) {
    TreatmentEffect effect = result.effect();
    String replayed = "Replayed with " + result.treatment().words() + ", ";
    if (result.placeboHeights().stream().allMatch(height -> height == 0)
        && !result.placeboHeights().isEmpty()) {
      return replayed
          + "nothing is shown: with %s the spike did not come either.".formatted(result.placebo());
    }
    String low = Numbers.percent(effect.low());
    String high = Numbers.percent(effect.high());
    String replays = Numbers.count(result.heights().size(), "replay");
    return replayed
        + "the spike lost %s %% of its height (%s) against %s: %s."
            .formatted(
                Numbers.percent(effect.estimate()),
                low.equals(high)
                    ? "the same in all of " + replays
                    : low + " to " + high + " % over " + replays,
                result.placebo(),
                effect.conclusion().name().toLowerCase(Locale.ROOT));
  }

  private static String cure(Notes notes) {
    return notes.cures().isEmpty() ? cure(notes.causes().get(0)) : "Cure: " + notes.cures().get(0);
  }

  /** What helps against a cause in any training. */
  private static String cure(Cause cause) {
    return switch (cause) {
      case NON_FINITE -> "Cure: " + NotFinite.Source.NOWHERE.cure();
      case TOO_EARLY -> "Early rises are common; look again after a warm-up of the learning rate.";
      case OPTIMIZER_STATE_LOST ->
          "Cure: save and restore the optimizer's state, or warm the learning rate up again.";
      case OUTSIDE_CHANGE ->
          "Look at what the program does at that step besides the trainer's own step; if it is meant,"
              + " keep it in a frozen Parameter of net.state() or in a GradientTransformation, and it"
              + " is replayed, too.";
      case LEARNING_RATE_CHANGED -> "Cure: raise the learning rate slowly, or not so far.";
      case LOSS_BY_BATCH_SIZE ->
          "Cure: divide the sum over a batch's rows by their number, once, so that the loss is a mean;"
              + " or dropLast.";
      case SMALL_LAST_BATCH -> "Cure: dropLast, or a batch size that divides the number of rows.";
      case SORTED_ORDER -> "Cure: shuffle.";
      case OUTLIER_SAMPLES ->
          "Cure: look at these rows; correct them, cut their values, or, if the targets are"
              + " numbers, use a loss that grows more slowly, such as Huber's.";
      case DATA_CHANGED ->
          "Look at the rows from that step on, and at how they differ from those before; if they lie"
              + " together in the order of the data, shuffle.";
      case HARD_BATCH -> "Cure: look at the rows of this batch; larger batches make it rarer.";
      case INSTABILITY, MINI_BATCH_INSTABILITY -> "Cure: a lower learning rate or one that falls.";
      case OPTIMIZER_STEPS, GRADIENT_SHOCK -> "Cure: clip the updates or the gradients.";
      case UNKNOWN -> "That is no verdict for any of them.";
    };
  }
}
