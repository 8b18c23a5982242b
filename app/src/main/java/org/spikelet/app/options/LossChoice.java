package org.spikelet.app.options;

import java.util.Locale;
import java.util.function.BinaryOperator;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Losses;

/** The losses of the command line. */
public enum LossChoice {
  MSE(Losses::meanSquaredError),
  MAE(Losses::meanAbsoluteError),
  HUBER(Losses::huber),
  CROSS_ENTROPY(Losses::crossEntropy);

  @SuppressWarnings("ImmutableEnumChecker") // the functions above have no state
  private final BinaryOperator<Tensor> function;

  LossChoice(BinaryOperator<Tensor> function) {
    this.function = function;
  }

  /** Returns whether its targets are classes. */
  public boolean classification() {
    return this == CROSS_ENTROPY;
  }

  /** Returns the loss of predictions and targets. */
  public BinaryOperator<Tensor> function() {
    return function;
  }

  /** The word on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
