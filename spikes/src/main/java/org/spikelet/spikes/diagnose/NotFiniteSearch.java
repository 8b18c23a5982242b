package org.spikelet.spikes.diagnose;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.check.FiniteCheck;
import org.spikelet.spikes.record.Signals;
import org.spikelet.spikes.replay.Evaluation;
import org.spikelet.spikes.replay.Replay;

/**
 * Looks during a replay for the first number that was not finite: in the rows, in the weights, and
 * then, under a checked tape, in the operations. Where already the gradients of the step before
 * were not finite it looks there.
 */
final class NotFiniteSearch implements Replay.Observer {

  private final RecordedFacts recorded;
  private final Evaluation evaluation;
  private final long first;
  private long where;
  private Optional<NotFinite> found = Optional.empty();

  NotFiniteSearch(RecordedFacts recorded, Evaluation evaluation) {
    this.recorded = recorded;
    this.evaluation = evaluation;
    long before = recorded.onset() - 1;
    Signals signals = recorded.recording().signals();
    boolean earlier =
        before >= recorded.firstReplayed() && !Double.isFinite(signals.gradientNorm(before));
    first = earlier ? before : recorded.onset();
  }

  @Override
  public void before(long step) {
    if (step >= first && step <= recorded.onset() && found.isEmpty()) {
      where = step;
      found = rows().or(this::weights).or(this::operation);
    }
  }

  /** What was found. */
  NotFinite found() {
    return found.orElseGet(NotFinite::nowhere);
  }

  private Optional<NotFinite> rows() {
    Tensor inputs = recorded.batch(where).inputs();
    Tensor targets = recorded.batch(where).targets();
    int[] rows = recorded.batch(where).rows();
    List<Integer> bad =
        IntStream.range(0, rows.length)
            .filter(i -> !finite(inputs, i, rows.length) || !finite(targets, i, rows.length))
            .mapToObj(i -> rows[i])
            .toList();
    return bad.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new NotFinite(
                NotFinite.Source.DATA,
                "the data hold NaN or ±∞ in %s of step %s's batch: %s"
                    .formatted(Numbers.count(bad.size(), "row"), where, Numbers.list(bad))));
  }

  private static boolean finite(Tensor all, int row, int rows) {
    int width = all.size() / rows;
    return finite(Arrays.stream(all.toArray(), row * width, (row + 1) * width).toArray());
  }

  private static boolean finite(double... values) {
    return Arrays.stream(values).allMatch(Double::isFinite);
  }

  private Optional<NotFinite> weights() {
    Map<String, Parameter> state = recorded.recorder().state();
    List<String> bad =
        state.entrySet().stream()
            .filter(entry -> !finite(entry.getValue().toArray()))
            .map(Map.Entry::getKey)
            .toList();
    return bad.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new NotFinite(
                NotFinite.Source.WEIGHTS,
                "before step %s the model's state already held NaN or ±∞, in %s"
                    .formatted(where, bad.stream().collect(Collectors.joining(", ")))));
  }

  private Optional<NotFinite> operation() {
    int[] rows = recorded.batch(where).rows();
    try (Tape tape = Tape.record(new FiniteCheck())) {
      Tensor loss = evaluation.quietly(() -> evaluation.repeatable(rows).get());
      tape.gradients(loss);
      return Optional.empty();
    } catch (ArithmeticException e) {
      return Optional.ofNullable(e.getMessage()).map(NotFinite::of);
    }
  }
}
