package org.spikelet.autodiff;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

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

  private final Thread thread = Thread.currentThread();
  private final Tape enclosing = CURRENT.get();

  private final Pool pool = Pool.ofThisThread();

  /** In the order of computation: inputs stand before what is computed from them. */
  private final List<Operation> operations = pool.takeList();

  private final Leaves leaves = new Leaves(operations);

  /** What the pool had lent before; all that it lends from here on goes back to it on closing. */
  private final int lentBefore = pool.lent();

  private boolean open = true;
  private boolean recording = true;

  /** Looks for NaN and ±∞ in every result; null on a tape that does not check. */
  private final FiniteCheck finiteCheck;

  private Tape(FiniteCheck finiteCheck) {
    this.finiteCheck = finiteCheck;
    CURRENT.set(this);
  }

  /** Opens a tape on this thread, to be closed by try-with-resources. */
  public static Tape record() {
    Tape enclosing = CURRENT.get();
    return new Tape(enclosing == null ? null : enclosing.finiteCheck);
  }

  /**
   * Opens a tape that tells where a NaN comes from: it stops at the first operation whose result
   * holds NaN or ±∞, in the forward pass or in a derivative, on constants too.
   *
   * <p>The {@link ArithmeticException} names the operation, in a derivative also the one whose rule
   * was running, the line of your program and the {@linkplain #within layer} that computed it, the
   * ranges of its inputs, and the first such element. If an input held NaN or ±∞ already, as data
   * or a parameter may, it names that input instead.
   *
   * <p>Only results count. A NaN in an input that has no influence, such as a constant that {@code
   * where} or {@code mask} does not choose, is no error; an operation that computes a NaN is one,
   * even if a later {@code where} would drop it. In place of −∞ in masked logits, use a large
   * finite number.
   *
   * <p>Each recorded operation looks up its line, and each result is read once more: a tape for
   * finding a fault, not for every run. Tapes opened inside it check as well. The idea is PyTorch's
   * {@code detect_anomaly} and JAX's {@code debug_nans}.
   */
  public static Tape recordChecked() {
    Tape enclosing = CURRENT.get();
    boolean checked = enclosing != null && enclosing.finiteCheck != null;
    return new Tape(checked ? enclosing.finiteCheck : new FiniteCheck());
  }

  /**
   * Returns part(x), computed under a name that a {@linkplain #recordChecked checked} tape tells in
   * its message; names nest: {@code encoder.0}. Without such a tape it only calls the part.
   */
  public static Tensor within(String name, UnaryOperator<Tensor> part, Tensor x) {
    Tape tape = CURRENT.get();
    return tape == null || tape.finiteCheck == null
        ? part.apply(x)
        : tape.finiteCheck.within(name, part, x);
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
    leaf.enter(this, operations.size());
    leaves.watch(leaf);
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
    leaves.checkUnchanged();
    if (!upstream.shape().equals(y.shape())) {
      throw new IllegalArgumentException(
          "gradients: upstream has shape %s, the output %s".formatted(upstream.shape(), y.shape()));
    }
    if (finiteCheck != null) {
      finiteCheck.upstream(upstream);
    }
    int last = indexOf(y);
    if (last < 0) {
      throw new IllegalStateException(
          "gradients: the loss depends on no parameter and no watched tensor of this tape; compute"
              + " it while the tape is open, from tensors that are not detached (a gradient that"
              + " does not change is constant, too)");
    }
    Tensor[] adjoints = new Backward(this, operations, finiteCheck).adjoints(last, upstream);
    Map<Tensor, Tensor> gradients = new LinkedHashMap<>();
    leaves.gradients(adjoints, (leaf, gradient) -> gradients.put(leaf, value(gradient)));
    return new Gradients(gradients, this);
  }

  /** Cuts off the history, unless the gradients are recorded: a rule may return any tensor. */
  private Tensor value(Tensor gradient) {
    return recording || gradient.isResultWithoutHistory() ? gradient : gradient.detach();
  }

  /** Enters an operation, unless none of its inputs needs a gradient. */
  void add(String name, Tensor y, Operation.Input... inputs) {
    if (finiteCheck != null) {
      finiteCheck.result(name, y, inputs);
    }
    if (!recording) {
      return;
    }
    boolean needed = false;
    for (Operation.Input input : inputs) {
      needed |= needsGradient(name, input.tensor());
    }
    if (!needed) {
      return;
    }
    if (y.index() >= 0 || y instanceof Parameter || y.isDead()) {
      throw new IllegalStateException(
          name + ": the output must be a tensor made for this operation, not one used before");
    }
    for (Operation.Input input : inputs) {
      if (input.tensor() instanceof Parameter parameter) {
        leaves.use(parameter);
      }
    }
    y.enter(this, operations.size());
    FiniteCheck.Origin origin = finiteCheck == null ? null : finiteCheck.origin(name);
    operations.add(new Operation(name, origin, inputs));
  }

  private boolean needsGradient(String name, Tensor operand) {
    if (operand instanceof Parameter parameter) {
      return parameter.trainable();
    }
    if (operand.index() >= 0 && operand.owner() != this) {
      throw new IllegalStateException(
          ("%s: an operand of shape %s was recorded on another tape; detach() it to use it as a "
                  + "constant")
              .formatted(name, operand.shape()));
    }
    return operand.index() >= 0;
  }

  /** Where a tensor stands on this tape, or −1. */
  int indexOf(Tensor tensor) {
    if (tensor instanceof Parameter parameter) {
      return leaves.indexOf(parameter);
    }
    return tensor.owner() == this ? tensor.index() : -1;
  }

  /** Returns whether gradients of this tensor can be asked for. */
  boolean tracks(Tensor tensor) {
    return indexOf(tensor) >= 0;
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

  /**
   * Returns the array for a result of the tape that is open now, if any; its content is arbitrary,
   * the caller writes all of it.
   */
  static double[] allocate(int size) {
    return allocate(CURRENT.get(), size);
  }

  /** The same for a result of this tape, which may be null. */
  static double[] allocate(Tape tape, int size) {
    return tape == null ? new double[size] : tape.pool.lend(size);
  }

  /** Returns the number of operations recorded so far, leaves included. */
  public int size() {
    return open ? operations.size() : 0;
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
      pool.takeBack(lentBefore);
      pool.giveBack(operations);
      leaves.clear();
    }
  }
}
