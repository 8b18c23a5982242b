package org.spikelet.spikes.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.spikelet.spikes.record.Marks;
import org.spikelet.spikes.record.Signals;

/**
 * Finds where and how an unchanged replay first leaves its recording.
 *
 * <p>Within a step, what was changed is looked for in the order in which it acts: the state, the
 * loss, the gradients that the optimizer gets, how often it steps, and where to.
 */
final class FirstDifference {

  /** How many changed parameters are named. */
  private static final int NAMED = 2;

  /**
   * A difference.
   *
   * @param step the first step that differs
   * @param words what differs, as measured
   */
  record Found(long step, String words) {}

  private static final String OTHERS = "the model, its mode, the loss or the data was another";

  private final RecordedFacts recorded;
  private final Signals signals;
  private final List<MarkWatcher.Step> replayed;
  private final StateChanges changes;

  /** Compares a recording with the steps of an unchanged replay. */
  FirstDifference(RecordedFacts recorded, List<MarkWatcher.Step> replayed) {
    this.recorded = recorded;
    this.signals = recorded.recording().signals();
    this.replayed = replayed;
    changes = new StateChanges(recorded, replayed);
  }

  /** Returns the first difference; empty if all that was noted is the same to the bit. */
  Optional<Found> find() {
    long first = recorded.firstReplayed();
    for (long step = first; step < first + replayed.size(); step++) {
      Optional<Found> found = difference(step, replayed.get((int) (step - first)));
      if (found.isPresent()) {
        return found.map(f -> new Found(f.step(), f.words() + later(f.step())));
      }
    }
    return Optional.empty();
  }

  private Optional<Found> difference(long step, MarkWatcher.Step replay) {
    Marks marks = signals.marks(step);
    long more = changes.more(step);
    boolean otherLoss = !same(signals.loss(step), replay.loss());
    List<Integer> gradients = otherGradients(marks, replay.marks());
    boolean otherValues =
        IntStream.range(0, marks.parameters())
            .anyMatch(k -> marks.print(k) != replay.marks().print(k));
    if (!otherLoss && gradients.isEmpty() && more == 0 && !otherValues) {
      return Optional.empty();
    }
    List<Integer> changed = changes.at(step);
    if (!changed.isEmpty()) {
      boolean known = changed.stream().allMatch(k -> changes.known(step, k));
      return found(
          step, states(step, changed) + (otherLoss && !known ? ". " + also(step, replay) : ""));
    }
    // Of large parameters a few values are printed: others show first in the next loss.
    if (otherLoss && step > recorded.firstReplayed() && !changes.at(step - 1).isEmpty()) {
      return found(step - 1, states(step - 1, changes.at(step - 1)));
    }
    if (otherLoss && changes.repeats(step) > 0) { // counted after the step, taken before it
      return found(step, updates(step));
    }
    if (otherLoss) {
      return found(step, loss(step, replay) + (more == 0 ? "" : "; and " + updates(step)));
    }
    if (!gradients.isEmpty()) {
      return found(step, gradients(marks, replay.marks(), gradients));
    }
    return found(step, more == 0 ? otherStep(step) : updates(step));
  }

  private static Optional<Found> found(long step, String words) {
    return Optional.of(new Found(step, words));
  }

  private static boolean same(double a, double b) {
    return Double.doubleToLongBits(a) == Double.doubleToLongBits(b);
  }

  private static List<Integer> otherGradients(Marks marks, Marks replay) {
    return IntStream.range(0, marks.trained())
        .filter(k -> !same(marks.squaredGradient(k), replay.squaredGradient(k)))
        .boxed()
        .toList();
  }

  private String states(long step, List<Integer> changed) {
    String first =
        changed.stream()
            .limit(NAMED)
            .map(k -> changes.words(step, k))
            .collect(Collectors.joining("; and "));
    int rest = changed.size() - NAMED;
    return rest <= 0
        ? first
        : first
            + "; and "
            + Numbers.count(rest, "more parameter")
            + (rest == 1 ? " was" : " were")
            + " changed so";
  }

  /** The steps after one and up to the peak in which the state was changed from outside. */
  private String later(long step) {
    long end = Math.min(recorded.peak() + 1, recorded.firstReplayed() + replayed.size());
    long[] again = LongStream.range(step + 1, end).filter(s -> !changes.at(s).isEmpty()).toArray();
    return again.length == 0
        ? ""
        : ". After that, up to the peak, weights or other state were changed outside the optimizer %s"
            .formatted(
                again.length == 1
                    ? "at step " + again[0]
                    : "in %s steps, the last of them %s"
                        .formatted(again.length, again[again.length - 1]));
  }

  private String lossWords(long step, MarkWatcher.Step replay) {
    double loss = signals.loss(step);
    return "the loss was %s, %sand %s in the replay"
        .formatted(
            Numbers.of(loss),
            Numbers.ratio(loss, replay.loss()).map(r -> r + " times as large, ").orElse(""),
            Numbers.of(replay.loss()));
  }

  private String also(long step, MarkWatcher.Step replay) {
    return "With that " + lossWords(step, replay) + ": by that, or " + OTHERS;
  }

  private String loss(long step, MarkWatcher.Step replay) {
    String words = lossWords(step, replay);
    return changes.touchedUpTo(step)
        ? words
            + ": the state, which was changed outside the optimizer in some step up to here, was left"
            + " another, or "
            + OTHERS
        : "with the same weights and other state, as far as it is recorded, "
            + words
            + ": "
            + OTHERS;
  }

  private static String gradients(Marks marks, Marks replay, List<Integer> other) {
    double[] ratios =
        other.stream()
            .filter(k -> marks.squaredGradient(k) >= 0 && replay.squaredGradient(k) > 0)
            .mapToDouble(k -> Math.sqrt(marks.squaredGradient(k) / replay.squaredGradient(k)))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    long missing = other.stream().filter(k -> marks.squaredGradient(k) == -1).count();
    long notFinite = other.stream().filter(k -> !Double.isFinite(marks.squaredGradient(k))).count();
    List<String> how = new ArrayList<>();
    if (missing > 0) {
      how.add("it got none of %s of them".formatted(missing));
    }
    if (notFinite > 0) {
      how.add("the norms of %s are not finite".formatted(notFinite));
    }
    if (ratios.length > 0) {
      String norms =
          ratios.length == other.size() ? "their norms " : "the norms of " + ratios.length + " ";
      how.add(
          norms
              + (ratios[ratios.length - 1] - ratios[0] <= 1e-9 * ratios[0]
                  ? Numbers.of(ratios[0])
                  : Numbers.of(ratios[0]) + " to " + Numbers.of(ratios[ratios.length - 1]))
              + " times as large");
    }
    return "the optimizer was not given the gradients of this loss, as the trainer would have changed them: %s of %s differ%s"
        .formatted(
            other.size(),
            Numbers.count(marks.trained(), "parameter"),
            how.isEmpty() ? "" : ", " + String.join(", ", how));
  }

  private String updates(long step) {
    long more = changes.more(step);
    if (changes.repeats(step) > 0) {
      return "the optimizer took %s instead of one".formatted(Numbers.count(more + 1, "step"));
    }
    return "the optimizer's own count of steps was %s after the step, and would have been %s: %s"
        .formatted(
            signals.updates(step),
            signals.updates(step) - more,
            more > 0
                ? "it was set forward, or it stepped without gradients"
                : "it was set back, or another optimizer made the step, or none did");
  }

  private String otherStep(long step) {
    return "the loss and the norms of the gradients were the same, and the state after the step was"
        + " another: the gradients had other signs or directions, the optimizer's settings or memory"
        + " were others, or it was another optimizer, or the weights were changed by it"
        + (changes.touchedUpTo(step) ? ", or what else changes the state has left it another" : "");
  }
}
