package org.spikelet.spikes.diagnose;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.spikelet.autodiff.Parameter;
import org.spikelet.optim.Batch;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.detect.Spike;
import org.spikelet.spikes.record.Recording;
import org.spikelet.spikes.record.Signals;
import org.spikelet.spikes.record.SpikeRecorder;

/**
 * What is known of one spike from the recording alone.
 *
 * @param recorder of the training
 * @param recording of the spike
 */
record RecordedFacts(SpikeRecorder recorder, Recording recording) {

  /** How far back something that the user did may be the cause. */
  private static final int WINDOW = 60;

  /** How long before the onset the weights are taken that hindsight judges a batch with. */
  private static final int HINDSIGHT = 20;

  /** The path of a parameter in the model's state, or its name if it is not there. */
  String name(Parameter parameter) {
    return recorder.state().entrySet().stream()
        .filter(entry -> entry.getValue() == parameter)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(parameter.name());
  }

  Trainer trainer() {
    return recorder.trainer();
  }

  /** The first step of every replay. */
  long firstReplayed() {
    return recording.start().step();
  }

  long onset() {
    return recording.onset();
  }

  /** The step with the largest loss among those recorded. */
  long peak() {
    return recording.peak();
  }

  /** The batch of a step. */
  Batch batch(long step) {
    return trainer().loader().batch(recording.signals().batch(step));
  }

  /** The batch of the peak. */
  Batch peakBatch() {
    return batch(peak());
  }

  /** The number of batches in an epoch. */
  int batches() {
    return trainer().loader().batches();
  }

  /** The spike as the detector reported it. */
  Spike spike() {
    return recorder.spikes().stream()
        .filter(spike -> spike.onset() == onset())
        .findFirst()
        .orElseThrow();
  }

  /** How many steps of the recording come before the onset. */
  long stepsBefore() {
    return onset() - recorder.firstStep();
  }

  /** Whether it came before there is a usual range to compare with. */
  boolean early() {
    return stepsBefore() < Limits.EARLY && Double.isFinite(lossAtOnset());
  }

  /** The step whose weights judge the batches of the spike: 20 before the onset, if there are. */
  long stepOfHindsight() {
    return Math.max(firstReplayed(), onset() - HINDSIGHT);
  }

  double lossAtOnset() {
    return recording.signals().loss(onset());
  }

  /** The loss of the step before the onset; NaN if that was not recorded. */
  double lossBefore() {
    long before = onset() - 1;
    return before >= recording.signals().oldest() ? recording.signals().loss(before) : Double.NaN;
  }

  /** Whether the optimizer divides by what it remembers of the gradients, as Adam does. */
  boolean optimizerScales() {
    return Arrays.stream(trainer().optimizer().preconditioner(0)).anyMatch(p -> p != 1);
  }

  /** The first step after which the optimizer had not counted on. */
  OptionalLong stateLostAt() {
    Signals signals = recording.signals();
    return window().filter(s -> signals.updates(s) <= signals.updates(s - 1)).findFirst();
  }

  /** The first step whose learning rate was suddenly higher. */
  OptionalLong rateRaisedAt() {
    return window().filter(s -> rate(s) > Limits.SUDDEN * rate(s - 1)).findFirst();
  }

  /** The steps up to the peak in which a cause may lie, each with one recorded before it. */
  private LongStream window() {
    long start = Math.max(firstReplayed(), onset() - WINDOW);
    return LongStream.rangeClosed(Math.max(start, recording.signals().oldest() + 1), peak());
  }

  /** The learning rate of a step. */
  double rate(long step) {
    return recording.signals().learningRate(step);
  }

  /** The learning rate before it was suddenly raised; if it was not, that of the onset. */
  double usualRate() {
    OptionalLong raised = rateRaisedAt();
    return rate(raised.isPresent() ? raised.getAsLong() - 1 : onset());
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
        && loader.batch(index).size() < usualBatchSize();
  }

  /** The first step from the onset to the peak that has the smaller batch at an epoch's end. */
  OptionalLong smallLastStep() {
    return LongStream.rangeClosed(onset(), peak())
        .filter(step -> isSmallLast(batch(step).index()))
        .findFirst();
  }

  int usualBatchSize() {
    return trainer().loader().batch(0).size();
  }

  /** How many of all spikes have their peak in the last batch of an epoch. */
  long spikesInLastBatch() {
    long offset = recording.signals().batch(onset()) - onset();
    return recorder.spikes().stream()
        .filter(spike -> isSmallLast((int) ((spike.peak() + offset) % batches())))
        .count();
  }

  long spikes() {
    return recorder.spikes().size();
  }

  /** P(at least k of n spikes in one batch of an epoch), if they fell anywhere: binomial. */
  double chanceOfPhase() {
    return binomialTail(spikes(), spikesInLastBatch(), 1.0 / batches());
  }

  /** P(X ≥ k) for X ~ B(n, p), 0 < p < 1, summed from k on: small chances are not lost. */
  static double binomialTail(long n, long k, double p) {
    if (k == 0) {
      return 1;
    }
    double logarithm = 0;
    for (long i = 0; i < k; i++) {
      logarithm += StrictMath.log((double) (n - i) / (k - i) * p);
    }
    double term = StrictMath.exp(logarithm + (double) (n - k) * StrictMath.log1p(-p));
    double tail = 0;
    for (long i = k; i <= n; i++) {
      tail += term;
      term *= (double) (n - i) / (i + 1) * p / (1 - p);
    }
    return Math.min(1, tail);
  }
}
