package org.spikelet.autodiff;

import static org.spikelet.autodiff.Operation.wrt;

import org.spikelet.autodiff.kernels.Loops;

/** How the rules of operations that compare let a gradient through. */
final class Gate {

  private Gate() {}

  /**
   * Returns g where the condition, a constant of the same shape, is another number than 0; 0 where
   * it is 0, even if g is infinite; and NaN where it is NaN: then nobody knows which way g goes.
   */
  static Tensor let(Tensor g, Tensor condition) {
    Tensor y = Tensor.result(g.shape());
    Loops.gate(g.data(), condition.data(), y.data());
    return Operation.enter("gate", y, wrt(g, h -> let(h, condition)));
  }
}
