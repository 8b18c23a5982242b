package org.spikelet.app.lab;

import static org.spikelet.app.lab.Claim.Group.MECHANISM;
import static org.spikelet.app.lab.Claim.about;
import static org.spikelet.app.lab.Claim.aboutAdam;

import java.util.List;
import org.spikelet.app.lab.Claim.Test;

/** How Adam's spikes come about, where no data can be to blame. */
final class MechanismClaims {

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
              Measure.NEAR_THRESHOLD_IN_CALM));

  private MechanismClaims() {}

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
