package org.spikelet.autodiff;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A named leaf tensor whose values may change in place: a weight, or a layer's running statistics.
 *
 * <p>A trainable parameter takes part in the gradients of every tape that is open while it is used.
 * A frozen one is a constant to tapes: layers keep such state as BatchNorm's running mean in it.
 */
public final class Parameter extends Tensor {

  /** The work for one element of a rule, in multiplications: some arrays, a root, a division. */
  private static final long WORK = 64;

  /**
   * Whether rules get a copy of the gradient, and are refused if they change it: with assertions
   * on, as in tests. A copy of each gradient would make a step of Adam a quarter longer; and one of
   * a stretch, eight times as long, for with g[i − from] beside w[i] the loop is not vectorized.
   */
  private static final boolean GUARDED = Parameter.class.desiredAssertionStatus();

  private final String name;
  private final boolean trainable;
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
   * Changes the values in place by a rule, given a gradient, as an optimizer does. Tapes notice it
   * as they do {@link #update(Consumer)}.
   *
   * <p>The rule is applied to one stretch after the other, those of a large parameter on several
   * threads at once.
   *
   * @throws IllegalArgumentException if the gradient has another shape
   * @throws IllegalStateException if the tape of the gradient has closed; or the rule changed the
   *     gradient, which is noticed when assertions are on
   */
  public void update(Tensor gradient, Rule rule) {
    if (!gradient.shape().equals(shape())) {
      throw new IllegalArgumentException(
          "update: parameter '%s' has shape %s, the gradient has %s"
              .formatted(name, shape(), gradient.shape()));
    }
    version++;
    double[] w = data();
    double[] g = gradient.data();
    if (GUARDED) {
      double[] lent = g.clone();
      change(w, lent, rule);
      boolean untouched = Arrays.equals(lent, g);
      Arrays.fill(lent, Double.NaN); // for a rule that keeps it
      if (!untouched) {
        throw new IllegalStateException(
            "update: the rule changed the gradient of parameter '%s'; it may only read it"
                .formatted(name));
      }
    } else {
      change(w, g, rule);
    }
  }

  private static void change(double[] w, double[] g, Rule rule) {
    rule.begin(w, g);
    if (Workers.isWorthwhile(WORK * w.length)) {
      Workers.run(WORK * w.length, w.length, Loops.LINE, (from, to) -> rule.apply(w, g, from, to));
    } else { // without a lambda: a step of a small net should allocate next to nothing
      rule.apply(w, g, 0, w.length);
    }
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

  /**
   * The number of changes so far; a tape compares it to notice one between forward and backward.
   */
  int version() {
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
     * @param g the gradient, to be read
     */
    default void begin(double[] w, double[] g) {}

    /**
     * Changes the elements from one index (inclusive) to another (exclusive), each by itself, so
     * that the result has the same bits however the elements are divided. Called from several
     * threads, for a large parameter.
     *
     * @param w the live values; only those of the stretch may be read and written
     * @param g the gradient with the same indices, to be read, and not to be kept: its memory is
     *     used again
     */
    void apply(double[] w, double[] g, int from, int to);
  }

  /** Returns the name and the values. */
  @Override
  public String toString() {
    return name + ": " + super.toString();
  }
}
