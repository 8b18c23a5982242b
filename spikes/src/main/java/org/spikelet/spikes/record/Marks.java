package org.spikelet.spikes.record;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is noted of a step so that a replay can tell where it leaves the recording: of each
 * parameter of the state how often it was changed and a print of its values, and of each trained
 * one Σg².
 */
public final class Marks {

  /** Of a step of which nothing was noted. */
  static final Marks NONE = new Marks(new int[0], new double[0], new long[0], Map.of());

  private final int[] changes;
  private final double[] squaredGradients;
  private final long[] prints;
  private final Map<Integer, double[]> copies;

  Marks(int[] changes, double[] squaredGradients, long[] prints, Map<Integer, double[]> copies) {
    this.changes = changes;
    this.squaredGradients = squaredGradients;
    this.prints = prints;
    this.copies = copies;
  }

  void write(Numbers out) {
    out.put(changes.length, squaredGradients.length, copies.size());
    for (int k = 0; k < changes.length; k++) {
      out.put(changes[k]);
      out.putBits(prints[k]);
    }
    out.put(squaredGradients);
    copies.forEach(
        (k, values) -> {
          out.put(k, values.length);
          out.put(values);
        });
  }

  static Marks read(Numbers in) {
    int parameters = in.nextInt();
    int trained = in.nextInt();
    int copied = in.nextInt();
    int[] changes = new int[parameters];
    long[] prints = new long[parameters];
    for (int k = 0; k < parameters; k++) {
      changes[k] = in.nextInt();
      prints[k] = in.nextBits();
    }
    double[] squared = in.next(trained);
    Map<Integer, double[]> copies = new HashMap<>();
    for (int k = 0; k < copied; k++) {
      copies.put(in.nextInt(), in.next(in.nextInt()));
    }
    return new Marks(changes, squared, prints, copies);
  }

  /** Returns the number of parameters of the state. */
  public int parameters() {
    return changes.length;
  }

  /** Returns the number of trained parameters. */
  public int trained() {
    return squaredGradients.length;
  }

  /** Returns how often a parameter of the state was changed since the step before was marked. */
  public int changes(int k) {
    return changes[k];
  }

  /** Returns Σg² of a trained parameter, of what the optimizer was given; −1 if it got none. */
  public double squaredGradient(int k) {
    return squaredGradients[k];
  }

  /**
   * Returns a number made of some of a parameter's values after the step, by which to tell them.
   */
  public long print(int k) {
    return prints[k];
  }

  /**
   * Returns a parameter's values after the step; known if it was changed more often than in the
   * step before, unless they were known within 128 steps and it was changed half as often then.
   */
  public Optional<double[]> copy(int k) {
    return Optional.ofNullable(copies.get(k)).map(double[]::clone);
  }
}
