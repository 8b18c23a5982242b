package org.spikelet.optim;

import org.spikelet.autodiff.Parameter;

/**
 * What an {@link Optimizer} keeps for one parameter: the number of its updates, and some arrays of
 * its size, such as moments, zeros at first.
 */
public final class Slot {

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
