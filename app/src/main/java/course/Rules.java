package course;

/**
 * Chapter 2: a rule for each operation.
 *
 * <p>The upstream derivative g says how much the final result changes for each unit of change in
 * the operation's output. A rule says how much it changes for each unit in the inputs.
 */
public final class Rules {

  private Rules() {}

  /** Returns what reaches a and b through y = a + b. */
  public static double[] plus(double a, double b, double g) {
    // Gap plus: how much does a + b move when a moves by one, and when b does? Times g.
    return new double[] {g, g};
    // End of gap.
  }

  /** Returns what reaches a and b through y = a − b. */
  public static double[] minus(double a, double b, double g) {
    // Gap minus: as plus, but b counts backwards.
    return new double[] {g, -g};
    // End of gap.
  }

  /** Returns what reaches a and b through y = a · b. */
  public static double[] times(double a, double b, double g) {
    // Gap times: a moves the product by b, and b moves it by a. Times g.
    return new double[] {g * b, g * a};
    // End of gap.
  }

  /** Returns what reaches a and b through y = a / b. */
  public static double[] over(double a, double b, double g) {
    // Gap over: the derivative of a / b is 1 / b in a, and -a / b² in b. Times g.
    return new double[] {g / b, -g * a / (b * b)};
    // End of gap.
  }

  /** Returns what reaches x through y = eˣ. */
  public static double exp(double x, double y, double g) {
    // Gap exp: the derivative of eˣ is at hand already.
    return g * y;
    // End of gap.
  }

  /** Returns what reaches x through y = ln x. */
  public static double log(double x, double y, double g) {
    // Gap log: the derivative of ln x is 1 / x.
    return g / x;
    // End of gap.
  }

  /** Returns what reaches x through y = tanh x. */
  public static double tanh(double x, double y, double g) {
    // Gap tanh: the derivative of tanh x is 1 − y², with y = tanh x.
    return g * (1 - y * y);
    // End of gap.
  }

  /** Returns what reaches x through y = max(x, 0); nothing at 0, as is usual. */
  public static double relu(double x, double y, double g) {
    // Gap relu: all of g passes where x is positive, and nothing elsewhere.
    return x > 0 ? g : 0;
    // End of gap.
  }
}
