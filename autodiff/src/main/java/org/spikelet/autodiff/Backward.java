package org.spikelet.autodiff;

import java.util.List;

/**
 * The walk back over a tape: from the gradient of the last result to that of every result before.
 *
 * <p>Each operation hands the gradient of its output on to its inputs, by their rules; an input of
 * several operations gets the sum. What is computed from a result stands behind it on the tape, so
 * its gradient is complete when the walk arrives.
 *
 * <p>Source: reverse accumulation, Griewank and Walther 2008, "Evaluating Derivatives", algorithm
 * 3.4.
 */
final class Backward {

  private final Tape tape;
  private final List<Operation> operations;
  private final FiniteCheck finiteCheck;

  Backward(Tape tape, List<Operation> operations, FiniteCheck finiteCheck) {
    this.tape = tape;
    this.operations = operations;
    this.finiteCheck = finiteCheck;
  }

  /**
   * Returns for each leaf, at its position on the tape, the derivative of the sum of upstream ·
   * result of the last operation; null where there is none.
   */
  Tensor[] adjoints(int last, Tensor upstream) {
    Tensor[] adjoints = new Tensor[last + 1];
    adjoints[last] = upstream;
    for (int i = last; i >= 0; i--) {
      Operation operation = operations.get(i);
      Tensor g = adjoints[i];
      if (g == null || operation.inputs().length == 0) {
        continue;
      }
      adjoints[i] = null;
      if (finiteCheck == null) {
        propagate(i, g, adjoints);
      } else {
        int position = i;
        finiteCheck.inDerivative(operation, () -> propagate(position, g, adjoints));
      }
    }
    return adjoints;
  }

  /** Hands the gradient g of the result of operation i on to its inputs. */
  private void propagate(int i, Tensor g, Tensor[] adjoints) {
    Operation operation = operations.get(i);
    for (Operation.Input input : operation.inputs()) {
      int j = tape.indexOf(input.tensor());
      if (j >= 0) {
        Tensor d = input.rule().apply(g);
        check(operation, input.tensor(), d, j < i);
        if (finiteCheck != null) {
          finiteCheck.result("the rule", d, g, input.tensor());
        }
        adjoints[j] = adjoints[j] == null ? d : adjoints[j].add(d);
      }
    }
  }

  private static void check(
      Operation operation, Tensor input, Tensor derivative, boolean inputFirst) {
    if (!inputFirst) {
      throw new IllegalStateException(
          operation.name()
              + ": its output was used as an operand before it was recorded; make a new tensor for"
              + " the output");
    }
    if (derivative == null || !derivative.shape().equals(input.shape())) {
      throw new IllegalStateException(
          ("%s: its derivative rule returned %s for an input of shape %s; after broadcasting,"
                  + " sumTo(input.shape()) is needed")
              .formatted(
                  operation.name(),
                  derivative == null ? "null" : "the shape " + derivative.shape(),
                  input.shape()));
    }
  }
}
