package org.spikelet.autodiff;

import java.util.function.Consumer;

/**
 * A named leaf tensor whose values may change in place: a weight, or a layer's running statistics.
 *
 * <p>A trainable parameter takes part in the gradients of every tape that is open while it is used.
 * A frozen one is a constant to tapes: layers keep such state as BatchNorm's running mean in it.
 */
public final class Parameter extends Tensor {

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
    if (!values.shape().equals(shape())) {
      throw new IllegalArgumentException(
          "assign: parameter '%s' has shape %s, the values have %s"
              .formatted(name, shape(), values.shape()));
    }
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
   * The number of changes so far; a tape compares it to notice one between forward and backward.
   */
  int version() {
    return version;
  }

  /** Returns the name and the values. */
  @Override
  public String toString() {
    return name + ": " + super.toString();
  }
}
