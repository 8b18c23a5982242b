package org.spikelet.spikes;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.check.FiniteCheck;
import org.spikelet.optim.Batch;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Trainer;

/** Everything measured about one spike; what costs much is measured when it is first asked for. */
final class Examiner {

  private static final int WINDOW = 60;

  private final SpikeRecorder recorder;
  private final Recording recording;
  private final Spike spike;
  private final Evaluation evaluation;
  private final Replay replay;
  private final Watcher watcher;
  private final int[] curvatureRows;
  private final long different;
  private final Arms arms;
  private Ledger ledger;
  private boolean sharpnessKnown;

  /** Runs the unchanged replay. */
  Examiner(
      SpikeRecorder recorder,
      Recording recording,
      Spike spike,
      int[] probe,
      int[] curvatureRows,
      int repetitions,
      long seed) {
    this.recorder = recorder;
    this.recording = recording;
    this.spike = spike;
    this.curvatureRows = curvatureRows;
    Trainer trainer = recorder.trainer();
    evaluation = new Evaluation(trainer, recorder.parameters(), recording.start());
    replay = new Replay(trainer, recording);
    watcher = new Watcher(recorder, recording, evaluation, probe);
    different = firstDifference(replay.unchanged(watcher));
    ledger = watcher.ledger();
    arms = new Arms(recorder, recording, replay, ledger, repetitions, seed);
  }

  private long firstDifference(double[] losses) {
    for (int i = 0; i < losses.length; i++) {
      long step = replay.first() + i;
      long recorded = Double.doubleToLongBits(recording.signals().loss(step));
      if (Double.doubleToLongBits(losses[i]) != recorded) {
        return step;
      }
    }
    return -1;
  }

  /** Whether the unchanged replay had the same bits. */
  boolean reproduced() {
    return different < 0;
  }

  /** The first step at which the unchanged replay differs. */
  long different() {
    return different;
  }

  Recording recording() {
    return recording;
  }

  Spike spike() {
    return spike;
  }

  Replay replay() {
    return replay;
  }

  Trainer trainer() {
    return recorder.trainer();
  }

  Ledger ledger() {
    return ledger;
  }

  Arms arms() {
    return arms;
  }

  /** The step with the largest loss among those replayed. */
  long peak() {
    return recording.peak();
  }

  /** The batch of that step. */
  Batch peakBatch() {
    return batch(peak());
  }

  private Batch batch(long step) {
    return trainer().loader().batch(recording.signals().batch(step));
  }

  /** The first step of the recording. */
  long firstRecorded() {
    return recorder.firstStep();
  }

  /**
   * Where the loss of the onset first was not finite, as a checked tape tells; empty if it cannot.
   */
  Optional<String> whereNotFinite() {
    CheckedObserver checked = new CheckedObserver();
    replay.unchanged(checked);
    return checked.message;
  }

  /** Computes the loss of the onset under a checked tape. */
  private final class CheckedObserver implements Replay.Observer {
    private Optional<String> message = Optional.empty();

    @Override
    public void before(long step) {
      if (step != recording.onset()) {
        return;
      }
      try (Tape tape = Tape.record(new FiniteCheck())) {
        Tensor loss = evaluation.quietly(() -> evaluation.repeatable(batch(step).rows()).get());
        tape.gradients(loss);
      } catch (ArithmeticException e) {
        message = Optional.ofNullable(e.getMessage());
      }
    }
  }

  private long windowStart() {
    return Math.max(replay.first(), recording.onset() - WINDOW);
  }

  /** The first step after which the optimizer had not counted on, or −1. */
  long stateLostAt() {
    Signals signals = recording.signals();
    for (long step = Math.max(windowStart(), signals.oldest() + 1); step <= peak(); step++) {
      if (signals.updates(step) <= signals.updates(step - 1)) {
        return step;
      }
    }
    return -1;
  }

  /** The first step whose learning rate was suddenly higher, or −1. */
  long rateRaisedAt(double factor) {
    Signals signals = recording.signals();
    for (long step = Math.max(windowStart(), signals.oldest() + 1); step <= peak(); step++) {
      if (signals.learningRate(step) > factor * signals.learningRate(step - 1)) {
        return step;
      }
    }
    return -1;
  }

  /** The first finite loss above 0 of the run. */
  double firstLoss() {
    return recording.delta() / SpikeDetector.DELTA;
  }

  /** The loss of the step before the onset; NaN if that was not recorded. */
  double lossBefore() {
    long before = recording.onset() - 1;
    return before >= recording.signals().oldest() ? recording.signals().loss(before) : Double.NaN;
  }

  /** The learning rate of a step. */
  double rate(long step) {
    return recording.signals().learningRate(step);
  }

  /** The highest learning rate from a step on to the peak. */
  double highestRate(long from) {
    return LongStream.rangeClosed(from, peak()).mapToDouble(this::rate).max().orElse(Double.NaN);
  }

  /** Whether the peak's batch is the last of its epoch and smaller than the others. */
  boolean inSmallLastBatch() {
    return isSmallLast(peakBatch().index());
  }

  private boolean isSmallLast(int index) {
    DataLoader loader = trainer().loader();
    return loader.batches() > 1
        && index == loader.batches() - 1
        && loader.batch(index).size() < loader.batch(0).size();
  }

  /** How many of all spikes have their peak in the last batch of an epoch. */
  long spikesInLastBatch() {
    long offset = recording.signals().batch(recording.onset()) - recording.onset();
    int batches = trainer().loader().batches();
    return recorder.spikes().stream()
        .filter(s -> isSmallLast((int) ((s.peak() + offset) % batches)))
        .count();
  }

  long spikes() {
    return recorder.spikes().size();
  }

  /** P(at least k of n spikes in one batch of an epoch), if they fell anywhere: binomial. */
  double chanceOfPhase() {
    return binomialTail(spikes(), spikesInLastBatch(), 1.0 / trainer().loader().batches());
  }

  /** P(X ≥ k) for X ~ B(n, p). */
  static double binomialTail(long n, long k, double p) {
    double term = StrictMath.pow(1 - p, (double) n);
    double below = 0;
    for (long i = 0; i < k; i++) {
      below += term;
      term *= (double) (n - i) / (i + 1) * p / (1 - p);
    }
    return Math.max(0, 1 - below);
  }

  /**
   * How hard the peak's batch was for the weights of 20 steps before the onset, against the peak,
   * in heights: near 1 the data is to blame; at or below 0 the weights moved.
   */
  double hindsight() {
    return recording.height(watcher.lossBefore()) / recording.peakHeight();
  }

  /** How far the loss of the probe rose above its median before the onset, in nats. */
  double probeRise() {
    double[] before =
        ledger.steps().stream()
            .filter(s -> s.number() < recording.onset())
            .mapToDouble(Ledger.Step::probeLoss)
            .sorted()
            .toArray();
    double highest =
        ledger.steps().stream()
            .filter(s -> s.number() >= recording.onset())
            .mapToDouble(Ledger.Step::probeLoss)
            .max()
            .orElse(Double.NaN);
    if (before.length == 0) {
      return Double.NaN;
    }
    double delta = recording.delta();
    return StrictMath.log((highest + delta) / (before[before.length / 2] + delta));
  }

  /** Whether the targets are classes, and all of the peak's batch are of one. */
  boolean oneClass() {
    Tensor targets = peakBatch().targets();
    double[] classes = targets.toArray();
    return targets.shape().rank() == 1
        && classes.length > 1
        && Arrays.stream(classes).allMatch(c -> c == classes[0]);
  }

  /**
   * The fewest rows without which the loss of the peak's batch is in the usual range; empty if the
   * losses of rows are not known, or each row is too large.
   */
  Set<Integer> topRows() {
    double[] losses = watcher.peakLosses();
    int[] rows = peakBatch().rows();
    List<Integer> order =
        IntStream.range(0, losses.length)
            .boxed()
            .sorted((a, b) -> Double.compare(losses[b], losses[a]))
            .toList();
    Set<Integer> top = new HashSet<>();
    double rest = Arrays.stream(losses).sum();
    for (int i = 0; i < losses.length - 1; i++) {
      rest -= losses[order.get(i)];
      top.add(rows[order.get(i)]);
      if (recording.excess(Math.max(0, rest) / (losses.length - i - 1)) == 0) {
        return top;
      }
    }
    return losses.length == 1 ? Set.of(rows[0]) : Set.of();
  }

  /** Measures η · λ every 10 steps before the onset. */
  List<Sharpness> sharpness() {
    if (!sharpnessKnown) {
      SharpnessWatcher sharpnessWatcher =
          new SharpnessWatcher(recording, evaluation, trainer().optimizer(), curvatureRows);
      replay.unchanged(sharpnessWatcher);
      ledger = ledger.with(sharpnessWatcher.measured());
      sharpnessKnown = true;
    }
    return ledger.sharpness();
  }

  /** The largest η · λ over its threshold before the onset; empty if it is not known. */
  Optional<Sharpness> sharpest() {
    return sharpness().stream()
        .filter(s -> Double.isFinite(s.ratio()))
        .max((a, b) -> Double.compare(a.ratio(), b.ratio()));
  }

  /** The largest RMSₜ of a parameter from 5 steps before the onset to the peak. */
  double largestRms() {
    return ledger.steps().stream()
        .filter(s -> s.number() >= recording.onset() - 5 && s.number() <= peak())
        .mapToDouble(Ledger.Step::largestRms)
        .max()
        .orElse(Double.NaN);
  }
}
