package org.spikelet.optim;

import java.util.Arrays;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.TapeObserver;
import org.spikelet.autodiff.Tensor;

/**
 * A number format of fewer digits than {@code double}, to train as if computed in it: the result of
 * every operation is rounded to it, to nearest, ties to even.
 *
 * <pre>{@code
 * Precision float32 = Precision.FLOAT32;
 * float32.round(adam); // the first weights
 * Tensor x = float32.rounded(inputs);
 * for (int t = 0; t < steps; t++) {
 *   try (Tape tape = Tape.record(float32)) { // every result, every gradient
 *     Tensor loss = Losses.crossEntropy(net.forward(x), classes);
 *     adam.step(tape.gradients(loss));
 *     float32.round(adam); // weights and moments
 *   }
 * }
 * }</pre>
 *
 * <p>It observes a tape, so it holds for one training on one thread; a tape without it costs
 * nothing more. Tapes opened inside are rounded, too: around {@link Trainer#run} it takes one outer
 * tape, and a listener that rounds the optimizer.
 *
 * <p><b>What is rounded</b>: the output of each operation, forward and in the derivative rules, so
 * the gradients, too; and, where you say so after each step, every weight and every number of the
 * optimizer's state.
 *
 * <p><b>What is not</b>: what happens inside one of them. The sum within a product, a reduction or
 * a softmax, and the lines of an optimizer's rule, are computed in {@code double} and rounded once
 * at the end. Hardware with such a format rounds there as well, or adds up in a wider one, each
 * kind in an order of its own. So results agree with it in their nature and not in their bits.
 * Constants such as learning rates are not rounded, nor are inputs that nobody rounds.
 */
public enum Precision implements TapeObserver {
  /** IEEE 754 binary32, Java's {@code float}: 24 binary digits. */
  FLOAT32 {
    @Override
    public double round(double x) {
      return (float) x;
    }
  },

  /** The upper half of a {@code float}: 8 binary digits, and the same range. */
  BFLOAT16 {
    @Override
    public double round(double x) {
      double size = Math.abs(x);
      if (size < Float.MIN_NORMAL) {
        return Math.rint(x * 0x1p133) * 0x1p-133; // subnormal: multiples of the least, 2⁻¹³³
      }
      if (!(size < 0x1.FFp127)) { // halfway from the largest to the next, or NaN
        return x * Double.POSITIVE_INFINITY; // ±∞ or NaN
      }
      long bits = Double.doubleToRawLongBits(x);
      long half = (1L << (DROPPED - 1)) - 1 + (bits >>> DROPPED & 1); // a tie goes up from odd
      return Double.longBitsToDouble(bits + half & -1L << DROPPED);
    }
  };

  /** The binary digits that a bfloat16 has fewer than a double. */
  private static final int DROPPED = 52 - 7;

  /** Returns the nearest number of this format; ±∞ beyond the largest, NaN for NaN. */
  public abstract double round(double x);

  /** Rounds each element in place. */
  @Override
  public void round(double[] elements) {
    for (int i = 0; i < elements.length; i++) {
      elements[i] = round(elements[i]);
    }
  }

  /** Returns a constant with the values rounded. */
  public Tensor rounded(Tensor values) {
    double[] rounded = values.toArray();
    round(rounded);
    return Tensor.of(values.shape(), rounded);
  }

  /** Rounds the values of a parameter in place. */
  public void round(Parameter parameter) {
    parameter.update(this::round);
  }

  /** Rounds an optimizer's parameters and state in place: once after each step. */
  public void round(Optimizer optimizer) {
    optimizer.slots().forEach(this::round);
  }

  private void round(Slot slot) {
    round(slot.parameter());
    Arrays.stream(slot.arrays()).forEach(this::round);
  }
}
