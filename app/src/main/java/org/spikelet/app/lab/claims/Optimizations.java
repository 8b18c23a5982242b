package org.spikelet.app.lab.claims;

import static org.spikelet.app.experiment.Optimization.RATE;
import static org.spikelet.app.experiment.Optimization.adam;

import org.spikelet.app.experiment.Descent;
import org.spikelet.app.experiment.Optimization;
import org.spikelet.optim.Adam;

/** Adam with one thing changed, where several claims use it. */
final class Optimizations {

  /** A third of the rate. */
  static final Optimization ADAM_LOW_RATE =
      adam("adam-3e-4", "learning rate 3e-4", 3e-4, Adam.DEFAULTS);

  /** Five times the rate, to come soon to a very small loss. */
  static final Optimization ADAM_HIGH_RATE =
      adam("adam-5e-3", "learning rate 5e-3", 5e-3, Adam.DEFAULTS);

  /** v remembers a hundred steps. */
  static final Optimization ADAM_SHORT_MEMORY =
      adam("adam-beta2-.99", "β₂ .99", Adam.DEFAULTS.withBetas(0.9, 0.99));

  /** ε = 1e−3. */
  static final Optimization ADAM_EPSILON_3 =
      adam("adam-epsilon-1e-3", "ε 1e-3", Adam.DEFAULTS.withEpsilon(1e-3));

  /** v never falls. */
  static final Optimization AMSGRAD = amsgrad("amsgrad", "Adam with AMSGrad", RATE);

  /** Updates clipped as in StableAdamW. */
  static final Optimization STABLE_ADAM =
      adam("adam-clipped-updates", "updates clipped", Adam.DEFAULTS.withClippedUpdates());

  /** A hundred times the rate, for the weight of ½w². */
  static final Optimization ADAM_TENTH = adam("adam-.1", "learning rate .1", 0.1, Adam.DEFAULTS);

  /** The same, and v never falls. */
  static final Optimization AMSGRAD_TENTH =
      amsgrad("amsgrad-.1", "Adam with AMSGrad, learning rate .1", 0.1);

  private Optimizations() {}

  private static Optimization amsgrad(String id, String words, double rate) {
    return Optimization.of(
        id, words, (p, steps) -> Descent.by(new Adam(p, rate, Adam.DEFAULTS.withAmsgrad())));
  }
}
