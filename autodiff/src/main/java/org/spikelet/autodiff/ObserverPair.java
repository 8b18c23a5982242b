package org.spikelet.autodiff;

/**
 * Two observers of one tape: the one of the enclosing tape, and its own. If the inner one refuses a
 * start, the outer one is told of the end: whoever has seen a start sees the end.
 */
record ObserverPair(TapeObserver outer, TapeObserver inner) implements TapeObserver {

  /** Returns whether an observer is told already where these are. */
  static boolean includes(TapeObserver all, TapeObserver observer) {
    return all.equals(observer)
        || (all instanceof ObserverPair pair
            && (includes(pair.outer, observer) || includes(pair.inner, observer)));
  }

  @Override
  public void computed(Tape tape, Operation operation) {
    outer.computed(tape, operation);
    inner.computed(tape, operation);
  }

  @Override
  public void walkStarts(Tape tape, Tensor y, Tensor upstream) {
    outer.walkStarts(tape, y, upstream);
    try {
      inner.walkStarts(tape, y, upstream);
    } catch (RuntimeException | Error e) {
      outer.walkEnds(tape);
      throw e;
    }
  }

  @Override
  public void ruleStarts(Tape tape, Operation operation, Operation.Input input, Tensor gradient) {
    outer.ruleStarts(tape, operation, input, gradient);
    inner.ruleStarts(tape, operation, input, gradient);
  }

  @Override
  public void ruleEnds(
      Tape tape, Operation operation, Operation.Input input, Tensor gradient, Tensor derivative) {
    outer.ruleEnds(tape, operation, input, gradient, derivative);
    inner.ruleEnds(tape, operation, input, gradient, derivative);
  }

  @Override
  public void walkEnds(Tape tape) {
    try {
      inner.walkEnds(tape);
    } finally {
      outer.walkEnds(tape);
    }
  }

  @Override
  public void partStarts(String name) {
    outer.partStarts(name);
    try {
      inner.partStarts(name);
    } catch (RuntimeException | Error e) {
      outer.partEnds(name);
      throw e;
    }
  }

  @Override
  public void partEnds(String name) {
    try {
      inner.partEnds(name);
    } finally {
      outer.partEnds(name);
    }
  }
}
