package org.spikelet.autodiff;

/**
 * Told of what happens on a {@link Tape}: each operation that is computed, and each derivative rule
 * that runs. It may read what it is told of, {@linkplain #round round} results, and throw to stop
 * the computation; but not where it is told of an end, or others are not told of theirs.
 *
 * <p>Each method does nothing unless it is overridden.
 *
 * <pre>{@code
 * Map<String, Integer> counts = new TreeMap<>();
 * TapeObserver profile = new TapeObserver() {
 *   @Override
 *   public void computed(Tape tape, Operation operation) {
 *     counts.merge(operation.name(), 1, Integer::sum);
 *   }
 * };
 * try (Tape tape = Tape.record(profile)) { … }
 * }</pre>
 */
public interface TapeObserver {

  /**
   * May round the elements of a result in place, to compute as if with fewer digits: those of an
   * operation that was computed just now, forward or in a walk back, before anybody reads them.
   * Observers get them in the order in which they were {@linkplain Tape#record(TapeObserver)
   * added}, each before it is told that the operation was {@link #computed}.
   *
   * @param elements live, not to be kept. If an operation of your own enters a constant that it
   *     {@linkplain Tensor#detach detached}, they are those of the constant, too
   */
  default void round(double[] elements) {}

  /**
   * Told of an operation that was computed, whether or not the tape {@linkplain Tape#tracks keeps}
   * it; but not of comparisons and signs, which are constants and have no rule.
   */
  default void computed(Tape tape, Operation operation) {}

  /** Told that the walk back from y begins, with the gradient of y. */
  default void walkStarts(Tape tape, Tensor y, Tensor upstream) {}

  /** Told that the rule of an operation's input is about to run on the gradient of its output. */
  default void ruleStarts(Tape tape, Operation operation, Operation.Input input, Tensor gradient) {}

  /** Told what the rule returned, the gradient of the input by way of this operation. */
  default void ruleEnds(
      Tape tape, Operation operation, Operation.Input input, Tensor gradient, Tensor derivative) {}

  /** Told that the walk back has ended, well or by an exception; unless its start was refused. */
  default void walkEnds(Tape tape) {}

  /** Told that a part begins to be computed under a name, such as a layer. */
  default void partStarts(String name) {}

  /** Told that this part has ended, well or by an exception; unless its start was refused. */
  default void partEnds(String name) {}
}
