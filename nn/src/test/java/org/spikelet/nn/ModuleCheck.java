package org.spikelet.nn;

import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.check.GradientCheck;

/**
 * Compares first and second derivatives of a module, with respect to its input and its parameters
 * and the mixed ones, with numeric ones.
 */
final class ModuleCheck {

  private ModuleCheck() {}

  static void check(String name, Module module, Tensor x) {
    new GradientCheck()
        .withOrder(2)
        .withParameters(module.parameters())
        .check(name, in -> module.forward(in.get(0)).square(), x);
  }

  /** The same of a module whose input is codes, which have no derivative. */
  static void checkOfCodes(String name, Module module, Tensor codes) {
    new GradientCheck()
        .withOrder(2)
        .withParameters(module.parameters())
        .check(
            name, in -> module.forward(codes).square().mul(in.get(0).square()), Tensor.scalar(1.5));
  }
}
