package org.spikelet.spikes.record;

import java.util.Map;

/**
 * What is recorded of each of the last steps, in a ring: 40 bytes a step, and {@link Marks}, some
 * tens of bytes for each parameter.
 */
public final class Signals {

  private final double[] losses;
  private final double[] learningRates;
  private final double[] gradientNorms;
  private final long[] batches;
  private final long[] updates;
  private final Marks[] marks;
  private final long first;
  private long next;

  /** An empty ring that begins with this step. */
  Signals(int capacity, long first) {
    losses = new double[capacity];
    learningRates = new double[capacity];
    gradientNorms = new double[capacity];
    batches = new long[capacity];
    updates = new long[capacity];
    marks = new Marks[capacity];
    this.first = first;
    next = first;
  }

  /** Adds the next step in place of the oldest. */
  void add(
      double loss,
      double learningRate,
      double gradientNorm,
      long batch,
      long updated,
      Marks noted) {
    int slot = slot(next++);
    losses[slot] = loss;
    learningRates[slot] = learningRate;
    gradientNorms[slot] = gradientNorm;
    batches[slot] = batch;
    updates[slot] = updated;
    marks[slot] = noted;
  }

  private int slot(long step) {
    return (int) (step % losses.length);
  }

  private int checked(long step) {
    if (step < oldest() || step >= next) {
      throw new IllegalArgumentException(
          "signals: step %s is not among the recorded %s to %s"
              .formatted(step, oldest(), next - 1));
    }
    return slot(step);
  }

  /** Returns the first step still known. */
  public long oldest() {
    return Math.max(first, next - losses.length);
  }

  /** Returns the first step not yet known. */
  public long next() {
    return next;
  }

  /**
   * Returns the loss of a step's batch, before the step.
   *
   * @throws IllegalArgumentException if the step is not among those known
   */
  public double loss(long step) {
    return losses[checked(step)];
  }

  /** Returns the learning rate of a step. */
  public double learningRate(long step) {
    return learningRates[checked(step)];
  }

  /** Returns √Σg² over what the optimizer trains, of what it was given. */
  public double gradientNorm(long step) {
    return gradientNorms[checked(step)];
  }

  /** Returns which batch of the loader it was. */
  public long batch(long step) {
    return batches[checked(step)];
  }

  /** Returns the optimizer's own count of steps after this one. */
  public long updates(long step) {
    return updates[checked(step)];
  }

  /** Returns what tells a replay where it leaves the recording. */
  public Marks marks(long step) {
    return marks[checked(step)];
  }

  /** Writes the steps still known. */
  void write(Numbers out) {
    out.putLongs(losses.length, first, oldest(), next);
    for (long step = oldest(); step < next; step++) {
      out.put(loss(step), learningRate(step), gradientNorm(step));
      out.putLongs(batch(step), updates(step));
      marks(step).write(out);
    }
  }

  static Signals read(Numbers in) {
    int capacity = in.nextInt();
    Signals signals = new Signals(capacity, in.nextLong());
    signals.next = in.nextLong();
    for (long end = in.nextLong(); signals.next < end; ) {
      signals.add(in.next(), in.next(), in.next(), in.nextLong(), in.nextLong(), Marks.read(in));
    }
    return signals;
  }

  /** Puts the learning rates of the steps still known under the optimizer's count before each. */
  void ratesInto(Map<Long, Double> rates) {
    for (long step = oldest(); step < next; step++) {
      rates.put(updates(step) - 1, learningRate(step));
    }
  }

  /** A copy of some steps, which later ones do not overwrite. */
  Signals copy(long from, long to) {
    Signals copy = new Signals((int) (to - from), from);
    for (long step = from; step < to; step++) {
      copy.add(
          loss(step),
          learningRate(step),
          gradientNorm(step),
          batch(step),
          updates(step),
          marks(step));
    }
    return copy;
  }
}
