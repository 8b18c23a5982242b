package org.spikelet.optim;

import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/** Optimizer steps with gradients that a test chooses. */
final class Steps {

  private Steps() {}

  static Parameter parameter(double... values) {
    return Parameter.of("w", Tensor.vector(values));
  }

  /** A step whose gradient is exactly this: the loss is the sum of gradient · parameter. */
  static void step(Optimizer optimizer, Parameter parameter, double... gradient) {
    try (Tape tape = Tape.record()) {
      optimizer.step(tape.gradients(parameter.mul(Tensor.vector(gradient)).sum()));
    }
  }

  /** Gradients that outlive their tape. */
  static Gradients gradients(Parameter parameter, double... gradient) {
    try (Tape tape = Tape.record()) {
      return tape.gradients(parameter.mul(Tensor.vector(gradient)).sum()).copy();
    }
  }
}
