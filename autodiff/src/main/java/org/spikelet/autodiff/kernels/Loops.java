package org.spikelet.autodiff.kernels;

/**
 * The loops of the operations that go element by element, one line each.
 *
 * <p>Those taken from the {@link Kernels} have a fast version. The others are fast as they stand,
 * for the JIT compiler turns them into vector instructions, or call {@code StrictMath} for each
 * element, which is slow and the same everywhere. Each step is rounded as IEEE 754 demands, so they
 * give the same bits however they are compiled.
 */
public final class Loops {

  public static final UnaryLoop NEG = Loops::neg;
  public static final UnaryLoop EXP = Kernels.ACTIVE.loop(Function.EXP);
  public static final UnaryLoop LOG = Kernels.ACTIVE.loop(Function.LOG);
  public static final UnaryLoop EXPM1 = Kernels.ACTIVE.loop(Function.EXPM1);
  public static final UnaryLoop LOG1P = Kernels.ACTIVE.loop(Function.LOG1P);
  public static final UnaryLoop SQRT = Loops::sqrt;
  public static final UnaryLoop SQUARE = Loops::square;
  public static final UnaryLoop ABS = Loops::abs;
  public static final UnaryLoop SIGN = UnaryLoop.each(Math::signum);
  public static final UnaryLoop SIN = Kernels.ACTIVE.loop(Function.SIN);
  public static final UnaryLoop COS = Kernels.ACTIVE.loop(Function.COS);
  public static final UnaryLoop TANH = Kernels.ACTIVE.loop(Function.TANH);
  public static final UnaryLoop SIGMOID = Kernels.ACTIVE.loop(Function.SIGMOID);
  public static final UnaryLoop RELU = Loops::relu;
  public static final UnaryLoop SOFTPLUS = Kernels.ACTIVE.loop(Function.SOFTPLUS);
  public static final UnaryLoop ERF = Kernels.ACTIVE.loop(Function.ERF);
  public static final UnaryLoop GELU = Kernels.ACTIVE.loop(Function.GELU);
  public static final UnaryLoop GELU_SLOPE = Kernels.ACTIVE.loop(Function.GELU_SLOPE);

  public static final BinaryLoop ADD = Kernels.ACTIVE::add;
  public static final BinaryLoop SUB = Kernels.ACTIVE::sub;
  public static final BinaryLoop MUL = Kernels.ACTIVE::mul;
  public static final BinaryLoop DIV = Kernels.ACTIVE::div;

  /** x where the condition, the second operand, is not 0, else 0. */
  public static final BinaryLoop MASK = Kernels.ACTIVE::mask;

  private static final BinaryLoop POW = BinaryLoop.each(Loops::pow);
  public static final BinaryLoop MAXIMUM = BinaryLoop.each(Math::max);
  public static final BinaryLoop MINIMUM = BinaryLoop.each(Math::min);
  public static final BinaryLoop GREATER = BinaryLoop.each((a, b) -> a > b ? 1 : 0);
  public static final BinaryLoop LESS = BinaryLoop.each((a, b) -> a < b ? 1 : 0);
  public static final BinaryLoop EQUAL = BinaryLoop.each((a, b) -> a == b ? 1 : 0);

  /** 1 where a is larger, 0 where b is, ½ where they are equal, NaN where one is NaN. */
  public static final BinaryLoop SHARE_OF_LARGER =
      BinaryLoop.each((a, b) -> a > b ? 1 : a < b ? 0 : a == b ? 0.5 : Double.NaN);

  /** b; the first operand is not looked at. */
  public static final BinaryLoop SECOND =
      (a, b, fromB, y, from, to) -> System.arraycopy(b, fromB, y, from, to - from);

  private Loops() {}

  /** As MASK, but NaN where the condition is; all of one length. */
  public static void gate(double[] x, double[] condition, double[] y) {
    Broadcast.SAME.zip(Kernels.ACTIVE::gate, x, condition, y);
  }

  /** The k-th derivative of x to the p by x, p (p − 1) … (p − k + 1) x^(p−k). */
  public static BinaryLoop power(int k) {
    return k == 0 ? POW : BinaryLoop.each((x, p) -> power(x, p, k));
  }

  /** 1 where x = 0 and p is one of 0, …, k − 1: there all further derivatives are set to 0. */
  public static BinaryLoop constantPower(int k) {
    return BinaryLoop.each((x, p) -> x == 0 && p >= 0 && p < k && p == Math.rint(p) ? 1 : 0);
  }

  /**
   * xᵖ. Where p is −1, ½, 1 or 2 that is one operation or none, exactly rounded; the root of −0 and
   * of −∞ is another than the power, and left to it. Where p is 3 it is two products.
   */
  private static double pow(double x, double p) {
    if (p == 2) {
      return x * x;
    }
    if (p == 1) {
      return x;
    }
    if (p == -1) {
      return 1 / x;
    }
    if (p == 3) {
      return x * x * x;
    }
    return p == 0.5 && x > 0 ? Math.sqrt(x) : StrictMath.pow(x, p);
  }

  private static double power(double x, double p, int k) {
    double y = pow(x, p - k);
    for (int i = 0; i < k; i++) {
      if (p == i) {
        return 0; // even times ∞ or NaN: x to the i is a polynomial, its k-th derivative is 0
      }
      y *= p - i;
    }
    return y;
  }

  private static void neg(double[] x, double[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = -x[i];
    }
  }

  private static void abs(double[] x, double[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = Math.abs(x[i]);
    }
  }

  private static void square(double[] x, double[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = x[i] * x[i];
    }
  }

  private static void sqrt(double[] x, double[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = Math.sqrt(x[i]);
    }
  }

  private static void relu(double[] x, double[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = Math.max(x[i], 0);
    }
  }

  /** y = a where the condition is not 0, else b; all of one length. */
  public static void select(double[] condition, double[] a, double[] b, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = condition[i] != 0 ? a[i] : b[i];
    }
  }
}
