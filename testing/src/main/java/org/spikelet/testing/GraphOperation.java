package org.spikelet.testing;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/**
 * A kind of operation that random graphs are made of, with the code that calls it.
 *
 * <p>It need not say for which operands it is defined: a graph uses it only where its values are
 * finite, of moderate size and smooth nearby, and does without it where it throws an {@code
 * IllegalArgumentException}.
 */
public final class GraphOperation {

  /**
   * An operation with its axes, numbers and the like chosen.
   *
   * @param spelling its code: {@code Spelling.inJava("%s.sum(0)")}
   * @param function what the code does
   */
  public record Call(Spelling spelling, Function<List<Tensor>, Tensor> function) {

    /** An operation known to Java alone: {@code "%s.sum(0)"}. */
    public Call(String code, Function<List<Tensor>, Tensor> function) {
      this(Spelling.inJava(code), function);
    }
  }

  /** Chooses axes, numbers and the like. */
  @FunctionalInterface
  public interface Chooser {

    /**
     * Returns a call for operands of these shapes, or empty if there is none.
     *
     * @param choice from 0 to 59: the smaller, the simpler should the call be
     */
    Optional<Call> call(List<Shape> shapes, int choice);
  }

  private final int operands;
  private final Chooser chooser;

  private GraphOperation(int operands, Chooser chooser) {
    this.operands = operands;
    this.chooser = chooser;
  }

  /**
   * Returns an operation on one tensor.
   *
   * @param code {@code "%s.tanh()"}, {@code "org.example.Cube.cube(%s)"}
   */
  public static GraphOperation unary(String code, UnaryOperator<Tensor> function) {
    return unary(Spelling.inJava(code), function);
  }

  /** Returns an operation on one tensor that other frameworks may know, too. */
  public static GraphOperation unary(Spelling spelling, UnaryOperator<Tensor> function) {
    Call call = new Call(spelling, in -> function.apply(in.get(0)));
    return new GraphOperation(1, (shapes, choice) -> Optional.of(call));
  }

  /**
   * Returns an operation on two tensors.
   *
   * @param code {@code "%s.add(%s)"}
   */
  public static GraphOperation binary(String code, BinaryOperator<Tensor> function) {
    return binary(Spelling.inJava(code), function);
  }

  /** Returns an operation on two tensors that other frameworks may know, too. */
  public static GraphOperation binary(Spelling spelling, BinaryOperator<Tensor> function) {
    Call call = new Call(spelling, in -> function.apply(in.get(0), in.get(1)));
    return new GraphOperation(2, (shapes, choice) -> Optional.of(call));
  }

  /**
   * Returns an operation with something else to choose than its operands.
   *
   * @param operands 1 or 2
   * @throws IllegalArgumentException for another number of operands
   */
  public static GraphOperation of(int operands, Chooser chooser) {
    if (operands != 1 && operands != 2) {
      throw new IllegalArgumentException("operands: must be 1 or 2, got " + operands);
    }
    return new GraphOperation(operands, chooser);
  }

  int operands() {
    return operands;
  }

  Optional<Call> call(List<Shape> shapes, int choice) {
    return chooser.call(shapes, choice);
  }
}
