package org.spikelet.app.lab;

import java.util.List;
import java.util.Locale;
import org.spikelet.autodiff.Parameter;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Sgd;

/**
 * What is done with the gradients: an optimizer with its settings, and whatever changes gradients
 * on their way to it.
 *
 * @param id part of a file name; two that differ in anything have different ids
 * @param words its settings in words
 * @param limit the largest norm of the gradient, as the files of finished runs have it
 * @param maker makes it for each run anew, so that no state passes from run to run
 */
record Optimization(String id, String words, String limit, Maker maker) {

  /** Adam's learning rate. */
  static final double RATE = 1e-3;

  private static final String NO_LIMIT = "Infinity";

  /** Makes what takes the steps of one run. */
  interface Maker {
    /**
     * Returns a fresh one.
     *
     * @param steps how many steps the run has
     */
    Descent of(List<Parameter> parameters, long steps);
  }

  /** Adam with its defaults. */
  static final Optimization ADAM =
      adam("adam", "its defaults", (p, steps) -> Descent.by(new Adam(p)));

  /** A third of the rate. */
  static final Optimization ADAM_LOW_RATE =
      adam("adam-3e-4", "learning rate 3e-4", (p, steps) -> Descent.by(new Adam(p, 3e-4)));

  /** Five times the rate, to come soon to a very small loss. */
  static final Optimization ADAM_HIGH_RATE =
      adam("adam-5e-3", "learning rate 5e-3", (p, steps) -> Descent.by(new Adam(p, 5e-3)));

  /** v remembers a hundred steps. */
  static final Optimization ADAM_SHORT_MEMORY =
      adam("adam-beta2-.99", "β₂ .99", Adam.DEFAULTS.withBetas(0.9, 0.99));

  /** ε = 1e−3. */
  static final Optimization ADAM_EPSILON_3 =
      adam("adam-epsilon-1e-3", "ε 1e-3", Adam.DEFAULTS.withEpsilon(1e-3));

  /** v never falls. */
  static final Optimization AMSGRAD =
      new Optimization(
          "amsgrad",
          "Adam with AMSGrad",
          NO_LIMIT,
          (p, steps) -> Descent.by(new Adam(p, RATE, Adam.DEFAULTS.withAmsgrad())));

  /** Updates clipped as in StableAdamW. */
  static final Optimization STABLE_ADAM =
      adam("adam-clipped-updates", "updates clipped", Adam.DEFAULTS.withClippedUpdates());

  /** A hundred times the rate, for the weight of ½w². */
  static final Optimization ADAM_TENTH =
      adam("adam-.1", "learning rate .1", (p, steps) -> Descent.by(new Adam(p, 0.1)));

  /** The same, and v never falls. */
  static final Optimization AMSGRAD_TENTH =
      new Optimization(
          "amsgrad-.1",
          "Adam with AMSGrad, learning rate .1",
          NO_LIMIT,
          (p, steps) -> Descent.by(new Adam(p, 0.1, Adam.DEFAULTS.withAmsgrad())));

  /** Adam with something of its own. */
  static Optimization adam(String id, String words, Maker maker) {
    return new Optimization(id, "Adam, " + words, NO_LIMIT, maker);
  }

  /** Adam with settings of its own. */
  static Optimization adam(String id, String words, Adam.Settings settings) {
    return adam(id, words, (p, steps) -> Descent.by(new Adam(p, RATE, settings)));
  }

  /** Plain descent. */
  static Optimization sgd(double rate) {
    return new Optimization(
        String.format(Locale.ROOT, "sgd-%s", rate),
        "SGD, learning rate " + rate,
        NO_LIMIT,
        (p, steps) -> Descent.by(new Sgd(p, rate)));
  }

  /** Returns this, with a limit of the gradient's norm to be told apart by. */
  Optimization withLimit(double norm) {
    return new Optimization(id, words, Double.toString(norm), maker);
  }
}
