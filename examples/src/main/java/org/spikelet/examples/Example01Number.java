package org.spikelet.examples;

import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/**
 * 01: a number with a gradient.
 *
 * <p>A tape records how y is computed from x, and walks back to find how y changes with x.
 */
public final class Example01Number {

  private Example01Number() {}

  /** Prints y = x² · sin x at x = 2, its first and its second derivative. */
  public static void main(String... args) {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(2));
      Tensor y = x.square().mul(x.sin());

      // Recorded gradients can be differentiated again.
      Gradients first = tape.recordedGradients(y);
      Gradients second = tape.gradients(first.of(x));

      System.out.println("x                = " + x.item());
      System.out.println("y = x² · sin x   = " + y.item());
      System.out.println("dy/dx            = " + first.of(x).item());
      System.out.println("by hand          = " + (2 * 2 * Math.sin(2) + 2 * 2 * Math.cos(2)));
      System.out.println("d²y/dx²          = " + second.of(x).item());
      System.out.println(
          "by hand          = " + (2 * Math.sin(2) + 8 * Math.cos(2) - 4 * Math.sin(2)));
    }
  }
}
