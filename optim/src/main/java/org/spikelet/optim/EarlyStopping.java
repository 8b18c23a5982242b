package org.spikelet.optim;

import java.util.function.DoubleSupplier;

/**
 * Stops the training when a measure, such as the loss on held-out data, has not fallen for a while.
 *
 * <p>Source: Goodfellow, Bengio and Courville 2016, "Deep Learning", Algorithm 7.1.
 */
public final class EarlyStopping implements TrainingListener {

  private final DoubleSupplier measure;
  private final long every;
  private final int patience;
  private double best = Double.POSITIVE_INFINITY;
  private int misses;

  /**
   * Measures every so many steps, and stops after so many measurements in a row without a new
   * minimum. A measure of NaN is no new minimum.
   *
   * @throws IllegalArgumentException if one of the numbers is less than 1
   */
  public EarlyStopping(DoubleSupplier measure, long every, int patience) {
    this.measure = measure;
    this.every = Check.count("every", every);
    this.patience = (int) Check.count("patience", patience);
  }

  @Override
  public void afterStep(TrainingStep step) {
    if ((step.number() + 1) % every != 0) {
      return;
    }
    double value = measure.getAsDouble();
    if (value < best) {
      best = value;
      misses = 0;
    } else if (++misses >= patience) {
      step.stop();
    }
  }

  /** Returns the smallest value measured, or infinity before the first. */
  public double best() {
    return best;
  }
}
