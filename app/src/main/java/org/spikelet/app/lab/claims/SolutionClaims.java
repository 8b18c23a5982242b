package org.spikelet.app.lab.claims;

import java.util.List;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.experiment.Experiment;
import org.spikelet.app.experiment.Measure;
import org.spikelet.app.experiment.Optimization;

/** Where the spikes on heavy-tailed data come from: the steps, or the weights that they lead to. */
public final class SolutionClaims implements Experiment {

  private static final String THEN = " After it 2,000 batches are drawn with the weights frozen";

  /** Made by the laboratory. */
  public SolutionClaims() {}

  @Override
  public List<Claim> claims() {
    return List.of(
        Claim.of(
                "frozen-weights",
                "Adam's weights have spikes without any step, and SGD's have not.")
            .design("Heavy-tailed data in batches of 32, Adam and SGD." + THEN + ".")
            .adamAgainstSgd(Setups.FLAGSHIP_FROZEN)
            .isNeededFor(Measure.FROZEN_SPIKES),
        Claim.of("steps-beside-weights", "Adam's steps make the spikes on heavy tails.")
            .design("Adam." + THEN + " (without), and then the same are trained on (with).")
            .with(Setups.FLAGSHIP_FROZEN)
            .without(Setups.FLAGSHIP_FROZEN)
            .isNeededFor(Measure.THAWED_SPIKES, Measure.FROZEN_SPIKES),
        Claim.of("few-rows", "Adam leaves its loss in fewer rows than SGD.")
            .design("The share of the loss in the top 1 % of the rows, after the same steps.")
            .adamAgainstSgd(Setups.FLAGSHIP_FROZEN)
            .isNeededFor(Measure.TOP_ROWS),
        atEqualLoss(
            "frozen-at-equal-loss", "has more spikes without any step", Measure.FROZEN_SPIKES),
        atEqualLoss("few-rows-at-equal-loss", "leaves its loss in fewer rows", Measure.TOP_ROWS),
        frozen("frozen-amsgrad", "v can fall", Optimizations.AMSGRAD),
        frozen("frozen-clipped-updates", "updates are not clipped", Optimizations.STABLE_ADAM),
        frozen(
            "frozen-epsilon",
            "ε is so small that steps are sign-like, whatever a row weighs",
            Optimizations.ADAM_EPSILON_3));
  }

  private static Claim atEqualLoss(String name, String words, Measure measure) {
    return Claim.of(name, "Adam " + words + " than SGD at an equal loss.")
        .design("Adam after 6,000 steps (with) and SGD after 24,000 (without)." + THEN + ".")
        .with(Setups.FLAGSHIP_FROZEN.adam())
        .without(Setups.FLAGSHIP_LONG.sgd())
        .isNeededFor(measure);
  }

  private static Claim frozen(String name, String words, Optimization without) {
    return Claim.of(name, "Adam's weights have spikes because " + words + ".")
        .design("Adam (with) and " + without.words() + " (without)." + THEN + ".")
        .with(Setups.FLAGSHIP_FROZEN.adam())
        .without(Setups.FLAGSHIP_FROZEN.by(without))
        .isNeededFor(Measure.FROZEN_SPIKES);
  }
}
