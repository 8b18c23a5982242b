package org.spikelet.examples;

import java.util.SplittableRandom;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Optimizer;

/**
 * 03: learn XOR.
 *
 * <p>No line separates the two classes; a hidden layer bends the plane so that one does.
 */
public final class Example03Xor {

  private Example03Xor() {}

  /** Trains a net with 8 hidden units, and prints what it says of the four cases. */
  public static void main(String... args) {
    Tensor inputs = Tensor.matrix(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    Tensor targets = Tensor.matrix(new double[][] {{0}, {1}, {1}, {0}});

    SplittableRandom random = new SplittableRandom(3);
    Module net = Sequential.of(Dense.of(2, 8, random), Activation.TANH, Dense.of(8, 1, random));
    Optimizer adam = new Adam(net.parameters(), 0.05);

    for (int step = 1; step <= 300; step++) {
      try (Tape tape = Tape.record()) {
        Tensor loss = Losses.binaryCrossEntropy(net.forward(inputs), targets);
        adam.step(tape.gradients(loss));
        if (step % 50 == 0) {
          System.out.printf("step %3d   loss %.5f%n", step, loss.item());
        }
      }
    }

    Tensor probabilities = net.forward(inputs).sigmoid();
    for (int i = 0; i < 4; i++) {
      System.out.printf(
          "%.0f xor %.0f = %.0f   the net says %.3f%n",
          inputs.get(i, 0), inputs.get(i, 1), targets.get(i, 0), probabilities.get(i, 0));
    }
  }
}
