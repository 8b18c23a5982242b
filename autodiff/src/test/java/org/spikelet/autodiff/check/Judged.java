package org.spikelet.autodiff.check;

import static org.spikelet.autodiff.Operation.wrt;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.spikelet.autodiff.Operation;
import org.spikelet.autodiff.Tensor;

/** What the checker says of a function of one number with a rule, right or wrong. */
record Judged(Verdict.Kind kind, String words, int unseen) {

  /** With the defaults. */
  static Judged at(DoubleUnaryOperator f, DoubleUnaryOperator rule, double x) {
    return by(new GradientCheck(), f, rule, x);
  }

  static Judged by(GradientCheck check, DoubleUnaryOperator f, DoubleUnaryOperator rule, double x) {
    try {
      GradientCheck.Result result =
          check.check("f", in -> enter(in.get(0), f, rule), Tensor.scalar(x));
      Verdict.Kind kind = result.kinks() > 0 ? Verdict.Kind.INSIDE_KINK : Verdict.Kind.RIGHT;
      return new Judged(kind, "", result.unseen());
    } catch (AssertionError failure) {
      String words = failure.getMessage();
      Verdict.Kind kind =
          words.contains("cannot be told right")
              ? Verdict.Kind.CANNOT_TELL
              : words.contains("lies outside") ? Verdict.Kind.OUTSIDE_KINK : Verdict.Kind.WRONG;
      return new Judged(kind, words, 0);
    }
  }

  static Tensor enter(Tensor x, DoubleUnaryOperator f, DoubleUnaryOperator rule) {
    Tensor slope = values(x, rule);
    return Operation.enter("f", values(x, f), wrt(x, g -> g.mul(slope)));
  }

  private static Tensor values(Tensor x, DoubleUnaryOperator f) {
    return Tensor.of(x.shape(), Arrays.stream(x.toArray()).map(f).toArray());
  }
}
