package org.spikelet.autodiff;

import static org.spikelet.autodiff.Operation.wrt;

import org.spikelet.autodiff.kernels.BinaryLoop;
import org.spikelet.autodiff.kernels.Broadcast;
import org.spikelet.autodiff.kernels.Loops;

/**
 * Operations on two tensors, element by element, with NumPy's broadcasting.
 *
 * <p>Two shapes are compatible if, counted from the last axis, their lengths are equal or one of
 * them is 1 or missing; each operation throws an {@link IllegalArgumentException} if those of its
 * operands are not. In the rules, g is the gradient of the output; {@code sumTo} is the adjoint of
 * broadcasting.
 *
 * <p>NaN in an operand is NaN in the result and, of maximum and minimum, in both derivatives.
 * Comparisons with NaN are false.
 */
public sealed interface Binary permits Tensor {

  /** Sum, a + b; da = g, db = g. */
  default Tensor add(Tensor b) {
    Tensor a = (Tensor) this;
    return Operation.enter(
        "add",
        zip("add", a, b, Loops.ADD),
        wrt(a, g -> g.sumTo(a.shape())),
        wrt(b, g -> g.sumTo(b.shape())));
  }

  /** Difference, a − b; da = g, db = −g. */
  default Tensor sub(Tensor b) {
    Tensor a = (Tensor) this;
    return Operation.enter(
        "sub",
        zip("sub", a, b, Loops.SUB),
        wrt(a, g -> g.sumTo(a.shape())),
        wrt(b, g -> g.neg().sumTo(b.shape())));
  }

  /** Product, a · b, element by element; da = g · b, db = g · a. */
  default Tensor mul(Tensor b) {
    Tensor a = (Tensor) this;
    return Operation.enter(
        "mul",
        zip("mul", a, b, Loops.MUL),
        wrt(a, g -> g.mul(b).sumTo(a.shape())),
        wrt(b, g -> g.mul(a).sumTo(b.shape())));
  }

  /** Quotient, y = a / b; da = g / b, db = −g · y / b. */
  default Tensor div(Tensor b) {
    Tensor a = (Tensor) this;
    Tensor y = zip("div", a, b, Loops.DIV);
    return Operation.enter(
        "div",
        y,
        wrt(a, g -> g.div(b).sumTo(a.shape())),
        wrt(b, g -> g.mul(y).div(b).neg().sumTo(b.shape())));
  }

  /**
   * Power, y = x^p; dx = g · p · x^(p−1), dp = g · y · ln x.
   *
   * <p>As in PyTorch, dx is 0 where x = p = 0, and dp is 0 where x = 0 ≤ p. These are constants, to
   * every order: so xˣ at 0 has the derivatives 0, 0, …, though its slope there is infinite. As in
   * Java, 1 to the power NaN is NaN.
   */
  default Tensor pow(Tensor p) {
    return power((Tensor) this, p, 0);
  }

  /**
   * The k-th derivative of a power by its base, y = (p)ₖ x^(p−k) with (p)ₖ = p (p − 1) … (p − k +
   * 1), which is 0 for every x where p is one of 0, …, k − 1; dx = g · (p)ₖ₊₁ x^(p−k−1), dp = g ·
   * (y · ln x + (p)ₖ′ x^(p−k)).
   */
  private static Tensor power(Tensor x, Tensor p, int k) {
    Tensor y = zip("pow", x, p, Loops.power(k));
    return Operation.enter(
        "pow",
        y,
        wrt(x, g -> byBase(g, x, p, k).sumTo(x.shape())),
        wrt(p, g -> byExponent(g, x, p, y, k).sumTo(p.shape())));
  }

  private static Tensor byBase(Tensor g, Tensor x, Tensor p, int k) {
    Tensor constant = zip("pow", x, p, Loops.constantPower(k + 1));
    return g.mul(power(x, p, k + 1)).mask(constant.equalTo(0));
  }

  private static Tensor byExponent(Tensor g, Tensor x, Tensor p, Tensor y, int k) {
    // 0 · ln 0 and 0 · 0^(−1) would be NaN: lift x by 1 just there; the masks stop what the lifted
    // terms would pass on to further derivatives.
    Tensor constant = zip("pow", x, p, Loops.constantPower(k));
    Tensor lifted = x.equalTo(0).mask(p.greaterThan(k).add(p.equalTo(k))).add(constant);
    Tensor dp = g.mul(y).mul(x.add(lifted).log()).mask(lifted.equalTo(0));
    if (k == 0) {
      return dp;
    }
    Tensor slope = Tensor.scalar(1); // of the factors (p)ₖ
    Tensor factors = p;
    for (int i = 1; i < k; i++) {
      slope = slope.mul(p.sub(i)).add(factors);
      factors = factors.mul(p.sub(i));
    }
    Tensor power = x.add(constant).pow(p.sub(k));
    return dp.add(g.mul(slope).mul(power).mask(constant.equalTo(0)));
  }

  /** The larger of a and b; g goes to the larger, and half to each where they are equal. */
  default Tensor maximum(Tensor b) {
    Tensor a = (Tensor) this;
    return Operation.enter(
        "maximum",
        zip("maximum", a, b, Loops.MAXIMUM),
        wrt(a, g -> shareOfLarger(g, a, b).sumTo(a.shape())),
        wrt(b, g -> shareOfLarger(g, b, a).sumTo(b.shape())));
  }

  /** The smaller of a and b; g goes to the smaller, and half to each where they are equal. */
  default Tensor minimum(Tensor b) {
    Tensor a = (Tensor) this;
    return Operation.enter(
        "minimum",
        zip("minimum", a, b, Loops.MINIMUM),
        wrt(a, g -> shareOfLarger(g, b, a).sumTo(a.shape())),
        wrt(b, g -> shareOfLarger(g, a, b).sumTo(b.shape())));
  }

  /** g where a &gt; b, g/2 where a = b, and 0 where a &lt; b even if g is infinite; else NaN. */
  private static Tensor shareOfLarger(Tensor g, Tensor a, Tensor b) {
    Tensor share = zip("share", a, b, Loops.SHARE_OF_LARGER);
    return Operation.gate(g.mul(share), share);
  }

  /** 1 where a &gt; b, else 0; a constant. */
  default Tensor greaterThan(Tensor b) {
    return zip("greaterThan", (Tensor) this, b, Loops.GREATER);
  }

  /** 1 where a &lt; b, else 0; a constant. */
  default Tensor lessThan(Tensor b) {
    return zip("lessThan", (Tensor) this, b, Loops.LESS);
  }

  /** 1 where a = b, else 0; a constant. */
  default Tensor equalTo(Tensor b) {
    return zip("equalTo", (Tensor) this, b, Loops.EQUAL);
  }

  /**
   * This is the condition: a where it is not 0 (NaN is not), and b where it is; da = g or 0, db = 0
   * or g. All three broadcast together.
   *
   * <p>A value that was not chosen has no influence, not even NaN; but the 0 that its derivative is
   * here goes on to where the value came from, and 0 · ∞ is NaN there: x.greaterThan(0).where(
   * x.sqrt(), x) has the derivative NaN at 0 and below, as in PyTorch. The cure is to guard the
   * input, with a number at which the function is harmless:
   *
   * <pre>{@code
   * Tensor positive = x.greaterThan(0);
   * Tensor y = positive.where(positive.where(x, Tensor.scalar(1)).sqrt(), x);
   * }</pre>
   */
  default Tensor where(Tensor a, Tensor b) {
    Shape shape = Shape.broadcast("where", a.shape(), b.shape());
    Shape whole = Shape.broadcast("where", ((Tensor) this).shape(), shape);
    Tensor condition = ((Tensor) this).detach().broadcastTo(whole);
    Tensor p = a.shape().equals(whole) ? a : a.broadcastTo(whole);
    Tensor q = b.shape().equals(whole) ? b : b.broadcastTo(whole);
    Tensor y = Tensor.result(whole);
    Loops.select(condition.data(), p.data(), q.data(), y.data());
    return Operation.enter(
        "where", y, wrt(p, g -> g.mask(condition)), wrt(q, g -> g.mask(condition.equalTo(0))));
  }

  /**
   * x where the condition is not 0 (NaN is not), and 0 where it is, whatever x is there; dx = g,
   * masked alike. As with {@link #where}, guard the input of a function that is not finite there.
   *
   * @param condition of the shape of x, or broadcasting to it
   */
  default Tensor mask(Tensor condition) {
    Tensor x = (Tensor) this;
    Tensor constant = condition.detach();
    return Operation.enter(
        "mask",
        zip("mask", x, constant, Loops.MASK),
        wrt(x, g -> g.mask(constant).sumTo(x.shape())));
  }

  /** Sum with a number. */
  default Tensor add(double b) {
    return add(Tensor.scalar(b));
  }

  /** Difference with a number. */
  default Tensor sub(double b) {
    return sub(Tensor.scalar(b));
  }

  /** Product with a number. */
  default Tensor mul(double b) {
    return mul(Tensor.scalar(b));
  }

  /** Quotient by a number. */
  default Tensor div(double b) {
    return div(Tensor.scalar(b));
  }

  /** Power with a number for exponent. */
  default Tensor pow(double p) {
    return pow(Tensor.scalar(p));
  }

  /** The larger of a and a number. */
  default Tensor maximum(double b) {
    return maximum(Tensor.scalar(b));
  }

  /** The smaller of a and a number. */
  default Tensor minimum(double b) {
    return minimum(Tensor.scalar(b));
  }

  /** 1 where a = b, else 0; a constant. */
  default Tensor equalTo(double b) {
    return equalTo(Tensor.scalar(b));
  }

  /** 1 where a &gt; b, else 0; a constant. */
  default Tensor greaterThan(double b) {
    return greaterThan(Tensor.scalar(b));
  }

  /** 1 where a &lt; b, else 0; a constant. */
  default Tensor lessThan(double b) {
    return lessThan(Tensor.scalar(b));
  }

  private static Tensor zip(String name, Tensor a, Tensor b, BinaryLoop f) {
    Shape shape = Shape.broadcast(name, a.shape(), b.shape());
    Tensor y = Tensor.result(shape);
    Broadcast.of(shape.array(), a.shape().array(), b.shape().array())
        .zip(f, a.data(), b.data(), y.data());
    return y;
  }
}
