package org.spikelet.spikes.record;

import java.util.Map;

/** Signals as a test tells them, one step after the other. */
public final class Noted {

  private final Signals signals;

  /** Up to so many steps. */
  public Noted(int capacity, long first) {
    signals = new Signals(capacity, first);
  }

  /** A step of which little is said: its loss, its rate and the optimizer's count after it. */
  public Noted step(double loss, double learningRate, long updates) {
    return step(loss, learningRate, updates, Marks.NONE);
  }

  /** The same with marks; its batch has the number of the step. */
  public Noted step(double loss, double learningRate, long updates, Marks marks) {
    signals.add(loss, learningRate, 1, signals.next(), updates, marks);
    return this;
  }

  /** One of which the norm of the gradients is told. */
  public Noted norm(double norm) {
    signals.add(1, 0.1, norm, signals.next(), signals.next() + 1, Marks.NONE);
    return this;
  }

  public Signals signals() {
    return signals;
  }

  /**
   * Marks of parameters.
   *
   * @param changes how often each of the state was changed
   * @param squared Σg² of each that is trained
   * @param prints of their values
   */
  public static Marks marks(
      int[] changes, double[] squared, long[] prints, Map<Integer, double[]> copies) {
    return new Marks(changes, squared, prints, copies);
  }
}
