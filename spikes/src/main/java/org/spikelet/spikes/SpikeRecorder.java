package org.spikelet.spikes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.optim.Batch;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Trainer;
import org.spikelet.optim.TrainingListener;
import org.spikelet.optim.TrainingStep;

/**
 * Records a training so that a {@link SpikeDoctor} can replay and explain its spikes.
 *
 * <pre>{@code
 * Trainer trainer = new Trainer(net::forward, Losses::meanSquaredError, adam, loader);
 * SpikeRecorder recorder = SpikeRecorder.attach(trainer, net.state());
 * trainer.run(10_000);
 * Examination examination = new SpikeDoctor().examine(recorder);
 * examination.diagnoses().forEach(diagnosis -> System.out.println(diagnosis.words()));
 * }</pre>
 *
 * <p>It does little at each step: it notes the loss, the learning rate, the gradient's norm, and
 * which batch it was, and looks for spikes. Every 10 steps it takes a {@link Snapshot}. All else,
 * whatever needs a forward pass or the Hessian, the doctor computes afterwards by replaying from a
 * snapshot, which gives the very same bits.
 *
 * <p>Memory is bounded. With W weights it holds 6 snapshots of the last 60 steps, and one for each
 * of the 16 highest spikes and of those that are going on: with Adam 24 · W bytes each, 0.5 kB for
 * each weight in all; and 40 bytes for each of 512 steps, and for 180 steps of each spike. The list
 * of spikes takes 64 bytes for each spike.
 *
 * <p>In a loop of your own, make the trainer without running it, to say what a step is, and call
 * {@link #record} after each step.
 */
public final class SpikeRecorder implements TrainingListener {

  private static final int EVERY = 10;
  private static final int AFTER = 60;
  private static final int SIGNALS = 512;

  private final Trainer trainer;
  private final Map<String, Parameter> state;
  private final List<Parameter> parameters;
  private final SpikeDetector detector = new SpikeDetector();
  private final long first;
  private final Signals signals;
  private final List<Recording> pending = new ArrayList<>();
  private final List<Recording> recordings = new ArrayList<>();
  private Snapshot[] ring = new Snapshot[6];
  private int kept = 16;
  private long next;

  private SpikeRecorder(Trainer trainer, Map<String, Parameter> state) {
    this.trainer = trainer;
    this.state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
    Set<Parameter> all = new LinkedHashSet<>(state.values());
    all.addAll(trainer.optimizer().parameters());
    this.parameters = List.copyOf(all);
    this.first = trainer.steps();
    this.next = first;
    this.signals = new Signals(SIGNALS, first);
    detector.startAt(first);
    snapshot();
  }

  /**
   * Begins to record a trainer, from its next step on.
   *
   * @param state all that belongs to the model's state, frozen parameters included: {@code
   *     net.state()}
   */
  public static SpikeRecorder attach(Trainer trainer, Map<String, Parameter> state) {
    SpikeRecorder recorder = new SpikeRecorder(trainer, state);
    trainer.listen(recorder);
    return recorder;
  }

  /** Begins to record a loop that calls {@link #record} itself; the trainer says what a step is. */
  public static SpikeRecorder of(Trainer trainer, Map<String, Parameter> state) {
    return new SpikeRecorder(trainer, state);
  }

  /**
   * Sets how many spikes to keep, 16 by default: of more, the highest; returns this.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public SpikeRecorder keep(int spikes) {
    if (spikes < 1) {
      throw new IllegalArgumentException("keep: must be at least 1, got " + spikes);
    }
    kept = spikes;
    return this;
  }

  /**
   * Sets how many steps before the onset a replay starts, 60 by default, in tens; returns this.
   *
   * @throws IllegalArgumentException if it is not from 30 to 300, or steps have been recorded
   */
  public SpikeRecorder before(int steps) {
    if (steps < 30 || steps > 300) {
      throw new IllegalArgumentException("before: must be from 30 to 300, got " + steps);
    }
    if (next > first) {
      throw new IllegalArgumentException("before: set it before the first step");
    }
    Snapshot start = ring[slot(next)];
    ring = new Snapshot[(steps + EVERY - 1) / EVERY];
    ring[slot(next)] = start;
    return this;
  }

  @Override
  public void afterStep(TrainingStep step) {
    record(step.batch(), step.loss(), step.learningRate(), step.gradients());
  }

  /**
   * Records a step of a loop of your own, after the optimizer's step and before the tape closes.
   *
   * @param loss the loss of the batch, before the step
   * @param gradients what the optimizer was given
   */
  public void record(Batch batch, double loss, Gradients gradients) {
    Optimizer optimizer = trainer.optimizer();
    record(batch, loss, optimizer.schedule().at(optimizer.steps() - 1), gradients);
  }

  private void record(Batch batch, double loss, double learningRate, Gradients gradients) {
    Optimizer optimizer = trainer.optimizer();
    long position = batch.epoch() * trainer.loader().batches() + batch.index();
    signals.add(loss, learningRate, norm(gradients), position, optimizer.steps());
    boolean before = detector.inside();
    detector.add(loss);
    long step = next++;
    if (detector.inside() && !before) {
      begin(step);
    }
    if (!pending.isEmpty() && step + 1 >= pending.get(0).onset() + AFTER) {
      finish(pending.remove(0));
    }
    if (next % EVERY == 0) {
      snapshot();
    }
  }

  /** √Σg². */
  private double norm(Gradients gradients) {
    double sum = 0;
    List<Parameter> trained = trainer.optimizer().parameters();
    for (int k = 0; k < trained.size(); k++) {
      if (gradients.contains(trained.get(k))) {
        sum += gradients.sumOfSquares(trained.get(k));
      }
    }
    return Math.sqrt(sum);
  }

  private void snapshot() {
    int slot = slot(next);
    if (ring[slot] == null) {
      ring[slot] = Snapshot.of(parameters, trainer.optimizer(), next);
    } else {
      ring[slot].take(next);
    }
  }

  private int slot(long step) {
    return (int) (step / EVERY % ring.length);
  }

  /** Keeps the oldest snapshot, for the ring will overwrite it. */
  private void begin(long onset) {
    Snapshot oldest = null;
    for (Snapshot snapshot : ring) {
      if (snapshot != null && (oldest == null || snapshot.step() < oldest.step())) {
        oldest = snapshot;
      }
    }
    if (oldest != null) {
      pending.add(
          new Recording(
              onset,
              onset,
              oldest.copy(),
              signals,
              detector.median(),
              detector.scatter(),
              detector.delta()));
    }
  }

  /** Cuts the signals of a spike out of the ring, and lets the lowest spike go. */
  private void finish(Recording spike) {
    long from = Math.max(signals.oldest(), spike.start().step() - AFTER);
    long to = Math.min(signals.next(), spike.onset() + AFTER);
    recordings.add(
        new Recording(
            spike.onset(),
            peak(spike.onset(), to),
            spike.start(),
            signals.copy(from, to),
            spike.median(),
            spike.scatter(),
            spike.delta()));
    if (recordings.size() > kept) {
      recordings.remove(
          recordings.stream()
              .min(Comparator.comparingDouble((Recording recording) -> recording.peakHeight()))
              .orElseThrow());
    }
  }

  /** The step with the largest loss of a spike, before a step. */
  private long peak(long onset, long to) {
    List<Spike> spikes = detector.spikes();
    long end = onset + 1;
    for (int i = spikes.size() - 1; i >= 0 && spikes.get(i).onset() >= onset; i--) {
      end = spikes.get(i).end();
    }
    long peak = onset;
    for (long step = onset; step < Math.min(end, to); step++) {
      // Not finite is more than any number.
      boolean higher = signals.loss(step) > signals.loss(peak) || Double.isNaN(signals.loss(step));
      peak = higher && Double.isFinite(signals.loss(peak)) ? step : peak;
    }
    return peak;
  }

  /** The recordings kept, in order; those still going on end at the last step. */
  List<Recording> recordings() {
    while (!pending.isEmpty()) {
      finish(pending.remove(0));
    }
    return List.copyOf(recordings);
  }

  /** The losses of the last steps. */
  List<Double> lastLosses(int count) {
    return LongStream.range(next - count, next).mapToObj(signals::loss).toList();
  }

  /** A recording of all steps since a snapshot, whether there is a spike or not. */
  Recording recording(long onset, Snapshot start) {
    return new Recording(
        onset,
        onset,
        start,
        signals.copy(start.step(), next),
        detector.median(),
        detector.scatter(),
        detector.delta());
  }

  Trainer trainer() {
    return trainer;
  }

  /** The model's state by path. */
  Map<String, Parameter> state() {
    return state;
  }

  /** The state and whatever else the optimizer trains. */
  List<Parameter> parameters() {
    return parameters;
  }

  /** The first step recorded. */
  long firstStep() {
    return first;
  }

  /** Returns the number of steps recorded. */
  public long steps() {
    return next - first;
  }

  /** Returns all spikes so far; one that is going on ends, for now, at the last step. */
  public List<Spike> spikes() {
    return detector.spikes();
  }
}
