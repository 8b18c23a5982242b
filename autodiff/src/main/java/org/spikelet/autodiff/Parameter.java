package org.spikelet.autodiff;

import java.util.function.Consumer;
import org.spikelet.autodiff.kernels.Memory;
import org.spikelet.autodiff.kernels.OnlyReads;
import org.spikelet.autodiff.kernels.Threads;

/**
 * A named leaf tensor whose values may change in place: a weight, or a layer's running statistics.
 *
 * <p>A trainable parameter takes part in the gradients of the tape that records while it is used. A
 * frozen one is a constant to tapes: layers keep such state as BatchNorm's running mean in it.
 */
public final class Parameter extends Tensor {

  /** The work for one element of a rule, in multiplications: some arrays, a root, a division. */
  private static final long WORK = 64;

  private final String name;
  private final boolean trainable;
  private final Operation leaf = new Operation("parameter", this);
  private int version;

  private Parameter(String name, Tensor values, boolean trainable) {
    super(values.shape(), values.toArray(), null);
    this.name = name;
    this.trainable = trainable;
  }

  /** Returns a trainable parameter with a copy of these values. */
  public static Parameter of(String name, Tensor values) {
    return new Parameter(name, values, true);
  }

  /** Returns a parameter that never gets a gradient, with a copy of these values. */
  public static Parameter frozen(String name, Tensor values) {
    return new Parameter(name, values, false);
  }

  /** Returns the name, for people: messages and summaries. */
  public String name() {
    return name;
  }

  /** Returns whether tapes compute gradients for this parameter. */
  public boolean trainable() {
    return trainable;
  }

  /**
   * Replaces all values by a copy of others.
   *
   * @throws IllegalArgumentException if the shapes differ
   */
  public void assign(Tensor values) {
    checkShape("assign", "the values have", values);
    double[] source = values.data();
    update(target -> System.arraycopy(source, 0, target, 0, target.length));
  }

  /**
   * Changes the values in place: the change is given the live row-major array, which it must not
   * keep. A tape that recorded this parameter before the change refuses to compute gradients after
   * it.
   */
  public void update(Consumer<double[]> change) {
    version++;
    change.accept(data());
  }

  /**
   * Changes the values in place by a rule, given a gradient, as an optimizer does. Tapes notice it
   * as they do {@link #update(Consumer)}.
   *
   * <p>The rule gets a copy of the gradient. It is applied to one stretch after the other, those of
   * a large parameter on several threads at once.
   *
   * <p>One thread at a time may update a parameter.
   *
   * @throws IllegalArgumentException if the gradient has another shape
   * @throws IllegalStateException if the tape of the gradient has closed
   */
  public void update(Tensor gradient, Rule rule) {
    checkShape("update", "the gradient has", gradient);
    double[] source = gradient.data(); // refused before anything has changed
    version++;
    double[] w = data();
    double[] g = rule instanceof OnlyReads ? source : copy(source);
    rule.begin(w, g);
    if (Threads.isWorthwhile(WORK * w.length)) {
      Threads.divide(w.length, Threads.LINE, (from, to) -> rule.apply(w, g, from, to));
    } else { // without a lambda: a step of a small net should allocate next to nothing
      rule.apply(w, g, 0, w.length);
    }
  }

  private void checkShape(String operation, String whose, Tensor x) {
    if (!x.shape().equals(shape())) {
      throw new IllegalArgumentException(
          "%s: parameter '%s' has shape %s, %s %s"
              .formatted(operation, name, shape(), whose, x.shape()));
    }
  }

  /** A copy that lives as long as the open tape. */
  private static double[] copy(double[] source) {
    double[] copy = Memory.allocate(source.length);
    System.arraycopy(source, 0, copy, 0, copy.length);
    return copy;
  }

  /**
   * Writes the values, row-major, into an array of the same length.
   *
   * @throws IllegalArgumentException if the length differs
   */
  public void copyTo(double[] target) {
    if (target.length != size()) {
      throw new IllegalArgumentException(
          "copyTo: parameter '%s' has %s elements, the array has %s"
              .formatted(name, size(), target.length));
    }
    System.arraycopy(data(), 0, target, 0, target.length);
  }

  /** What stands for it on a tape. */
  Operation leaf() {
    return leaf;
  }

  /**
   * Returns the number of changes so far. A tape compares it to notice one between forward and
   * backward; others may, to notice one that they have not made.
   */
  public int version() {
    return version;
  }

  /** How to change a parameter, given a gradient: the lines of an optimizer. */
  @FunctionalInterface
  public interface Rule {

    /**
     * Looks at all of it before the first stretch is changed; does nothing by default. Called once,
     * on the thread that updates.
     *
     * @param w the values, to be read
     * @param g a copy of the gradient, which may be changed
     */
    default void begin(double[] w, double[] g) {}

    /**
     * Changes the elements from one index (inclusive) to another (exclusive), each by itself, so
     * that the result has the same bits however the elements are divided. Called from several
     * threads, for a large parameter.
     *
     * @param w the live values; only those of the stretch may be read and written
     * @param g a copy of the gradient, with the same indices, not to be kept
     */
    void apply(double[] w, double[] g, int from, int to);
  }

  /** Returns the name and the values. */
  @Override
  public String toString() {
    return name + ": " + super.toString();
  }
}
