package org.spikelet.app.lab;

import static org.spikelet.app.lab.Claim.Group.ANSWER;
import static org.spikelet.app.lab.Claim.Group.MECHANISM;
import static org.spikelet.app.lab.Claim.about;
import static org.spikelet.app.lab.Claim.aboutAdam;

import java.util.ArrayList;
import java.util.List;
import org.spikelet.app.lab.Claim.Group;
import org.spikelet.app.lab.Claim.Pair;
import org.spikelet.app.lab.Claim.Test;

/** The table of all experiments. */
final class Claims {

  private static final List<Claim> ANSWERS =
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
              Rule.ADAM_LOW_RATE),
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

  private static final List<Claim> MECHANISMS =
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
              Rule.AMSGRAD),
          aboutAdam(
              "second-moment-lags",
              MECHANISM,
              "The spikes need a v that lags behind the squared gradient.",
              "Full batch: β₂ = .999 (with) and .99, ten times as quick (without).",
              Setups.COMPANION,
              Rule.ADAM_SHORT_MEMORY),
          aboutAdam(
              "small-divisor",
              MECHANISM,
              "The spikes need a very small divisor √v + ε.",
              "Full batch: ε = 1e-8 (with) and 1e-3 (without).",
              Setups.COMPANION,
              Rule.ADAM_EPSILON_3),
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

  /** A remedy and the optimizer that carries it out. */
  private record Remedy(String name, String words, Rule rule) {}

  private static final List<Remedy> REMEDIES =
      List.of(
          new Remedy("low-rate", "learning rate 3e-4", Rule.ADAM_LOW_RATE),
          new Remedy("high-rate", "learning rate 3e-3 (the opposite)", Rule.ADAM_HIGH_RATE),
          new Remedy("cosine", "cosine schedule", Rule.ADAM_COSINE),
          new Remedy("warm-up", "warm-up", Rule.ADAM_WARM_UP),
          new Remedy("amsgrad", "AMSGrad", Rule.AMSGRAD),
          new Remedy("epsilon-1e-6", "ε = 1e-6", Rule.ADAM_EPSILON_6),
          new Remedy("epsilon-1e-4", "ε = 1e-4", Rule.ADAM_EPSILON_4),
          new Remedy("epsilon-1e-3", "ε = 1e-3", Rule.ADAM_EPSILON_3),
          new Remedy("beta2-.9999", "β₂ = .9999", Rule.ADAM_LONG_MEMORY),
          new Remedy("beta2-.99", "β₂ = .99", Rule.ADAM_SHORT_MEMORY),
          new Remedy("beta1-.99", "β₁ = .99", Rule.ADAM_LONG_MOMENTUM),
          new Remedy("clip-updates", "updates clipped (StableAdamW)", Rule.ADAM_STABLE),
          new Remedy("clip", "gradient clipped to norm .1", Rule.ADAM_CLIPPED));

  /** All experiments. */
  static final List<Claim> ALL = all();

  /** Those that take a minute together: without the remedies at full batch. */
  static final List<Claim> QUICK =
      ALL.stream().filter(claim -> claim.group() != Group.REMEDY_FULL_BATCH).toList();

  private Claims() {}

  private static List<Claim> all() {
    List<Claim> all = new ArrayList<>(ANSWERS);
    all.addAll(MECHANISMS);
    for (Remedy remedy : REMEDIES) {
      all.add(remedy(remedy, "full-batch", Group.REMEDY_FULL_BATCH, Setups.COMPANION));
    }
    for (Remedy remedy : REMEDIES) {
      all.add(remedy(remedy, "heavy-tails", Group.REMEDY_HEAVY_TAILS, Setups.FLAGSHIP));
    }
    all.add(
        about(
            "winsorise-heavy-tails",
            Group.REMEDY_HEAVY_TAILS,
            "features cut off at ±4",
            "Heavy-tailed data: as they are (with) and with the features cut off (without).",
            Setups.FLAGSHIP,
            Setups.WINSORISED));
    return List.copyOf(all);
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

  private static Claim lowPoint(String name, double rate) {
    return Claim.aboutSgd(
        name,
        ANSWER,
        "SGD would have spikes too if it reached as low a loss (learning rate " + rate + ").",
        "Full batch: SGD started where Adam's loss was lowest (with) and from the first weights"
            + " (without).",
        new Pair(
            Setups.COMPANION_LOW_POINT.by(Rule.sgd(rate)), Setups.COMPANION.by(Rule.sgd(rate))));
  }

  private static Claim remedy(Remedy remedy, String where, Group group, Setup setup) {
    return aboutAdam(
        remedy.name + "-" + where,
        group,
        remedy.words,
        "Adam as it is (with) and with " + remedy.words + " (without).",
        setup,
        remedy.rule);
  }
}
