package course;

/** Chapter 9: SGD, momentum and Adam. Each keeps what it needs for one array of weights. */
public final class Optimizers {

  private Optimizers() {}

  /** A rule that moves weights. */
  public interface Optimizer {
    /** Moves the weights w, in place, by what the gradient g says. */
    void step(double[] w, double[] g);
  }

  /** Returns w ← w − η·g. */
  public static Optimizer sgd(double eta) {
    return (w, g) -> sgdStep(eta, w, g);
  }

  private static void sgdStep(double eta, double[] w, double[] g) {
    // Gap sgd: a step down the slope, for each weight.
    for (int i = 0; i < w.length; i++) {
      w[i] -= eta * g[i];
    }
    // End of gap.
  }

  /** Momentum: v ← μ·v + g, then w ← w − η·v; v begins at 0. */
  public static final class Momentum implements Optimizer {
    private final double eta;
    private final double mu;
    private final double[] v;

    /** For so many weights. */
    public Momentum(double eta, double mu, int size) {
      this.eta = eta;
      this.mu = mu;
      this.v = new double[size];
    }

    @Override
    public void step(double[] w, double[] g) {
      // Gap momentum: first the new v, then the step, which uses it.
      for (int i = 0; i < w.length; i++) {
        v[i] = mu * v[i] + g[i];
        w[i] -= eta * v[i];
      }
      // End of gap.
    }
  }

  /**
   * Adam (Kingma and Ba 2015, Algorithm 1).
   *
   * <p>With t = 1, 2, …: m ← β₁·m + (1 − β₁)·g and s ← β₂·s + (1 − β₂)·g², then w ← w − η · (m / (1
   * − β₁ᵗ)) / (√(s / (1 − β₂ᵗ)) + ε). m and s begin at 0.
   */
  public static final class Adam implements Optimizer {
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final double eta;
    private final double[] m;
    private final double[] s;
    private int t;

    /** For so many weights. */
    public Adam(double eta, int size) {
      this.eta = eta;
      this.m = new double[size];
      this.s = new double[size];
    }

    @Override
    public void step(double[] w, double[] g) {
      // Gap adam: count the step; then, for each weight, both averages, both corrections, the step.
      t++;
      for (int i = 0; i < w.length; i++) {
        m[i] = BETA_1 * m[i] + (1 - BETA_1) * g[i];
        s[i] = BETA_2 * s[i] + (1 - BETA_2) * g[i] * g[i];
        double mean = m[i] / (1 - Math.pow(BETA_1, t));
        double square = s[i] / (1 - Math.pow(BETA_2, t));
        w[i] -= eta * mean / (Math.sqrt(square) + EPSILON);
      }
      // End of gap.
    }
  }
}
