package org.spikelet.app.lab;

import static org.spikelet.app.lab.Claim.Group.MECHANISM;
import static org.spikelet.app.lab.Claim.about;
import static org.spikelet.app.lab.Claim.aboutAdam;

import java.util.List;
import java.util.Optional;
import org.spikelet.app.lab.Claim.Measures;
import org.spikelet.app.lab.Claim.Pair;
import org.spikelet.app.lab.Claim.Runs;
import org.spikelet.app.lab.Claim.Test;

/** Where the spikes on heavy-tailed data come from: the steps, or the weights that they lead to. */
final class SolutionClaims {

  private static final String THEN = " After it 2,000 batches are drawn with the weights frozen";

  /** In the order of the table. */
  static final List<Claim> ALL =
      List.of(
          about(
                  "frozen-weights",
                  MECHANISM,
                  "Adam's weights have spikes without any step, and SGD's have not.",
                  "Heavy-tailed data in batches of 32, Adam and SGD." + THEN + ".",
                  Setups.FLAGSHIP_FROZEN,
                  Setups.FLAGSHIP_FROZEN)
              .decidedBy(Test.BETWEEN)
              .counting(Measure.FROZEN_SPIKES, Measure.FROZEN_SPIKES),
          about(
                  "steps-beside-weights",
                  MECHANISM,
                  "Adam's steps make the spikes on heavy tails.",
                  "Adam." + THEN + " (without), and then the same are trained on (with).",
                  Setups.FLAGSHIP_FROZEN,
                  Setups.FLAGSHIP_FROZEN)
              .counting(Measure.THAWED_SPIKES, Measure.FROZEN_SPIKES),
          about(
                  "few-rows",
                  MECHANISM,
                  "Adam leaves its loss in fewer rows than SGD.",
                  "The share of the loss in the top 1 % of the rows, after the same steps.",
                  Setups.FLAGSHIP_FROZEN,
                  Setups.FLAGSHIP_FROZEN)
              .decidedBy(Test.BETWEEN)
              .counting(Measure.TOP_ROWS, Measure.TOP_ROWS),
          atEqualLoss(
              "frozen-at-equal-loss", "has more spikes without any step", Measure.FROZEN_SPIKES),
          atEqualLoss("few-rows-at-equal-loss", "leaves its loss in fewer rows", Measure.TOP_ROWS),
          frozen("frozen-amsgrad", "v can fall", Optimization.AMSGRAD),
          frozen("frozen-clipped-updates", "updates are not clipped", Optimization.STABLE_ADAM),
          frozen(
              "frozen-epsilon",
              "ε is so small that steps are sign-like, whatever a row weighs",
              Optimization.ADAM_EPSILON_3));

  private SolutionClaims() {}

  private static Claim atEqualLoss(String name, String words, Measure measure) {
    Pair pair = new Pair(Setups.FLAGSHIP_FROZEN.adam(), Setups.FLAGSHIP_LONG.sgd());
    return new Claim(
        name,
        MECHANISM,
        "Adam " + words + " than SGD at an equal loss.",
        "Adam after 6,000 steps (with) and SGD after 24,000 (without)." + THEN + ".",
        new Runs(Test.ADAM, new Measures(measure, measure), Optional.of(pair), Optional.empty()));
  }

  private static Claim frozen(String name, String words, Optimization without) {
    return aboutAdam(
            name,
            MECHANISM,
            "Adam's weights have spikes because " + words + ".",
            "Adam (with) and " + without.words() + " (without)." + THEN + ".",
            Setups.FLAGSHIP_FROZEN,
            without)
        .counting(Measure.FROZEN_SPIKES, Measure.FROZEN_SPIKES);
  }
}
