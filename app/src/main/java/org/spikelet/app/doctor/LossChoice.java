package org.spikelet.app.doctor;

import java.util.Locale;
import java.util.function.BinaryOperator;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Losses;

/** The losses of the command line. */
enum LossChoice {
  MSE(false, Losses::meanSquaredError),
  MAE(false, Losses::meanAbsoluteError),
  HUBER(false, Losses::huber),
  CROSS_ENTROPY(true, Losses::crossEntropy);

  private final boolean classification;

  @SuppressWarnings("ImmutableEnumChecker") // the functions above have no state
  private final BinaryOperator<Tensor> function;

  LossChoice(boolean classification, BinaryOperator<Tensor> function) {
    this.classification = classification;
    this.function = function;
  }

  /** Returns whether its targets are classes. */
  boolean classification() {
    return classification;
  }

  /** Returns the loss of predictions and targets. */
  BinaryOperator<Tensor> function() {
    return function;
  }

  /** The word on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
