package org.spikelet.autodiff;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.spikelet.autodiff.kernels.Memory;

/**
 * A scope that records operations while it is open, and walks them back to compute gradients.
 *
 * <pre>{@code
 * try (Tape tape = Tape.record()) {
 *   Tensor loss = prediction(weight).sub(target).square().mean();
 *   Gradients gradients = tape.gradients(loss);
 * }
 * }</pre>
 *
 * <p>A tape belongs to the thread that opened it, and records only what depends on a trainable
 * {@link Parameter} or a {@linkplain #watch watched} tensor. Tensors made while it is open are
 * refused after it has closed. Tapes may be nested; the innermost one records.
 *
 * <p>Source of the method: reverse accumulation, Linnainmaa 1970; Griewank and Walther 2008,
 * "Evaluating Derivatives", algorithm 3.4.
 */
public final class Tape implements AutoCloseable {

  private static final ThreadLocal<Tape> CURRENT = new ThreadLocal<>();

  /** Pays no attention. */
  private static final TapeObserver NOBODY = new TapeObserver() {};

  private final Thread thread = Thread.currentThread();
  private final Tape enclosing = CURRENT.get();
  private final Memory.Scope memory = Memory.open();
  private final Trace trace = Trace.empty();
  private final TapeObserver observer;
  private boolean open = true;
  private boolean recording = true;

  private Tape(TapeObserver observer) {
    this.observer = observer;
    CURRENT.set(this);
  }

  /**
   * Opens a tape on this thread, to be closed by try-with-resources. If it is opened inside another
   * one, the observer of that one watches it, too.
   */
  public static Tape record() {
    Tape enclosing = CURRENT.get();
    return new Tape(enclosing == null ? NOBODY : enclosing.observer);
  }

  /** Opens a tape that tells an observer what happens on it and on tapes opened inside it. */
  public static Tape record(TapeObserver observer) {
    Tape enclosing = CURRENT.get();
    if (enclosing == null || enclosing.observer == NOBODY) {
      return new Tape(observer);
    }
    return new Tape(
        ObserverPair.includes(enclosing.observer, observer)
            ? enclosing.observer
            : new ObserverPair(enclosing.observer, observer));
  }

  /**
   * Returns part(x), computed under a name that the tape's observer is told; names nest. Without an
   * observer it only calls the part.
   */
  public static Tensor within(String name, UnaryOperator<Tensor> part, Tensor x) {
    Tape tape = CURRENT.get();
    if (tape == null || tape.observer == NOBODY) {
      return part.apply(x);
    }
    tape.observer.partStarts(name);
    try {
      return part.apply(x);
    } finally {
      tape.observer.partEnds(name);
    }
  }

  /** Returns the innermost open tape of this thread, or null. */
  static Tape current() {
    return CURRENT.get();
  }

  /**
   * Returns a leaf with the same values, for which gradients will be computed. It knows nothing of
   * where the values came from.
   *
   * @throws IllegalStateException if the tape has closed or is not the innermost
   */
  public Tensor watch(Tensor constant) {
    checkInnermost("watch");
    Tensor leaf = new Tensor(constant.shape(), constant.detach().data(), this);
    leaf.enter(this, trace.watch(leaf));
    return leaf;
  }

  /**
   * Returns the gradients of a loss with respect to every trainable parameter used on this tape and
   * every watched tensor. The gradients are constants.
   *
   * @param loss one element
   * @throws IllegalArgumentException if the loss has not one element
   * @throws IllegalStateException if the tape has closed, the loss does not depend on anything
   *     recorded here, or a parameter was changed since it was used
   */
  public Gradients gradients(Tensor loss) {
    return gradients(loss, onesLike(loss));
  }

  /**
   * Returns the gradients of the sum of upstream · y, for an output y of any shape.
   *
   * @param upstream the gradient of some scalar with respect to y, of the shape of y
   * @throws IllegalArgumentException if the shapes of y and upstream differ
   * @throws IllegalStateException as {@link #gradients(Tensor)} does
   */
  public Gradients gradients(Tensor y, Tensor upstream) {
    boolean before = recording;
    recording = false;
    try {
      return backward(y, upstream);
    } finally {
      recording = before;
    }
  }

  /**
   * Returns gradients that are themselves recorded on this tape, so that functions of them can be
   * differentiated: PyTorch's {@code create_graph=True}.
   *
   * @throws IllegalArgumentException if the loss has not one element
   * @throws IllegalStateException as {@link #gradients(Tensor)} does
   */
  public Gradients recordedGradients(Tensor loss) {
    return recordedGradients(loss, onesLike(loss));
  }

  /**
   * Returns the recorded gradients of the sum of upstream · y, for an output y of any shape.
   *
   * @throws IllegalArgumentException if the shapes of y and upstream differ
   * @throws IllegalStateException as {@link #gradients(Tensor)} does
   */
  public Gradients recordedGradients(Tensor y, Tensor upstream) {
    return backward(y, upstream);
  }

  private static Tensor onesLike(Tensor loss) {
    if (loss.size() != 1) {
      throw new IllegalArgumentException(
          ("gradients: the loss must have one element, its shape is %s; take sum() or mean(), "
                  + "or give the gradient upstream of it")
              .formatted(loss.shape()));
    }
    return Tensor.ones(loss.shape());
  }

  private Gradients backward(Tensor y, Tensor upstream) {
    checkInnermost("gradients");
    trace.checkParametersUnchanged();
    if (!upstream.shape().equals(y.shape())) {
      throw new IllegalArgumentException(
          "gradients: upstream has shape %s, the output %s".formatted(upstream.shape(), y.shape()));
    }
    int last = positionOf(y);
    if (last < 0) {
      throw new IllegalStateException(
          "gradients: the loss depends on no parameter and no watched tensor of this tape; compute"
              + " it while the tape is open, from tensors that are not detached (a gradient that"
              + " does not change is constant, too)");
    }
    observer.walkStarts(this, y, upstream);
    try {
      Map<Tensor, Tensor> gradients = new LinkedHashMap<>();
      trace.forEachLeaf(
          Backward.adjoints(this, last, upstream),
          (leaf, adjoint) -> gradients.put(leaf, value(adjoint)));
      return new Gradients(gradients, this);
    } finally {
      observer.walkEnds(this);
    }
  }

  /** Cuts off the history, unless the gradients are recorded: a rule may return any tensor. */
  private Tensor value(Tensor gradient) {
    return recording || gradient.isResultWithoutHistory() ? gradient : gradient.detach();
  }

  /** Enters an operation, unless none of its inputs needs a gradient. */
  void enter(String name, Tensor y, Operation.Input... inputs) {
    if (recording && isNeeded(name, inputs)) {
      if (!y.isFresh()) {
        throw new IllegalStateException(
            name + ": the output must be a tensor made for this operation, not one used before");
      }
      for (Operation.Input input : inputs) {
        if (input.tensor() instanceof Parameter parameter) {
          trace.use(parameter);
        }
      }
      y.enter(this, trace.add(new Operation(name, y, inputs)));
    }
    if (observer != NOBODY) {
      observer.computed(
          this, tracks(y) ? operation(positionOf(y)) : new Operation(name, y, inputs));
    }
  }

  private boolean isNeeded(String name, Operation.Input... inputs) {
    boolean needed = false;
    for (Operation.Input input : inputs) {
      needed |= needsGradient(name, input.tensor());
    }
    return needed;
  }

  private boolean needsGradient(String name, Tensor operand) {
    if (operand instanceof Parameter parameter) {
      return parameter.trainable();
    }
    if (operand.position() >= 0 && operand.owner() != this) {
      throw new IllegalStateException(
          ("%s: an operand of shape %s was recorded on another tape; detach() it to use it as a "
                  + "constant")
              .formatted(name, operand.shape()));
    }
    return operand.position() >= 0;
  }

  /** Returns where a tensor stands on this tape, or −1. */
  int positionOf(Tensor tensor) {
    if (tensor instanceof Parameter parameter) {
      return trace.positionOf(parameter);
    }
    return tensor.owner() == this ? tensor.position() : -1;
  }

  Operation operation(int position) {
    return trace.get(position);
  }

  TapeObserver observer() {
    return observer;
  }

  /**
   * Returns whether a tensor stands on this tape, so that gradients of it can be asked for: a leaf
   * that was used, or what was computed from one.
   */
  public boolean tracks(Tensor tensor) {
    return positionOf(tensor) >= 0;
  }

  private void checkInnermost(String operation) {
    if (!open) {
      throw new IllegalStateException(
          operation + ": the tape has closed; compute inside its try block");
    }
    if (CURRENT.get() != this) {
      throw new IllegalStateException(
          operation
              + (thread == Thread.currentThread()
                  ? ": a tape opened later is still open; close that one first"
                  : ": the tape belongs to the thread '" + thread.getName() + "'"));
    }
  }

  /** Refuses a tensor of this tape after the tape has closed, or on another thread. */
  void checkUse(Tensor tensor) {
    if (!open) {
      throw new IllegalStateException(
          ("tensor of shape %s: its tape has closed; use it inside the try block, or copy() it "
                  + "there to keep it")
              .formatted(tensor.shape()));
    }
    if (thread != Thread.currentThread()) {
      throw new IllegalStateException(
          ("tensor of shape %s: its tape belongs to the thread '%s'; copy() it there to hand it "
                  + "to another")
              .formatted(tensor.shape(), thread.getName()));
    }
  }

  boolean isOpen() {
    return open;
  }

  /** Whether tensors of this tape may be read here and now. */
  boolean isUsable() {
    return open && thread == Thread.currentThread();
  }

  /** Returns the number of operations recorded so far, leaves included. */
  public int size() {
    return open ? trace.size() : 0;
  }

  /**
   * Ends the recording; the tensors made under this tape are refused from now on. Closing again
   * does nothing.
   *
   * @throws IllegalStateException if a tape opened later is still open, or on another thread
   */
  @Override
  public void close() {
    if (open) {
      checkInnermost("close");
      CURRENT.set(enclosing);
      open = false;
      memory.close();
      trace.close();
    }
  }
}
