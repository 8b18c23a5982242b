package org.spikelet.autodiff;

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

  private Backward() {}

  /**
   * Returns for each position on the tape up to the last the adjoint of what stands there: the
   * derivative of the sum of upstream · last result with respect to it; null where there is none.
   */
  static Tensor[] adjoints(Tape tape, int last, Tensor upstream) {
    Tensor[] adjoints = new Tensor[last + 1];
    adjoints[last] = upstream;
    for (int i = last; i >= 0; i--) {
      if (adjoints[i] != null) {
        for (Operation.Input input : tape.operation(i).inputs) {
          int j = tape.positionOf(input.tensor());
          if (j >= 0) {
            Tensor d = derivative(tape, i, input, adjoints[i]);
            adjoints[j] = adjoints[j] == null ? d : adjoints[j].add(d);
          }
        }
      }
    }
    return adjoints;
  }

  /** Runs the rule of one input of the operation at position i. */
  private static Tensor derivative(Tape tape, int i, Operation.Input input, Tensor g) {
    Operation operation = tape.operation(i);
    if (input.tensor().position() >= i) {
      throw new IllegalStateException(
          operation.name()
              + ": its output was used as an operand before it was recorded; make a new tensor for"
              + " the output");
    }
    tape.observer().ruleStarts(tape, operation, input, g);
    Tensor d = input.rule().apply(g);
    if (d == null || !d.shape().equals(input.tensor().shape())) {
      throw new IllegalStateException(
          ("%s: its derivative rule returned %s for an input of shape %s; after broadcasting,"
                  + " sumTo(input.shape()) is needed")
              .formatted(
                  operation.name(),
                  d == null ? "null" : "the shape " + d.shape(),
                  input.tensor().shape()));
    }
    tape.observer().ruleEnds(tape, operation, input, g, d);
    return d;
  }
}
