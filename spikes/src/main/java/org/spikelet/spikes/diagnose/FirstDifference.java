package org.spikelet.spikes.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.spikelet.autodiff.Parameter;
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

  private final RecordedFacts recorded;
  private final Signals signals;
  private final List<MarkWatcher.Step> replayed;

  /** Compares a recording with the steps of an unchanged replay. */
  FirstDifference(RecordedFacts recorded, List<MarkWatcher.Step> replayed) {
    this.recorded = recorded;
    this.signals = recorded.recording().signals();
    this.replayed = replayed;
  }

  /** Returns the first difference; empty if all that was noted is the same to the bit. */
  Optional<Found> find() {
    for (int i = 0; i < replayed.size(); i++) {
      Optional<String> words = difference(recorded.firstReplayed() + i, replayed.get(i));
      if (words.isPresent()) {
        return Optional.of(new Found(recorded.firstReplayed() + i, words.get()));
      }
    }
    return Optional.empty();
  }

  private Optional<String> difference(long step, MarkWatcher.Step replay) {
    Marks marks = signals.marks(step);
    long more = signals.updates(step) - replay.updates();
    boolean otherLoss = !same(signals.loss(step), replay.loss());
    List<Integer> gradients = otherGradients(marks, replay.marks());
    boolean otherValues =
        IntStream.range(0, marks.parameters())
            .anyMatch(k -> marks.print(k) != replay.marks().print(k));
    if (!otherLoss && gradients.isEmpty() && more == 0 && !otherValues) {
      return Optional.empty();
    }
    List<Integer> changed = changed(step, Math.max(0, more));
    if (!changed.isEmpty() && (otherLoss || gradients.isEmpty())) {
      String first =
          changed.stream()
              .limit(NAMED)
              .map(k -> state(step, k))
              .collect(Collectors.joining("; and "));
      return Optional.of(
          changed.size() <= NAMED
              ? first
              : first + "; and " + (changed.size() - NAMED) + " more parameters were changed so");
    }
    if (otherLoss && more != 0) { // counted after the step, taken before it
      return Optional.of(updates(step, more));
    }
    if (otherLoss) {
      return Optional.of(loss(signals.loss(step), replay.loss()));
    }
    if (!gradients.isEmpty()) {
      return Optional.of(gradients(marks, replay.marks(), gradients));
    }
    return Optional.of(more == 0 ? otherStep() : updates(step, more));
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

  /**
   * The parameters that were changed more often in this step than the replay did, beside the
   * optimizer's further steps, and more than in the step before: what somebody does in every step,
   * such as to look at averaged weights and put them back, has reproduced until now.
   */
  private List<Integer> changed(long step, long updates) {
    List<Integer> changed = new ArrayList<>();
    for (int k = 0; k < signals.marks(step).parameters(); k++) {
      boolean trained = parameter(k).trainable();
      long excess = excess(step, k) - (trained ? updates : 0);
      long before = step > recorded.firstReplayed() ? excess(step - 1, k) : 0;
      if (excess > before) {
        changed.add(k);
      }
    }
    return changed;
  }

  private int excess(long step, int k) {
    Marks replay = replayed.get((int) (step - recorded.firstReplayed())).marks();
    return signals.marks(step).changes(k) - replay.changes(k);
  }

  private Parameter parameter(int k) {
    return recorded.recorder().parameters().get(k);
  }

  private String state(long step, int k) {
    String name = recorded.name(parameter(k));
    String who =
        parameter(k).trainable()
            ? "the weights '%s' were changed outside the optimizer".formatted(name)
            : ("the state '%s' was changed more often than by a step of this model, in the mode that"
                    + " it is in")
                .formatted(name);
    Optional<double[]> now = signals.marks(step).copy(k);
    double[] without = replayed.get((int) (step - recorded.firstReplayed())).copies().get(k);
    return now.isEmpty() || without == null
        ? who
        : who + ": " + values(parameter(k), now.get(), without);
  }

  /** What became of the values: the one that differs most, and of how many it is one. */
  private static String values(Parameter parameter, double[] now, double[] without) {
    double[] distances =
        IntStream.range(0, now.length).mapToDouble(i -> Math.abs(now[i] - without[i])).toArray();
    int most = 0;
    for (int i = 1; i < distances.length; i++) {
      most = distances[i] > distances[most] || Double.isNaN(distances[i]) ? i : most;
    }
    // What differs by a hundredth as much may come from the step after the change.
    double much = distances[most] / 100;
    long moved = Arrays.stream(distances).filter(d -> !(d <= much)).count();
    return String.format(
        Locale.ROOT,
        "after the step %s of %s differ, most %s, which is %s%s, and %s in the replay",
        moved,
        Numbers.count(now.length, "value"),
        position(parameter, most),
        Numbers.of(now[most]),
        ratio(now[most], without[most]).map(r -> ", " + r + " times as large").orElse(""),
        Numbers.of(without[most]));
  }

  private static String position(Parameter parameter, int offset) {
    int[] position = new int[parameter.shape().rank()];
    int rest = offset;
    for (int axis = position.length - 1; axis >= 0; axis--) {
      position[axis] = rest % parameter.shape().dimension(axis);
      rest /= parameter.shape().dimension(axis);
    }
    return Arrays.toString(position);
  }

  private static Optional<String> ratio(double a, double b) {
    double ratio = a / b;
    return ratio > 0 && ratio < Double.POSITIVE_INFINITY
        ? Optional.of(Numbers.of(ratio))
        : Optional.empty();
  }

  private static String loss(double recorded, double replayed) {
    return "with the same weights the loss was %s, %sand %s in the replay: the model, its mode, the loss or the data was another"
        .formatted(
            Numbers.of(recorded),
            ratio(recorded, replayed).map(r -> r + " times as large, ").orElse(""),
            Numbers.of(replayed));
  }

  private static String gradients(Marks marks, Marks replay, List<Integer> other) {
    double[] ratios =
        other.stream()
            .mapToDouble(k -> Math.sqrt(marks.squaredGradient(k) / replay.squaredGradient(k)))
            .sorted()
            .toArray();
    return "the optimizer was not given the gradients of this loss, as the trainer would have changed them: %s of %s differ, their norms %s times as large"
        .formatted(
            other.size(),
            Numbers.count(marks.trained(), "parameter"),
            ratios[ratios.length - 1] - ratios[0] <= 1e-9 * ratios[0]
                ? Numbers.of(ratios[0])
                : Numbers.of(ratios[0]) + " to " + Numbers.of(ratios[ratios.length - 1]));
  }

  private String updates(long step, long more) {
    return more > 0
        ? "the optimizer took %s instead of one".formatted(Numbers.count(more + 1, "step"))
        : ("the optimizer's own count of steps was %s after the step, and would have been %s: it was"
                + " set back, or another optimizer made the step")
            .formatted(signals.updates(step), signals.updates(step) - more);
  }

  private static String otherStep() {
    return "the loss and the gradients were the same, and the weights moved elsewhere: the optimizer's"
        + " settings were others, or it was another optimizer, or the weights were changed by it";
  }
}
