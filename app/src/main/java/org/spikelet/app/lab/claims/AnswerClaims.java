package org.spikelet.app.lab.claims;

import java.util.List;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.experiment.Experiment;
import org.spikelet.app.experiment.Measure;
import org.spikelet.app.experiment.Optimization;
import org.spikelet.app.experiment.Setup;

/** What the answers to the question said. */
public final class AnswerClaims implements Experiment {

  /** Made by the laboratory. */
  public AnswerClaims() {}

  @Override
  public List<Claim> claims() {
    return List.of(
        Claim.of("adam", "Adam has spikes where SGD's loss is smooth.")
            .design(
                "Heavy-tailed data in batches of 32: the same weights and batches under Adam and SGD.")
            .adamAgainstSgd(Setup.FLAGSHIP)
            .brings(Measure.SPIKES),
        Claim.of(
                "mini-batches",
                "Some mini-batches have by chance unlucky data; at full batch there are no spikes.")
            .design(
                "Clean data without noise, in batches of 32 (with sampling) and at full batch (without).")
            .with(Setups.COMPANION_BATCHES)
            .without(Setup.COMPANION)
            .brings(Measure.SPIKES),
        Claim.of("mini-batches-heavy-tails", "The same, on heavy-tailed data.")
            .design(
                "Heavy-tailed data in batches of 32 (with) and at full batch (without); the first"
                    + " 1,500 steps.")
            .with(Setup.FLAGSHIP)
            .without(Setups.FLAGSHIP_FULL_BATCH)
            .brings(Measure.EARLY_SPIKES),
        Claim.of("batch-size-1", "It is worse at batch size 1.")
            .design(
                "Heavy-tailed data, one row at a time (with) and in batches of 32 (without); counted"
                    + " on a fixed probe, for the loss of one row jumps by itself.")
            .with(Setups.FLAGSHIP_BATCH_1)
            .without(Setups.FLAGSHIP_PROBED)
            .brings(Measure.PROBE_SPIKES),
        Claim.of("learning-rate", "A lower learning rate helps.")
            .design("Full batch: learning rate 1e-3 (with) and 3e-4 (without).")
            .with(Setup.COMPANION.adam())
            .without(Setup.COMPANION.by(Optimizations.ADAM_LOW_RATE))
            .isNeededFor(Measure.SPIKES),
        Claim.of("log-of-zero", "The logarithm in the loss is not clipped, and comes near log 0.")
            .design(
                "Four classes; at step 1,000 one row is multiplied by 1,000 and labelled wrongly."
                    + " Loss −ln p from probabilities (with) and from logits (without).")
            .with(Setups.PROBABILITIES)
            .without(Setups.LOGITS)
            .brings(Measure.NOT_FINITE),
        Claim.of("log-of-zero-spikes", "Clip the probabilities and the spike goes.")
            .design(
                "The same row; the loss from logits (with) and −ln p with p clipped at 1e-7"
                    + " (without). Clipping makes the row's gradient 0: it is not learned from.")
            .with(Setups.LOGITS)
            .without(Setups.CLIPPED)
            .brings(Measure.SPIKES),
        Claim.of("outliers", "There are outliers in the data.")
            .design(
                "Clean data; five of 1,536 targets multiplied by 20 (with) and as they are (without).")
            .with(Setups.OUTLIERS)
            .without(Setups.CLEAN)
            .brings(Measure.SPIKES),
        Claim.of("outliers-and-adam", "Outliers are why Adam has spikes and SGD has not.")
            .design("The same five outliers under Adam and under SGD.")
            .adamAgainstSgd(Setups.OUTLIERS)
            .brings(Measure.SPIKES),
        Claim.of("heavy-tails", "There are outliers in the inputs.")
            .design("Heavy-tailed inputs (with) and the same cut off at ±4 (without).")
            .with(Setup.FLAGSHIP)
            .without(Setups.WINSORISED)
            .brings(Measure.SPIKES),
        Claim.of(
                "batch-norm-epsilon",
                "Batch normalization divides by a small deviation; a large ε is to blame.")
            .design("Batch normalization, last batch of two rows: ε = 1 (with) and 1e-5 (without).")
            .with(Setups.BATCH_NORM_1)
            .without(Setups.BATCH_NORM)
            .brings(Measure.SPIKES),
        Claim.of("batch-norm", "Batch normalization has spikes on small batches.")
            .design("Last batch of two rows: with batch normalization and without.")
            .with(Setups.BATCH_NORM)
            .without(Setups.PLAIN_2)
            .brings(Measure.SPIKES),
        Claim.of("batch-norm-drop-last", "... and dropping the small last batch helps.")
            .design(
                "Batch normalization: the last batch of two rows trained on (with) and left out"
                    + " (without).")
            .with(Setups.BATCH_NORM)
            .without(Setups.BATCH_NORM_DROPPED)
            .brings(Measure.SPIKES),
        Claim.of(
                "small-last-batch",
                "The last batch of an epoch is small if the rows do not divide by the batch size.")
            .design(
                "1,537 rows, noisy: the last batch of one row trained on (with) and left out (without).")
            .with(Setups.LEFT_OVER)
            .without(Setups.LEFT_OVER_DROPPED)
            .brings(Measure.SPIKES),
        Claim.of("period", "Then the spikes come once an epoch.")
            .design(
                "The same run: spikes that begin at the last batch (with) and at any other"
                    + " (without).")
            .with(Setups.LEFT_OVER)
            .without(Setups.LEFT_OVER)
            .brings(Measure.AT_LAST_BATCH, Measure.AT_OTHER_BATCHES),
        lowPoint("sgd-at-low-loss", 0.05),
        lowPoint("sgd-at-low-loss-high-rate", 0.1),
        Claim.of("init-times-10", "A layer is initialized out of scale: too large.")
            .design(
                "Clean data; the middle layer's first weights times 10 (with) and as they are (without).")
            .with(Setups.INIT_TIMES_10)
            .without(Setups.CLEAN)
            .brings(Measure.SPIKES),
        Claim.of("init-times-.01", "A layer is initialized out of scale: too small.")
            .design(
                "Clean data; the middle layer's first weights times 0.01 (with) and as they are"
                    + " (without).")
            .with(Setups.INIT_TIMES_001)
            .without(Setups.CLEAN)
            .brings(Measure.SPIKES));
  }

  private static Claim lowPoint(String name, double rate) {
    return Claim.of(
            name,
            "SGD would have spikes too if it reached as low a loss (learning rate " + rate + ").")
        .design(
            "Full batch: SGD started where Adam's loss was lowest (with) and from the first weights"
                + " (without).")
        .with(Setups.COMPANION_LOW_POINT.by(Optimization.sgd(rate)))
        .without(Setup.COMPANION.by(Optimization.sgd(rate)))
        .brings(Measure.SPIKES);
  }
}
