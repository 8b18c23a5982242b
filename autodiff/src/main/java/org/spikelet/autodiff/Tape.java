package org.spikelet.autodiff;

import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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
 * {@link Parameter} or a {@linkplain #watch watched} tensor. Results of operations that were
 * computed while it was open are refused after it has closed. Tapes may be nested; the innermost
 * one records.
 *
 * <p>Source of the method: reverse accumulation, Linnainmaa 1970; Griewank and Walther 2008,
 * "Evaluating Derivatives", algorithm 3.4.
 *
 * <p>In PyTorch: {@index loss.backward}, {@index torch.autograd.grad}, {@index no_grad}.
 */
public final class Tape implements AutoCloseable {

  private static final ThreadLocal<Tape> CURRENT = new ThreadLocal<>();

  private static final TapeObserver[] NOBODY = {};

  private final Thread thread = Thread.currentThread();
  private final Tape enclosing = CURRENT.get();
  private final int lentBefore = Memory.open();
  private final Trace trace = Trace.empty();
  private final TapeObserver[] observers;
  private boolean open = true;
  private boolean recording = true;

  private Tape(TapeObserver... observers) {
    this.observers = observers;
    CURRENT.set(this);
  }

  /**
   * Opens a tape on this thread, to be closed by try-with-resources. If it is opened inside another
   * one, the observers of that one watch it, too.
   */
  public static Tape record() {
    return new Tape(CURRENT.get() == null ? NOBODY : CURRENT.get().observers);
  }

  /** Opens a tape that tells an observer what happens on it and on tapes opened inside it. */
  public static Tape record(TapeObserver observer) {
    Objects.requireNonNull(observer, "record: observer must not be null; record() needs none");
    TapeObserver[] outer = CURRENT.get() == null ? NOBODY : CURRENT.get().observers;
    boolean told = Stream.of(outer).anyMatch(known -> known == observer);
    return new Tape(
        told
            ? outer
            : Stream.concat(Stream.of(outer), Stream.of(observer)).toArray(TapeObserver[]::new));
  }

  /**
   * Returns part(x), computed under a name that the tape's observers are told; names nest.
   *
   * @param name such as that of a layer
   * @param part what is computed
   * @param x what it is computed of
   */
  public static Tensor within(String name, UnaryOperator<Tensor> part, Tensor x) {
    TapeObserver[] told = CURRENT.get() == null ? NOBODY : CURRENT.get().observers;
    int started = 0;
    try {
      for (; started < told.length; started++) {
        told[started].partStarts(name);
      }
      return part.apply(x);
    } finally {
      while (started > 0) {
        told[--started].partEnds(name);
      }
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
    return gradients(loss, Backward.onesLike(loss));
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
    recording = false; // so that what the walk computes is constant
    try {
      return recordedGradients(y, upstream);
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
    return recordedGradients(loss, Backward.onesLike(loss));
  }

  /** Returns the recorded gradients of the sum of upstream · y; errors as for the unrecorded. */
  public Gradients recordedGradients(Tensor y, Tensor upstream) {
    checkInnermost("gradients");
    trace.checkParametersUnchanged();
    Gradients gradients = Backward.gradients(this, trace, y, upstream);
    trace.checkParametersUnchanged(); // a rule or an observer may have changed one
    return gradients;
  }

  /** Enters an operation, unless none of its inputs needs a gradient, and tells observers. */
  void enter(String name, Tensor y, Operation.Input... inputs) {
    if (recording && trace.needs(this, name, inputs)) {
      if (!y.isFresh()) {
        throw new IllegalStateException(
            name
                + ": the output must be a tensor made for this operation, not one used before;"
                + " compute it from detach() of the inputs, or copy() it");
      }
      y.enter(this, trace.add(new Operation(name, y, inputs)));
    }
    for (TapeObserver observer : observers) {
      observer.round(y.data());
      observer.computed(
          this, tracks(y) ? operation(positionOf(y)) : new Operation(name, y, inputs));
    }
  }

  /** Returns whether results are kept now: not during a walk back that is not recorded. */
  boolean isRecording() {
    return recording;
  }

  /** Returns where a tensor stands on this tape, or −1. */
  int positionOf(Tensor tensor) {
    return tensor instanceof Parameter parameter
        ? trace.positionOf(parameter)
        : tensor.owner() == this ? tensor.position() : -1;
  }

  Operation operation(int position) {
    return trace.get(position);
  }

  TapeObserver[] observers() {
    return observers;
  }

  /**
   * Returns whether a tensor stands on this tape, so that gradients of it can be asked for: a leaf
   * that was used, or what was computed from one.
   */
  public boolean tracks(Tensor tensor) {
    return open && positionOf(tensor) >= 0;
  }

  private void checkInnermost(String operation) {
    if (CURRENT.get() != this) {
      String why =
          !open
              ? "the tape has closed; compute inside its try block"
              : thread == Thread.currentThread()
                  ? "a tape opened later is still open; close that one first"
                  : "the tape belongs to the thread '" + thread.getName() + "'";
      throw new IllegalStateException(operation + ": " + why);
    }
  }

  /** Refuses a tensor of this tape after the tape has closed, or on another thread. */
  void checkUse(Tensor tensor) {
    if (!isUsable()) {
      String why =
          open
              ? "belongs to the thread '%s'; copy() it there to hand it to another"
                  .formatted(thread.getName())
              : "has closed; use it inside the try block, or copy() it there to keep it";
      throw new IllegalStateException(
          "tensor of shape %s: its tape %s".formatted(tensor.shape(), why));
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

  /** Returns how much it holds, such as {@code Tape of 9 operations and leaves}. */
  @Override
  public String toString() {
    return open ? "Tape of " + size() + " operations and leaves" : "Tape, closed";
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
      Memory.close(lentBefore);
      trace.close();
    }
  }
}
