package org.spikelet.spikes.diagnose;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.spikelet.spikes.detect.Spike;

/** Puts diagnoses into words. */
final class Wording {

  /** A probe whose loss rose by less than this half of a doubling, in nats, hardly moved. */
  private static final double HARDLY = StrictMath.log(2) / 2;

  private Wording() {}

  /** A diagnosis in a few sentences: how high, why, what was measured, and what helps. */
  static String diagnosis(Spike spike, Notes notes, double probeRise) {
    StringBuilder text = new StringBuilder(headline(spike, notes.causes()));
    if (!notes.evidence().isEmpty()) {
      text.append(' ')
          .append(
              notes.evidence().stream()
                  .map(e -> sentence(e.words()))
                  .collect(Collectors.joining(" ")));
    }
    for (TreatmentResult result : notes.deciding()) {
      text.append(' ').append(effect(result));
    }
    if (Double.isFinite(probeRise)) {
      text.append(
          String.format(
              Locale.ROOT,
              " On a fixed probe the loss rose by %.2f nats%s.",
              probeRise,
              probeRise < HARDLY ? ": the weights hardly moved" : ""));
    }
    return text.append(' ').append(cure(notes.causes())).toString();
  }

  /** Why nothing can be said of a spike whose unchanged replay has other bits. */
  static String notReproduced(long firstDifference) {
    return ("The unchanged replay differs from the recording, first at step %s. So something that"
            + " the training depends on is not in the recorded state: a model with a random state"
            + " or a counter of its own, a loss that changes, or a loop that does more than the"
            + " trainer. Nothing can be concluded. Keep such state in a frozen Parameter that"
            + " net.state() returns, as Dropout does, and let the trainer do what the loop does.")
        .formatted(firstDifference);
  }

  /** What was found in a run, and in a calm one what was looked at. */
  static String summary(long steps, int spikes, List<Diagnosis> diagnoses) {
    if (spikes == 0) {
      return "No spikes in %s steps. The loss of each batch was compared with the median of the 200"
              .formatted(steps)
          + " before it: it never rose by ln 2 and by six times its scatter, and was always finite.";
    }
    Map<Cause, Long> counts = new EnumMap<>(Cause.class);
    diagnoses.forEach(d -> d.causes().forEach(cause -> counts.merge(cause, 1L, Long::sum)));
    return "%s spikes in %s steps, %s of them examined: %s."
        .formatted(
            spikes,
            steps,
            diagnoses.size(),
            counts.entrySet().stream()
                .map(entry -> entry.getValue() + " × " + entry.getKey().words())
                .collect(Collectors.joining(", ")));
  }

  private static String headline(Spike spike, List<Cause> causes) {
    String height =
        Double.isFinite(spike.height())
            ? String.format(
                Locale.ROOT,
                "the loss rose to %.3g times its usual",
                StrictMath.exp(spike.height()))
            : "the loss was not finite";
    String why =
        causes.contains(Cause.UNKNOWN)
            ? "none of the causes that were looked at has enough evidence"
            : causes.stream().map(Cause::words).collect(Collectors.joining(", and "));
    return "At step %s %s: %s.".formatted(spike.peak(), height, why);
  }

  private static String sentence(String words) {
    String trimmed = words.strip();
    String first = trimmed.substring(0, 1).toUpperCase(Locale.ROOT);
    return first + trimmed.substring(1) + (trimmed.endsWith(".") ? "" : ".");
  }

  private static String effect(TreatmentResult result) {
    TreatmentEffect effect = result.effect();
    return String.format(
        Locale.ROOT,
        "Replayed with %s, the spike lost %d %% of its height (95 %% interval %d to %d) against"
            + " %s: %s.",
        result.treatment().words(),
        Math.round(100 * effect.estimate()), // a long has no −0
        Math.round(100 * effect.low()),
        Math.round(100 * effect.high()),
        result.placebo(),
        effect.conclusion().name().toLowerCase(Locale.ROOT));
  }

  private static String cure(List<Cause> causes) {
    return switch (causes.get(0)) {
      case NON_FINITE ->
          "Cure: a loss computed from logits, finite inputs, or a lower learning rate.";
      case TOO_EARLY -> "Early rises are common; look again after a warm-up of the learning rate.";
      case OPTIMIZER_STATE_LOST ->
          "Cure: save and restore the optimizer's state, or warm the learning rate up again.";
      case LEARNING_RATE_CHANGED -> "Cure: raise the learning rate slowly, or not so far.";
      case SMALL_LAST_BATCH -> "Cure: dropLast, or a batch size that divides the number of rows.";
      case SORTED_ORDER -> "Cure: shuffle.";
      case OUTLIER_SAMPLES ->
          "Cure: look at these rows; correct them, cut their values, or use a"
              + " loss that grows more slowly, such as Huber's.";
      case HARD_BATCH -> "Cure: look at the rows of this batch; larger batches make it rarer.";
      case INSTABILITY ->
          "Cure: a lower learning rate or one that falls, AMSGrad, a larger ε, or"
              + " clipped updates.";
      case OPTIMIZER_STEPS, GRADIENT_SHOCK -> "Cure: clip the updates or the gradients.";
      case UNKNOWN -> "That is no verdict for any of them.";
    };
  }
}
