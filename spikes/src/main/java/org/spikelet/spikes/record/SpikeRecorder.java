package org.spikelet.spikes.record;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Batch;
import org.spikelet.optim.Checkpoint;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Schedule;
import org.spikelet.optim.Stateful;
import org.spikelet.optim.Trainer;
import org.spikelet.optim.TrainingListener;
import org.spikelet.optim.TrainingStep;
import org.spikelet.spikes.detect.Spike;
import org.spikelet.spikes.detect.SpikeDetector;

/**
 * Records a training so that a {@code SpikeDoctor} can replay and explain its spikes.
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
 * each weight in all; and 40 bytes and its {@link Marks} for each of 512 steps, and for 180 steps
 * of each spike. Weights changed outside the optimizer are copied, mostly once in 128 steps: up to
 * 8 bytes for each weight, each time. The list of spikes takes 130 bytes for each spike.
 *
 * <p>A {@link Checkpoint} holds all of it, as it does whatever else is {@link Stateful}: the file
 * grows by what it holds in memory. Schedules are functions and not saved; a replay of a spike from
 * before takes the rates that were recorded.
 *
 * <p>In a loop of your own, make the trainer without running it, to say what a step is, and call
 * {@link #record} after each step.
 */
public final class SpikeRecorder implements TrainingListener, Stateful {

  /** 16 spikes, each from 60 steps before its onset on. */
  public static final Settings DEFAULTS = new Settings(16, 60);

  private static final int SIGNALS = 512;

  private final Trainer trainer;
  private final Map<String, Parameter> state;
  private final List<Parameter> parameters;
  private final Settings settings;
  private final Marker marker;
  private long first;
  private SpikeDetector detector;
  private Signals signals;
  private SnapshotRing snapshots;
  private SpikeShelf shelf;
  private long next;
  private double firstLoss = Double.NaN;
  private long firstLossAt = -1;

  /**
   * What a recorder keeps.
   *
   * @param kept how many spikes, at least 1: of more, the highest
   * @param before how many steps before the onset a replay starts, in tens, from 30 to 300
   */
  public record Settings(int kept, int before) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public Settings {
      if (kept < 1) {
        throw new IllegalArgumentException("kept: must be at least 1, got " + kept);
      }
      if (before < 30 || before > 300) {
        throw new IllegalArgumentException("before: must be from 30 to 300, got " + before);
      }
    }

    /** Returns the same with another number of spikes. */
    public Settings withKept(int spikes) {
      return new Settings(spikes, before);
    }

    /** Returns the same with replays that start so many steps before the onset. */
    public Settings withBefore(int steps) {
      return new Settings(kept, steps);
    }
  }

  private SpikeRecorder(Trainer trainer, Map<String, Parameter> state, Settings settings) {
    this.trainer = Objects.requireNonNull(trainer, "recorder: trainer must not be null");
    Objects.requireNonNull(state, "recorder: state must not be null");
    Objects.requireNonNull(settings, "recorder: settings must not be null");
    this.state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
    Set<Parameter> all = new LinkedHashSet<>(state.values());
    all.addAll(trainer.optimizer().parameters());
    parameters = List.copyOf(all);
    this.settings = settings;
    first = trainer.steps();
    next = first;
    detector = new SpikeDetector(first);
    signals = new Signals(SIGNALS, first);
    snapshots = new SnapshotRing(parameters, trainer, settings.before, first);
    marker = new Marker(parameters, trainer.optimizer().parameters());
    shelf = new SpikeShelf(detector, signals, settings.kept);
  }

  /**
   * Begins to record a trainer, from its next step on.
   *
   * @param state all that belongs to the model's state, frozen parameters included: {@code
   *     net.state()}
   */
  public static SpikeRecorder attach(Trainer trainer, Map<String, Parameter> state) {
    return attach(trainer, state, DEFAULTS);
  }

  /** The same with settings, such as {@code SpikeRecorder.DEFAULTS.withKept(3)}. */
  public static SpikeRecorder attach(
      Trainer trainer, Map<String, Parameter> state, Settings settings) {
    SpikeRecorder recorder = of(trainer, state, settings);
    trainer.listen(recorder);
    return recorder;
  }

  /** Begins to record a loop that calls {@link #record} itself; the trainer says what a step is. */
  public static SpikeRecorder of(Trainer trainer, Map<String, Parameter> state) {
    return of(trainer, state, DEFAULTS);
  }

  /** The same with settings. */
  public static SpikeRecorder of(Trainer trainer, Map<String, Parameter> state, Settings settings) {
    return new SpikeRecorder(trainer, state, settings);
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
    long position = batch.epoch() * trainer.loader().batches() + batch.index();
    Marks marks = marker.take(gradients);
    signals.add(loss, learningRate, norm(marks), position, trainer.optimizer().steps(), marks);
    if (firstLossAt < 0 && loss > 0 && loss < Double.POSITIVE_INFINITY) {
      firstLoss = loss;
      firstLossAt = next;
    }
    boolean before = detector.inside();
    detector.add(loss);
    if (detector.inside() && !before) {
      shelf.begin(next, snapshots.oldest());
    }
    next++;
    shelf.finish(next);
    snapshots.before(next);
  }

  /** √Σg² over what the optimizer trains. */
  private static double norm(Marks marks) {
    double sum = 0;
    for (int k = 0; k < marks.trained(); k++) {
      double squared = marks.squaredGradient(k);
      sum += squared == -1 ? 0 : squared;
    }
    return Math.sqrt(sum);
  }

  /**
   * Runs something that changes the recorded state and puts it back, as an examination does,
   * without taking it for a part of the training.
   */
  public void leaveOut(Runnable work) {
    marker.leaveOut(work);
  }

  /** Returns copies of all that was recorded and is still kept. */
  @Override
  public List<Tensor> save() {
    Numbers numbers = new Numbers();
    numbers.putLongs(first, next, firstLossAt);
    numbers.put(firstLoss);
    signals.write(numbers);
    shelf.write(numbers);
    marker.write(numbers);
    List<Tensor> detected = detector.save();
    List<Snapshot> ring = snapshots.all();
    List<Snapshot> starts = shelf.starts();
    List<Tensor> tensors = new ArrayList<>();
    tensors.add(Tensor.vector(detected.size(), ring.size(), starts.size()));
    tensors.add(Tensor.vector(numbers.toArray()));
    tensors.addAll(detected);
    ring.forEach(snapshot -> tensors.addAll(snapshot.save()));
    starts.forEach(snapshot -> tensors.addAll(snapshot.save()));
    return tensors;
  }

  @Override
  public void restore(List<Tensor> saved) {
    try {
      read(saved);
    } catch (NoSuchElementException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new IllegalArgumentException(
          "restore: SpikeRecorder: something else has saved these " + saved.size() + " tensors", e);
    }
  }

  /** Makes all of it before the first change to this. */
  private void read(List<Tensor> saved) {
    Iterator<Tensor> tensors = saved.iterator();
    double[] counts = tensors.next().toArray();
    Numbers numbers = new Numbers(tensors.next().toArray());
    long firstRecorded = numbers.nextLong();
    long nextStep = numbers.nextLong();
    long lossAt = numbers.nextLong();
    double loss = numbers.next();
    Signals recorded = Signals.read(numbers);
    SpikeDetector detected = new SpikeDetector();
    detected.restore(next((int) counts[0], tensors::next));
    Optimizer optimizer = trainer.optimizer();
    Schedule own = optimizer.schedule();
    Map<Long, Double> rates = new HashMap<>();
    List<Snapshot> ring;
    List<Snapshot> starts;
    try {
      // A snapshot has the schedule of the moment at which it is made.
      optimizer.schedule(t -> rates.containsKey(t) ? rates.get(t) : own.at(t));
      ring = next((int) counts[1], () -> Snapshot.read(parameters, trainer, tensors));
      starts = next((int) counts[2], () -> Snapshot.read(parameters, trainer, tensors));
    } finally {
      optimizer.schedule(own);
    }
    SpikeShelf filled = new SpikeShelf(detected, recorded, settings.kept);
    filled.read(numbers, starts.iterator());
    filled.recordings().forEach(recording -> recording.signals().ratesInto(rates));
    recorded.ratesInto(rates);
    marker.read(numbers);
    first = firstRecorded;
    next = nextStep;
    firstLoss = loss;
    firstLossAt = lossAt;
    signals = recorded;
    detector = detected;
    snapshots = new SnapshotRing(parameters, trainer, settings.before, ring);
    shelf = filled;
  }

  private static <T> List<T> next(int count, Supplier<T> each) {
    List<T> list = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      list.add(each.get());
    }
    return list;
  }

  @Override
  public Object settings() {
    return settings;
  }

  /** Returns the recordings kept, in order; of spikes still going on, up to the last step. */
  public List<Recording> recordings() {
    return shelf.recordings();
  }

  /** Returns the trainer that is recorded. */
  public Trainer trainer() {
    return trainer;
  }

  /** Returns the model's state by path. */
  public Map<String, Parameter> state() {
    return state;
  }

  /** Returns the parameters of the state, and whatever else the optimizer trains. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** Returns the number of the first step recorded. */
  public long firstStep() {
    return first;
  }

  /** Returns the first finite loss above 0; NaN if there was none. */
  public double firstLoss() {
    return firstLoss;
  }

  /** Returns the step of {@link #firstLoss}; −1 if there was none. */
  public long firstLossAt() {
    return firstLossAt;
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
