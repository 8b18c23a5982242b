package org.spikelet.optim;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;

/**
 * AdaGC: limits the gradient of each parameter by the norms that this parameter's gradients have
 * had.
 *
 * <p>With n the norm of one parameter's gradient g, and γ what is remembered of it:
 *
 * <pre>
 * g ← g · min(1, λ·γ / n)
 * γ ← β·γ + (1 − β)·‖g‖    with the limited g
 * </pre>
 *
 * <p>In the first steps (100) all gradients are scaled together so that their global norm is at
 * most a limit (1), and γ is the smallest norm that a parameter's gradient had after that.
 *
 * <p>γ falls as fast as the norms do, but can grow by a thousandth a step only: (1 − β)·(λ − 1). So
 * a gradient that is exactly 0, as behind a relu that is dead for the moment, is left out of γ
 * here: it would hold all later ones at 0.
 *
 * <p>It throws an {@link ArithmeticException} if a norm is not finite, with what is remembered as
 * it was. Gradients of nothing stay so, and are not counted.
 *
 * <p>Source: Wang et al. 2025, "AdaGC: Improving Training Stability for Large Language Model
 * Pretraining", arXiv 2502.11034; the formulas follow a published implementation of its Algorithm
 * 1, not the paper's text.
 */
public final class AdaGc implements GradientTransformation {

  /** The method's: λ = 1.05, β = 0.98, 100 steps with a global limit of 1. */
  public static final Settings DEFAULTS = new Settings(1.05, 0.98, 100, 1);

  private final Settings settings;
  private final Map<Tensor, Integer> positions = new HashMap<>();

  /** γ of each parameter; infinite before its first gradient. */
  private final double[] usual;

  private long steps;

  /** AdaGC of these parameters with these defaults; gradients of others pass as they are. */
  public AdaGc(List<Parameter> parameters) {
    this(parameters, DEFAULTS);
  }

  /** AdaGC of these parameters, and with these settings. */
  public AdaGc(List<Parameter> parameters, Settings settings) {
    this.settings = Check.given("settings", settings);
    for (Parameter parameter : Check.given("parameters", parameters)) {
      positions.put(parameter, positions.size());
    }
    usual = new double[positions.size()];
    Arrays.fill(usual, Double.POSITIVE_INFINITY);
  }

  @Override
  public Gradients apply(Gradients gradients) {
    if (gradients.isEmpty()) {
      return gradients;
    }
    double global = Clipping.finiteNorm("adagc", gradients);
    steps++;
    double shared = steps <= settings.warmUp ? Math.min(1, settings.globalLimit / global) : 1;
    return gradients.map(
        (leaf, g) -> {
          Integer k = positions.get(leaf);
          double factor = shared * (k == null ? 1 : own(k, shared * norm(gradients, leaf)));
          return factor < 1 ? g.mul(factor) : g;
        });
  }

  private static double norm(Gradients gradients, Tensor leaf) {
    return Math.sqrt(gradients.sumOfSquares(leaf));
  }

  /** The factor of one parameter alone; takes its norm in. */
  private double own(int k, double norm) {
    boolean warmingUp = steps <= settings.warmUp;
    double limit = warmingUp ? norm : settings.relativeLimit * usual[k];
    double factor = norm > limit ? limit / norm : 1;
    remember(k, factor * norm, warmingUp);
    return factor;
  }

  private void remember(int k, double norm, boolean warmingUp) {
    if (norm == 0) {
      return;
    }
    usual[k] =
        warmingUp || usual[k] == Double.POSITIVE_INFINITY
            ? Math.min(usual[k], norm)
            : settings.beta * usual[k] + (1 - settings.beta) * norm;
  }

  /** Returns two tensors: γ of each parameter, and how many steps were taken. */
  @Override
  public List<Tensor> save() {
    return List.of(Tensor.vector(usual), Tensor.scalar((double) steps));
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public void restore(List<Tensor> saved) {
    Check.saved("AdaGc", saved, usual.length, 1);
    System.arraycopy(saved.get(0).toArray(), 0, usual, 0, usual.length);
    steps = (long) saved.get(1).item();
  }

  /**
   * What can be set when an AdaGC is made.
   *
   * @param relativeLimit λ, the largest norm in units of γ, finite and at least 1
   * @param beta β, the decay rate of γ, in [0, 1)
   * @param warmUp the steps with the global limit, at least 1
   * @param globalLimit the largest global norm in these steps, positive and finite
   */
  public record Settings(double relativeLimit, double beta, long warmUp, double globalLimit) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Settings {
      Check.positive("adagc relative limit", relativeLimit);
      if (relativeLimit < 1) {
        throw new IllegalArgumentException(
            "adagc relative limit: must be at least 1, or all gradients vanish, got "
                + relativeLimit);
      }
      Check.decay("adagc beta", beta);
      Check.count("adagc warm-up", warmUp);
      Check.positive("adagc global limit", globalLimit);
    }

    /** Returns these settings with another λ. */
    public Settings withRelativeLimit(double relativeLimit) {
      return new Settings(relativeLimit, beta, warmUp, globalLimit);
    }

    /** Returns these settings with another β. */
    public Settings withBeta(double beta) {
      return new Settings(relativeLimit, beta, warmUp, globalLimit);
    }

    /** Returns these settings with another warm-up, in steps. */
    public Settings withWarmUp(long steps) {
      return new Settings(relativeLimit, beta, steps, globalLimit);
    }

    /** Returns these settings with another limit of the global norm in the warm-up. */
    public Settings withGlobalLimit(double limit) {
      return new Settings(relativeLimit, beta, warmUp, limit);
    }
  }
}
