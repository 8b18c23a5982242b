package org.spikelet.app.experiment;

import java.util.List;

/**
 * Claims about a training, to be tested by {@code ./spikelet lab --experiment MyExperiment.java}.
 *
 * <pre>{@code
 * public final class HigherRate implements Experiment {
 *   public List<Claim> claims() {
 *     Setup setup = Setup.FLAGSHIP;
 *     return List.of(
 *         Claim.of("higher-rate", "A higher learning rate brings spikes.")
 *             .with(setup.by(Optimization.of("adam-3e-3", p -> new Adam(p, 3e-3))))
 *             .without(setup.adam())
 *             .brings(Measure.SPIKES));
 *   }
 * }
 * }</pre>
 *
 * <p>The laboratory's own are written in the same way. An experiment has a constructor without
 * parameters; {@link #claims} is called once, on one thread, and what it returns is used by many.
 */
@FunctionalInterface
public interface Experiment {

  /** Returns the claims in the order of the table, at least one, each with a name of its own. */
  List<Claim> claims();
}
