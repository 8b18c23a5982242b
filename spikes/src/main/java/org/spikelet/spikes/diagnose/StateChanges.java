package org.spikelet.spikes.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.spikelet.autodiff.Parameter;
import org.spikelet.spikes.record.Marks;
import org.spikelet.spikes.record.Signals;

/** Finds what changed the state in a recorded step beside the steps of its optimizer. */
final class StateChanges {

  private final RecordedFacts recorded;
  private final Signals signals;
  private final List<MarkWatcher.Step> replayed;
  private final List<Parameter> parameters;
  private final int[] numbers;

  /** Compares a recording with the steps of an unchanged replay. */
  StateChanges(RecordedFacts recorded, List<MarkWatcher.Step> replayed) {
    this.recorded = recorded;
    this.signals = recorded.recording().signals();
    this.replayed = replayed;
    parameters = recorded.recorder().parameters();
    List<Parameter> trained = recorded.trainer().optimizer().parameters();
    numbers = parameters.stream().mapToInt(trained::indexOf).toArray();
  }

  /**
   * The parameters that were changed more often in this step than the replay did, beside the
   * optimizer's further steps, and more than in the step before: what somebody does in every step,
   * such as to look at averaged weights and put them back, has reproduced until now. Those known to
   * have been put back are left out.
   */
  List<Integer> at(long step) {
    List<Integer> changed = new ArrayList<>();
    for (int k = 0; k < parameters.size(); k++) {
      long before = step > recorded.firstReplayed() ? excess(step - 1, k) : 0;
      if (excess(step, k) > Math.max(0, before) && !putBack(step, k)) {
        changed.add(k);
      }
    }
    return changed;
  }

  /** Whether something may have been changed from the first replayed step to this one. */
  boolean touchedUpTo(long step) {
    return LongStream.rangeClosed(recorded.firstReplayed(), step)
        .anyMatch(
            s ->
                IntStream.range(0, parameters.size())
                    // Who counts on less may have made no step: then what it seems to have made is
                    // another's.
                    .anyMatch(k -> excess(s, k) > (moreIn(s) < 0 && number(k) >= 0 ? -1 : 0)));
  }

  /** How much further the optimizer's own count was after a step than in the replay. */
  long more(long step) {
    return signals.updates(step) - replay(step).updates();
  }

  /** How many of these it was counted on in the step itself. */
  private long moreIn(long step) {
    return more(step) - (step > recorded.firstReplayed() ? more(step - 1) : 0);
  }

  /** How many further steps the optimizer made in a step, to be seen from all that it trains. */
  long repeats(long step) {
    long more = moreIn(step);
    if (more <= 0) {
      return 0;
    }
    Marks marks = signals.marks(step);
    boolean moved =
        IntStream.range(0, parameters.size())
            .filter(k -> number(k) >= 0 && marks.squaredGradient(number(k)) != -1)
            .allMatch(k -> marks.changes(k) - more >= replay(step).marks().changes(k));
    return moved ? more : 0;
  }

  private long excess(long step, int k) {
    Marks marks = signals.marks(step);
    Marks replay = replay(step).marks();
    long excess = (long) marks.changes(k) - replay.changes(k);
    int number = number(k);
    if (number < 0) {
      return excess;
    }
    return excess - repeats(step) - steps(marks, number) + steps(replay, number);
  }

  /** How often a parameter is changed by a step with these gradients. */
  private static int steps(Marks marks, int number) {
    return marks.squaredGradient(number) == -1 ? 0 : 1;
  }

  /** Which of the trained parameters it is; -1 if it is none. */
  private int number(int k) {
    return numbers[k];
  }

  private MarkWatcher.Step replay(long step) {
    return replayed.get((int) (step - recorded.firstReplayed()));
  }

  private boolean putBack(long step, int k) {
    double[] without = replay(step).copies().get(k);
    return parameters.get(k).size() == 0
        || (without != null
            && signals.marks(step).copy(k).filter(now -> Arrays.equals(now, without)).isPresent());
  }

  /** Whether it is known what became of a parameter in a step. */
  boolean known(long step, int k) {
    return signals.marks(step).copy(k).isPresent() && replay(step).copies().containsKey(k);
  }

  /** Who was changed, and what became of it. */
  String words(long step, int k) {
    Parameter parameter = parameters.get(k);
    String name = recorded.name(parameter);
    String who =
        parameter.trainable()
            ? "the weights '%s' were changed outside the optimizer".formatted(name)
            : ("the state '%s' was changed more often than by a step of this model, in the mode that"
                    + " it is in")
                .formatted(name);
    return known(step, k)
        ? who
            + ": after the step "
            + values(
                parameter, signals.marks(step).copy(k).orElseThrow(), replay(step).copies().get(k))
        : who;
  }

  /** What became of the values: the one that differs most, and of how many it is one. */
  private static String values(Parameter parameter, double[] now, double[] without) {
    double[] distances =
        IntStream.range(0, now.length)
            .mapToDouble(i -> same(now[i], without[i]) ? 0 : Math.abs(now[i] - without[i]))
            .toArray();
    int most = 0;
    for (int i = 1; i < distances.length; i++) {
      most = Double.compare(distances[i], distances[most]) > 0 ? i : most; // NaN is the largest
    }
    String here = Numbers.of(now[most]);
    String there = Numbers.of(without[most]);
    String how =
        here.equals(there)
            ? (now[most] > without[most] ? ", larger by " : ", smaller by ")
                + Numbers.of(distances[most])
            : Numbers.ratio(now[most], without[most])
                .map(r -> ", " + r + " times as large")
                .orElse("");
    String values = "%s%s, and %s in the replay".formatted(here, how, there);
    if (now.length == 1) {
      return "its value is " + values;
    }
    // What differs by a hundredth as much may come from the step after the change.
    double much = Double.isFinite(distances[most]) ? distances[most] / 100 : 0;
    long moved = Arrays.stream(distances).filter(d -> !(d <= much)).count();
    return String.format(
        Locale.ROOT,
        "%s of %s differ, most %s, which is %s",
        moved,
        Numbers.count(now.length, "value"),
        Arrays.toString(parameter.shape().position(most)),
        values);
  }

  private static boolean same(double a, double b) {
    return Double.doubleToLongBits(a) == Double.doubleToLongBits(b);
  }
}
