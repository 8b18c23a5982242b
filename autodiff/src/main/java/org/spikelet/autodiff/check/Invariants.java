package org.spikelet.autodiff.check;

import java.util.Arrays;
import java.util.Locale;
import org.spikelet.autodiff.Tensor;

/**
 * What every differentiable function must keep, whatever its derivatives: it leaves its inputs
 * alone, two passes give the same bits, and a zero gradient of the output gives zero gradients of
 * the inputs.
 *
 * <p>Between the two equal passes runs the one with zero upstream, so that what a rule has kept
 * from another pass shows.
 */
final class Invariants {

  private final Subject subject;
  private final Subject.Pass first;
  private final Subject.Pass zero;
  private final Subject.Pass second;
  private final double[] before;
  private final double[] after;

  /** Runs all passes; judges none yet. */
  Invariants(Subject subject, Tensor u) {
    this.subject = subject;
    this.before = subject.point();
    this.first = subject.pass(u);
    this.zero = subject.pass(Tensor.zeros(u.shape()));
    this.second = subject.pass(u);
    this.after = subject.point();
  }

  double[] output() {
    return first.output().toArray();
  }

  double[] gradient() {
    return first.gradient().toArray();
  }

  /**
   * Compares the passes.
   *
   * @throws AssertionError if an input was changed, or two passes differ
   */
  void checkRepeatable() {
    int changed = Arrays.mismatch(before, after);
    if (changed >= 0) {
      throw failure(
          "changed inputs",
          "%s was %s before the passes and is %s after them; a function or a rule must write to"
              + " arrays of its own only",
          subject.label(changed),
          before[changed],
          after[changed]);
    }
    checkSame(output(), zero.output().toArray());
    checkSame(output(), second.output().toArray());
    int gradient = Arrays.mismatch(first.gradient().toArray(), second.gradient().toArray());
    if (gradient >= 0) {
      throw failure(
          "repeatability",
          "the gradient of %s was %s, and %s when computed again from the same inputs: the rule does"
              + " not repeat; it must keep nothing from one call to the next",
          subject.label(gradient),
          first.gradient().toArray()[gradient],
          second.gradient().toArray()[gradient]);
    }
  }

  /**
   * Computes the output some more times: what goes astray once in five calls is caught by 30 all
   * but once in 800 checks.
   *
   * @throws AssertionError if one is different
   */
  void checkRepeatable(int times) {
    double[] expected = output();
    for (int k = 0; k < times; k++) {
      checkSame(expected, subject.output(before));
    }
  }

  private void checkSame(double[] expected, double[] again) {
    int output = Arrays.mismatch(expected, again);
    if (output >= 0) {
      boolean resized = expected.length != again.length;
      throw failure(
          "repeatability",
          "%s was %s, and %s when computed again from the same inputs: the function does not"
              + " repeat; a random function must draw from a generator with a fixed seed in each"
              + " call",
          resized ? "the number of outputs" : "output element " + output,
          resized ? expected.length : expected[output],
          resized ? again.length : again[output]);
    }
  }

  /**
   * Looks at the pass with zero upstream.
   *
   * @throws AssertionError if a gradient is not 0 or −0
   */
  void checkZeroUpstream() {
    double[] gradient = zero.gradient().toArray();
    for (int i = 0; i < gradient.length; i++) {
      double g = gradient[i];
      if (g != 0 || Double.isNaN(g)) {
        throw failure(
            "zero upstream",
            "the gradient of %s is %s where the gradient of the output is 0; it must be 0: a rule"
                + " is linear in g, and where g is masked 0 · ∞ must not appear",
            subject.label(i),
            g);
      }
    }
  }

  private AssertionError failure(String check, String message, Object... values) {
    return new AssertionError(
        subject.name() + ": " + check + ": " + String.format(Locale.ROOT, message, values));
  }
}
