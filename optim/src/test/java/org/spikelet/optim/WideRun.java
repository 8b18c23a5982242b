package org.spikelet.optim;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;

/**
 * Trains a net whose operations are large enough to be divided among threads, and prints a hash of
 * the weights' bits. {@link ThreadsTest} starts it with different numbers of threads.
 */
final class WideRun {

  private static final int ROWS = 512;

  private WideRun() {}

  public static void main(String[] arguments) {
    SplittableRandom random = new SplittableRandom(1);
    Module net =
        Sequential.of(
            Dense.of(50, 600, random),
            Activation.TANH,
            Dense.of(600, 301, random),
            Activation.RELU,
            Dense.of(301, 3, random));
    Tensor inputs = Tensor.of(Shape.of(ROWS, 50), random.doubles(ROWS * 50L, -1, 1).toArray());
    Tensor targets = Tensor.vector(random.ints(ROWS, 0, 3).asDoubleStream().toArray());
    Optimizer adam = new Adam(net.parameters());
    for (int step = 0; step < 2; step++) {
      try (Tape tape = Tape.record()) {
        adam.step(tape.gradients(Losses.crossEntropy(net.forward(inputs), targets)));
      }
    }
    int hash = 0;
    for (Tensor parameter : net.parameters()) {
      hash = 31 * hash + Arrays.hashCode(parameter.toArray());
    }
    System.out.println("weights " + Integer.toHexString(hash));
  }
}
