package org.spikelet.app.lab.claims;

import java.util.List;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.experiment.Experiment;
import org.spikelet.app.experiment.Measure;
import org.spikelet.app.experiment.Recipe;
import org.spikelet.app.experiment.Setup;

/** How Adam's spikes come about, where no data can be to blame. */
public final class MechanismClaims implements Experiment {

  private static final Recipe IN_ONE_DIMENSION = Setups.ONE_DIMENSION.by(Optimizations.ADAM_TENTH);
  private static final Recipe WATCHED = Setups.ONE_DIMENSION_SHARPNESS.by(Optimizations.ADAM_TENTH);

  /** Made by the laboratory. */
  public MechanismClaims() {}

  @Override
  public List<Claim> claims() {
    return List.of(
        Claim.of("adam-full-batch", "Adam has spikes with no noise at all; SGD has not.")
            .design("Full batch, clean data: Adam and SGD.")
            .adamAgainstSgd(Setup.COMPANION)
            .isNeededFor(Measure.SPIKES),
        Claim.of("second-moment-falls", "The spikes need a second moment v that can fall.")
            .design("Full batch: Adam (with) and AMSGrad, whose v never falls (without).")
            .with(Setup.COMPANION.adam())
            .without(Setup.COMPANION.by(Optimizations.AMSGRAD))
            .isNeededFor(Measure.SPIKES),
        Claim.of("second-moment-lags", "The spikes need a v that lags behind the squared gradient.")
            .design("Full batch: β₂ = .999 (with) and .99, ten times as quick (without).")
            .with(Setup.COMPANION.adam())
            .without(Setup.COMPANION.by(Optimizations.ADAM_SHORT_MEMORY))
            .isNeededFor(Measure.SPIKES),
        Claim.of("small-divisor", "The spikes need a very small divisor √v + ε.")
            .design("Full batch: ε = 1e-8 (with) and 1e-3 (without).")
            .with(Setup.COMPANION.adam())
            .without(Setup.COMPANION.by(Optimizations.ADAM_EPSILON_3))
            .isNeededFor(Measure.SPIKES),
        threshold(
            "threshold",
            "A spike comes when η·λ, the sharpness that Adam sees, is over 38, its threshold of"
                + " stability.",
            Measure.OVER_THRESHOLD_BEFORE,
            Measure.OVER_THRESHOLD_IN_CALM),
        threshold(
            "near-threshold",
            "η·λ is near its threshold (over 95 % of it) only before a spike.",
            Measure.NEAR_THRESHOLD_BEFORE,
            Measure.NEAR_THRESHOLD_IN_CALM),
        inBatches(2),
        inBatches(4),
        inBatches(8),
        inBatches(16),
        inBatches(32),
        inBatches(64),
        Claim.of(
                "one-dimension",
                "One weight and a parabola are enough: Adam has spikes on ½w², SGD has not.")
            .design("No data; w from a number between ½ and 2 on: Adam and SGD, learning rate .1.")
            .adamAgainstSgd(IN_ONE_DIMENSION, Setups.ONE_DIMENSION.sgd())
            .isNeededFor(Measure.SPIKES),
        Claim.of("one-dimension-falls", "There too they need a v that can fall.")
            .design("½w², learning rate .1: Adam (with) and AMSGrad (without).")
            .with(IN_ONE_DIMENSION)
            .without(Setups.ONE_DIMENSION.by(Optimizations.AMSGRAD_TENTH))
            .isNeededFor(Measure.SPIKES),
        Claim.of(
                "one-dimension-threshold",
                "There too a spike comes when η·λ, here η/√v, is over 38.")
            .design(
                "½w²: 10 steps before each onset (with) and halfway between two spikes (without).")
            .with(WATCHED)
            .without(WATCHED)
            .isNeededFor(Measure.OVER_THRESHOLD_BEFORE, Measure.OVER_THRESHOLD_IN_CALM));
  }

  /** From the full batch to small ones, on the same data. */
  private static Claim inBatches(int batches) {
    Setup setup = Setups.companionInBatches(batches);
    return Claim.of(
            "batches-" + batches,
            "They go in batches of " + setup.batchSize() + ", " + batches + " an epoch.")
        .design(
            "Clean data without noise, at full batch (with) and in "
                + batches
                + " batches an epoch (without).")
        .with(Setup.COMPANION)
        .without(setup)
        .isNeededFor(Measure.SPIKES);
  }

  private static Claim threshold(String name, String words, Measure before, Measure inCalm) {
    return Claim.of(name, words)
        .design(
            "Full batch: 10 steps before each onset (with) and halfway between two spikes (without).")
        .with(Setups.COMPANION_SHARPNESS.adam())
        .without(Setups.COMPANION_SHARPNESS.adam())
        .isNeededFor(before, inCalm);
  }
}
