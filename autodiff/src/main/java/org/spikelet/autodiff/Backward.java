package org.spikelet.autodiff;

import java.util.Map;

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
  private static Tensor[] adjoints(Tape tape, int last, Tensor upstream) {
    Tensor[] adjoints = new Tensor[last + 1];
    adjoints[last] = upstream;
    for (int i = last; i >= 0; i--) {
      if (adjoints[i] != null) {
        for (Operation.Input input : tape.operation(i).inputs) {
          int j = tape.positionOf(input.tensor());
          if (j >= 0) {
            Tensor d = derivative(tape, tape.operation(i), input, adjoints[i]);
            adjoints[j] = adjoints[j] == null ? d : adjoints[j].add(d);
          }
        }
        // Only a leaf's is asked for later; so the garbage collector need not move the others.
        adjoints[i] = tape.operation(i).inputs.length == 0 ? adjoints[i] : null;
      }
    }
    return adjoints;
  }

  /** Runs the rule of one input of an operation, on the gradient g of its output. */
  private static Tensor derivative(
      Tape tape, Operation operation, Operation.Input input, Tensor g) {
    if (input.tensor().position() >= operation.output().position()) {
      throw new IllegalStateException(
          operation.name()
              + ": its output was an operand before it was recorded; make a new tensor for it");
    }
    for (TapeObserver observer : tape.observers()) {
      observer.ruleStarts(tape, operation, input, g);
    }
    Tensor d = input.rule().apply(g);
    boolean dead = d != null && d.owner() != null && !d.owner().isOpen();
    if (d == null || dead || !d.shape().equals(input.tensor().shape())) {
      String returned =
          d == null ? "null" : dead ? "a tensor of a closed tape" : "the shape " + d.shape();
      throw new IllegalStateException(
          ("%s: its derivative rule returned %s for an input of shape %s; after broadcasting,"
                  + " sumTo(input.shape()) is needed")
              .formatted(operation.name(), returned, input.tensor().shape()));
    }
    for (TapeObserver observer : tape.observers()) {
      observer.ruleEnds(tape, operation, input, g, d);
    }
    return d;
  }

  /**
   * Returns the gradients of the sum of upstream · y with respect to all leaves on a tape.
   *
   * @throws IllegalArgumentException if the shapes of y and upstream differ
   * @throws IllegalStateException if y does not depend on anything recorded there
   */
  static Gradients gradients(Tape tape, Trace trace, Tensor y, Tensor upstream) {
    if (!upstream.shape().equals(y.shape())) {
      throw new IllegalArgumentException(
          "gradients: upstream has shape %s, the output %s".formatted(upstream.shape(), y.shape()));
    }
    if (y instanceof Parameter itself) {
      trace.use(itself);
    }
    int last = tape.positionOf(y);
    if (last < 0) {
      throw new IllegalStateException(
          y instanceof Parameter frozen
              ? "gradients: the loss is the frozen parameter '%s', a constant"
                  .formatted(frozen.name())
              : "gradients: the loss depends on no parameter and no watched tensor of this tape; compute"
                  + " it while the tape is open, from tensors that are not detached (a gradient that"
                  + " does not change is constant, too)");
    }
    int started = 0;
    try {
      for (; started < tape.observers().length; started++) {
        tape.observers()[started].walkStarts(tape, y, upstream);
      }
      Map<Tensor, Tensor> gradients = trace.ofLeaves(adjoints(tape, last, upstream));
      gradients.replaceAll((leaf, g) -> tape.isRecording() ? still(g) : constant(g));
      return new Gradients(gradients, tape);
    } finally {
      while (started > 0) {
        tape.observers()[--started].walkEnds(tape);
      }
    }
  }

  /** A rule may return a parameter, which can change. */
  private static Tensor still(Tensor gradient) {
    return gradient instanceof Parameter ? gradient.reshape(gradient.shape()) : gradient;
  }

  /** Cuts off the history: a rule may return any tensor, its input too. */
  private static Tensor constant(Tensor gradient) {
    boolean isResultWithoutHistory = gradient.owner() != null && gradient.position() < 0;
    return isResultWithoutHistory ? gradient : gradient.detach();
  }

  /** The gradient of a loss with respect to itself, for a loss of one element. */
  static Tensor onesLike(Tensor loss) {
    if (loss.size() != 1) {
      throw new IllegalArgumentException(
          ("gradients: the loss must have one element, its shape is %s; take sum() or mean(), "
                  + "or give the gradient upstream of it")
              .formatted(loss.shape()));
    }
    return Tensor.ones(loss.shape());
  }
}
