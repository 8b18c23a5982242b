package org.spikelet.optim;

import org.spikelet.autodiff.Parameter;

/**
 * What an {@link Optimizer} keeps for one parameter: the number of its updates, and some arrays of
 * its size, such as moments, zeros at first.
 */
public final class Slot {

  /** So much of an average is left only of gradients long ago, or of such whose square is 0. */
  private static final double NOTHING = 1e-290;

  /** An average that is multiplied by 0.9 at each update falls by three digits in so many. */
  private static final int SOMETIMES = 64;

  private final Parameter parameter;
  private final double[][] arrays;
  private long updates;
  private double learningRate;

  Slot(Parameter parameter, int arrays) {
    this.parameter = parameter;
    this.arrays = new double[arrays][parameter.size()];
  }

  /**
   * Returns an array, live: what a rule writes into it is there at the next step.
   *
   * @param position among the names that the optimizer gave its arrays when it was made
   */
  public double[] array(int position) {
    return arrays[position];
  }

  /** Returns the number t of updates of this parameter, a present one included. */
  public long updates() {
    return updates;
  }

  /** Returns the learning rate η of the present update, or of the last. */
  public double learningRate() {
    return learningRate;
  }

  /**
   * Sets to 0, at every 64th update, what is below 1e−290 of an average of gradients where the
   * gradient is 0, as of a dead unit. By itself it would not become 0, for 0.9 times the least
   * number is that again; and with numbers below 2.2e−308 a processor takes longer.
   */
  void forget(double[] average, double[] g, int from, int to) {
    if (updates % SOMETIMES == 0) {
      for (int i = from; i < to; i++) {
        if (g[i] == 0 && Math.abs(average[i]) < NOTHING) {
          average[i] = 0;
        }
      }
    }
  }

  Parameter parameter() {
    return parameter;
  }

  double[][] arrays() {
    return arrays;
  }

  /** Counts one update more. */
  void count(double learningRate) {
    updates++;
    this.learningRate = learningRate;
  }

  void updates(long updates) {
    this.updates = updates;
  }

  void learningRate(double learningRate) {
    this.learningRate = learningRate;
  }
}
