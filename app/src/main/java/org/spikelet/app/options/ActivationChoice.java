package org.spikelet.app.options;

import java.util.Locale;
import org.spikelet.nn.Activation;

/** The activations of the command line. */
public enum ActivationChoice {
  RELU(Activation.RELU),
  TANH(Activation.TANH),
  SIGMOID(Activation.SIGMOID),
  ELU(Activation.ELU),
  SILU(Activation.SILU),
  GELU(Activation.GELU);

  private final Activation activation;

  ActivationChoice(Activation activation) {
    this.activation = activation;
  }

  /** Returns the function. */
  public Activation activation() {
    return activation;
  }

  /** The word on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
