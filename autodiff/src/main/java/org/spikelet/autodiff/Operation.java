package org.spikelet.autodiff;

import java.util.List;
import java.util.function.UnaryOperator;
import org.spikelet.autodiff.kernels.Loops;

/**
 * One step of a computation as the tape keeps it: its name, its output, its inputs, and for each
 * input the rule that turns the gradient of the output into the gradient of that input.
 *
 * <p>Every operation of the library is made with {@link #enter} and {@link #wrt}, and so are your
 * own:
 *
 * <pre>{@code
 * static Tensor cube(Tensor x) {
 *   double[] values = Arrays.stream(x.toArray()).map(v -> v * v * v).toArray();
 *   Tensor y = Tensor.of(x.shape(), values);
 *   return Operation.enter("cube", y, Operation.wrt(x, g -> g.mul(x.square()).mul(3)));
 * }
 * }</pre>
 *
 * <p>A rule is written in tensor operations, so it can be recorded and differentiated again. It may
 * use the gradient g, the inputs, the output, and constants; a number read from a tensor inside a
 * rule is a constant to the second derivative. A gradient check tells whether a rule is right.
 */
public final class Operation {

  /**
   * An input of an operation and its derivative rule.
   *
   * @param tensor the input
   * @param rule from the gradient of the output, of the output's shape, to that of the input, of
   *     the input's shape
   */
  public record Input(Tensor tensor, UnaryOperator<Tensor> rule) {}

  private final String name;
  private final Tensor output;

  /** Not copied: an operation is made for every line of a computation. */
  final Input[] inputs;

  Operation(String name, Tensor output, Input... inputs) {
    this.name = name;
    this.output = output;
    this.inputs = inputs;
  }

  /** Pairs an input with its rule: "with respect to x, the gradient is rule(g)". */
  public static Input wrt(Tensor x, UnaryOperator<Tensor> rule) {
    return new Input(x, rule);
  }

  /**
   * Enters on the open tape, if there is one and it needs to know, that y was computed from these
   * inputs, and returns y. Modifies y: from now on it belongs to the tape.
   *
   * @param y fresh: made for this call, by a factory, by {@code copy} or {@code detach}, or from
   *     constants alone; neither a parameter nor recorded or watched, and no operand before this
   *     call
   * @param inputs kept as they are: an array given here must not be changed afterwards
   * @throws IllegalStateException if y is a parameter, stands on a tape already or belongs to a
   *     closed one, or an input was recorded on another tape. That y was an operand before is found
   *     in the walk back
   */
  public static Tensor enter(String name, Tensor y, Input... inputs) {
    Tape tape = Tape.current();
    if (tape != null) {
      tape.enter(name, y, inputs);
    }
    return y;
  }

  /**
   * Lets the gradient through a rule that compares: g where the condition, a constant of the same
   * shape, is another number than 0; 0 where it is 0, even if g is infinite; and NaN where it is
   * NaN, for then nobody knows which way g goes.
   */
  static Tensor gate(Tensor g, Tensor condition) {
    Tensor y = Tensor.result(g.shape());
    Loops.gate(g.data(), condition.data(), y.data());
    return enter("gate", y, wrt(g, h -> gate(h, condition)));
  }

  /** Returns the name, such as {@code mul}. */
  public String name() {
    return name;
  }

  /** Returns what was computed. */
  public Tensor output() {
    return output;
  }

  /** Returns the inputs with their rules; none for a leaf. */
  public List<Input> inputs() {
    return List.of(inputs);
  }
}
