package org.spikelet.app.lab;

import static org.spikelet.app.lab.Claim.Group.MECHANISM;
import static org.spikelet.app.lab.Claim.about;
import static org.spikelet.app.lab.Claim.aboutAdam;

import java.util.List;
import java.util.Optional;
import org.spikelet.app.lab.Claim.Measures;
import org.spikelet.app.lab.Claim.Pair;
import org.spikelet.app.lab.Claim.Test;

/** How Adam's spikes come about, where no data can be to blame. */
final class MechanismClaims {

  private static final Recipe IN_ONE_DIMENSION = Setups.ONE_DIMENSION.by(Optimization.ADAM_TENTH);
  private static final Recipe WATCHED = Setups.ONE_DIMENSION_SHARPNESS.by(Optimization.ADAM_TENTH);

  /** In the order of the table. */
  static final List<Claim> ALL =
      List.of(
          about(
                  "adam-full-batch",
                  MECHANISM,
                  "Adam has spikes with no noise at all; SGD has not.",
                  "Full batch, clean data: Adam and SGD.",
                  Setups.COMPANION,
                  Setups.COMPANION)
              .decidedBy(Test.BETWEEN),
          aboutAdam(
              "second-moment-falls",
              MECHANISM,
              "The spikes need a second moment v that can fall.",
              "Full batch: Adam (with) and AMSGrad, whose v never falls (without).",
              Setups.COMPANION,
              Optimization.AMSGRAD),
          aboutAdam(
              "second-moment-lags",
              MECHANISM,
              "The spikes need a v that lags behind the squared gradient.",
              "Full batch: β₂ = .999 (with) and .99, ten times as quick (without).",
              Setups.COMPANION,
              Optimization.ADAM_SHORT_MEMORY),
          aboutAdam(
              "small-divisor",
              MECHANISM,
              "The spikes need a very small divisor √v + ε.",
              "Full batch: ε = 1e-8 (with) and 1e-3 (without).",
              Setups.COMPANION,
              Optimization.ADAM_EPSILON_3),
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
          oneDimension(
              "one-dimension",
              "One weight and a parabola are enough: Adam has spikes on ½w², SGD has not.",
              "No data; w from a number between ½ and 2 on: Adam and SGD, learning rate .1.",
              new Pair(IN_ONE_DIMENSION, IN_ONE_DIMENSION),
              Optional.of(new Pair(Setups.ONE_DIMENSION.sgd(), Setups.ONE_DIMENSION.sgd()))),
          oneDimension(
              "one-dimension-falls",
              "There too they need a v that can fall.",
              "½w², learning rate .1: Adam (with) and AMSGrad (without).",
              new Pair(IN_ONE_DIMENSION, Setups.ONE_DIMENSION.by(Optimization.AMSGRAD_TENTH)),
              Optional.empty()),
          oneDimension(
                  "one-dimension-threshold",
                  "There too a spike comes when η·λ, here η/√v, is over 38.",
                  "½w²: 10 steps before each onset (with) and halfway between two spikes"
                      + " (without).",
                  new Pair(WATCHED, WATCHED),
                  Optional.empty())
              .counting(Measure.OVER_THRESHOLD_BEFORE, Measure.OVER_THRESHOLD_IN_CALM));

  private MechanismClaims() {}

  /** From the full batch to small ones, on the same data. */
  private static Claim inBatches(int batches) {
    Setup setup = Setups.companionInBatches(batches);
    return about(
        "batches-" + batches,
        MECHANISM,
        "They go in batches of " + setup.batchSize() + ", " + batches + " an epoch.",
        "Clean data without noise, at full batch (with) and in "
            + batches
            + " batches an epoch (without).",
        Setups.COMPANION,
        setup);
  }

  private static Claim oneDimension(
      String name, String words, String design, Pair adam, Optional<Pair> sgd) {
    Measures spikes = new Measures(Measure.SPIKES, Measure.SPIKES);
    Test test = sgd.isPresent() ? Test.BETWEEN : Test.ADAM;
    return new Claim(
        name, MECHANISM, words, design, new Claim.Runs(test, spikes, Optional.of(adam), sgd));
  }

  private static Claim threshold(String name, String words, Measure before, Measure inCalm) {
    return about(
            name,
            MECHANISM,
            words,
            "Full batch: 10 steps before each onset (with) and halfway between two spikes (without).",
            Setups.COMPANION_SHARPNESS,
            Setups.COMPANION_SHARPNESS)
        .counting(before, inCalm)
        .withoutSgd();
  }
}
