package org.spikelet.examples;

import java.util.List;
import java.util.SplittableRandom;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Sgd;

/**
 * 02: fit a line.
 *
 * <p>Two parameters, slope and intercept, follow their gradients downhill until the line fits.
 */
public final class Example02Line {

  private Example02Line() {}

  /** Fits y = 3x − 1 to noisy points, and prints the way there. */
  public static void main(String... args) {
    SplittableRandom random = new SplittableRandom(2);
    Tensor x = Tensor.vector(random.doubles(100, -1, 1).toArray());
    Tensor noise = Tensor.vector(random.doubles(100, -0.1, 0.1).toArray());
    Tensor y = x.mul(3).sub(1).add(noise);

    Parameter slope = Parameter.of("slope", Tensor.scalar(0));
    Parameter intercept = Parameter.of("intercept", Tensor.scalar(0));
    Sgd sgd = new Sgd(List.of(slope, intercept), 0.2);

    for (int step = 0; step <= 60; step++) {
      try (Tape tape = Tape.record()) {
        Tensor prediction = x.mul(slope).add(intercept);
        Tensor loss = prediction.sub(y).square().mean();
        Gradients gradients = tape.gradients(loss);
        if (step % 10 == 0) {
          System.out.printf(
              "step %2d   loss %.5f   y = %.3f x %+.3f%n",
              step, loss.item(), slope.item(), intercept.item());
        }
        sgd.step(gradients);
      }
    }
    System.out.println("The points were drawn around y = 3 x − 1.");
  }
}
