package org.spikelet.app.lab;

import static org.spikelet.app.lab.Claim.Group.ANSWER;
import static org.spikelet.app.lab.Claim.about;
import static org.spikelet.app.lab.Claim.aboutAdam;

import java.util.List;
import org.spikelet.app.lab.Claim.Test;

/** What the answers to the question said. */
final class AnswerClaims {

  /** In the order of the table. */
  static final List<Claim> ALL =
      List.of(
          about(
                  "adam",
                  ANSWER,
                  "Adam has spikes where SGD's loss is smooth.",
                  "Heavy-tailed data in batches of 32: the same weights and batches under Adam and SGD.",
                  Setups.FLAGSHIP,
                  Setups.FLAGSHIP)
              .decidedBy(Test.BETWEEN),
          about(
              "mini-batches",
              ANSWER,
              "Some mini-batches have by chance unlucky data; at full batch there are no spikes.",
              "Clean data without noise, in batches of 32 (with sampling) and at full batch (without).",
              Setups.COMPANION_BATCHES,
              Setups.COMPANION),
          about(
                  "mini-batches-heavy-tails",
                  ANSWER,
                  "The same, on heavy-tailed data.",
                  "Heavy-tailed data in batches of 32 (with) and at full batch (without); the first"
                      + " 1,500 steps.",
                  Setups.FLAGSHIP,
                  Setups.FLAGSHIP_FULL_BATCH)
              .counting(Measure.EARLY_SPIKES, Measure.EARLY_SPIKES),
          about(
                  "batch-size-1",
                  ANSWER,
                  "It is worse at batch size 1.",
                  "Heavy-tailed data, one row at a time (with) and in batches of 32 (without); counted"
                      + " on a fixed probe, for the loss of one row jumps by itself.",
                  Setups.FLAGSHIP_BATCH_1,
                  Setups.FLAGSHIP_PROBED)
              .counting(Measure.PROBE_SPIKES, Measure.PROBE_SPIKES),
          aboutAdam(
              "learning-rate",
              ANSWER,
              "A lower learning rate helps.",
              "Full batch: learning rate 1e-3 (with) and 3e-4 (without).",
              Setups.COMPANION,
              Optimization.ADAM_LOW_RATE),
          about(
                  "log-of-zero",
                  ANSWER,
                  "The logarithm in the loss is not clipped, and comes near log 0.",
                  "Four classes; at step 1,000 one row is multiplied by 1,000 and labelled wrongly."
                      + " Loss −ln p from probabilities (with) and from logits (without).",
                  Setups.PROBABILITIES,
                  Setups.LOGITS)
              .counting(Measure.NOT_FINITE, Measure.NOT_FINITE),
          about(
              "log-of-zero-spikes",
              ANSWER,
              "Clip the probabilities and the spike goes.",
              "The same row; the loss from logits (with) and −ln p with p clipped at 1e-7"
                  + " (without). Clipping makes the row's gradient 0: it is not learned from.",
              Setups.LOGITS,
              Setups.CLIPPED),
          about(
              "outliers",
              ANSWER,
              "There are outliers in the data.",
              "Clean data; five of 1,536 targets multiplied by 20 (with) and as they are (without).",
              Setups.OUTLIERS,
              Setups.CLEAN),
          about(
                  "outliers-and-adam",
                  ANSWER,
                  "Outliers are why Adam has spikes and SGD has not.",
                  "The same five outliers under Adam and under SGD.",
                  Setups.OUTLIERS,
                  Setups.OUTLIERS)
              .decidedBy(Test.BETWEEN),
          about(
              "heavy-tails",
              ANSWER,
              "There are outliers in the inputs.",
              "Heavy-tailed inputs (with) and the same cut off at ±4 (without).",
              Setups.FLAGSHIP,
              Setups.WINSORISED),
          about(
              "batch-norm-epsilon",
              ANSWER,
              "Batch normalization divides by a small deviation; a large ε is to blame.",
              "Batch normalization, last batch of two rows: ε = 1 (with) and 1e-5 (without).",
              Setups.BATCH_NORM_1,
              Setups.BATCH_NORM),
          about(
              "batch-norm",
              ANSWER,
              "Batch normalization has spikes on small batches.",
              "Last batch of two rows: with batch normalization and without.",
              Setups.BATCH_NORM,
              Setups.PLAIN_2),
          about(
              "batch-norm-drop-last",
              ANSWER,
              "... and dropping the small last batch helps.",
              "Batch normalization: the last batch of two rows trained on (with) and left out"
                  + " (without).",
              Setups.BATCH_NORM,
              Setups.BATCH_NORM_DROPPED),
          about(
              "small-last-batch",
              ANSWER,
              "The last batch of an epoch is small if the rows do not divide by the batch size.",
              "1,537 rows, noisy: the last batch of one row trained on (with) and left out (without).",
              Setups.LEFT_OVER,
              Setups.LEFT_OVER_DROPPED),
          about(
                  "period",
                  ANSWER,
                  "Then the spikes come once an epoch.",
                  "The same run: spikes that begin at the last batch (with) and at any other"
                      + " (without).",
                  Setups.LEFT_OVER,
                  Setups.LEFT_OVER)
              .counting(Measure.AT_LAST_BATCH, Measure.AT_OTHER_BATCHES),
          lowPoint("sgd-at-low-loss", 0.05),
          lowPoint("sgd-at-low-loss-high-rate", 0.1),
          about(
              "init-times-10",
              ANSWER,
              "A layer is initialized out of scale: too large.",
              "Clean data; the middle layer's first weights times 10 (with) and as they are (without).",
              Setups.INIT_TIMES_10,
              Setups.CLEAN),
          about(
              "init-times-.01",
              ANSWER,
              "A layer is initialized out of scale: too small.",
              "Clean data; the middle layer's first weights times 0.01 (with) and as they are"
                  + " (without).",
              Setups.INIT_TIMES_001,
              Setups.CLEAN));

  private AnswerClaims() {}

  private static Claim lowPoint(String name, double rate) {
    return Claim.aboutSgd(
        name,
        ANSWER,
        "SGD would have spikes too if it reached as low a loss (learning rate " + rate + ").",
        "Full batch: SGD started where Adam's loss was lowest (with) and from the first weights"
            + " (without).",
        new Claim.Pair(
            Setups.COMPANION_LOW_POINT.by(Optimization.sgd(rate)),
            Setups.COMPANION.by(Optimization.sgd(rate))));
  }
}
