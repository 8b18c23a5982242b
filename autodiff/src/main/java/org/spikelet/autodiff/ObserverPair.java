package org.spikelet.autodiff;

/** Two observers of one tape: the one of the enclosing tape, and its own. */
record ObserverPair(TapeObserver outer, TapeObserver inner) implements TapeObserver {

  /** The two, or the one if they are the same. */
  static TapeObserver of(TapeObserver outer, TapeObserver inner) {
    return outer.equals(inner) ? inner : new ObserverPair(outer, inner);
  }

  @Override
  public void computed(Tape tape, Operation operation) {
    outer.computed(tape, operation);
    inner.computed(tape, operation);
  }

  @Override
  public void walkStarts(Tape tape, Tensor y, Tensor upstream) {
    outer.walkStarts(tape, y, upstream);
    inner.walkStarts(tape, y, upstream);
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
    outer.walkEnds(tape);
    inner.walkEnds(tape);
  }

  @Override
  public void partStarts(String name) {
    outer.partStarts(name);
    inner.partStarts(name);
  }

  @Override
  public void partEnds(String name) {
    outer.partEnds(name);
    inner.partEnds(name);
  }
}
