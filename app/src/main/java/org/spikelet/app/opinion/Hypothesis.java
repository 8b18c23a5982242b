package org.spikelet.app.opinion;

import java.util.List;

/** What may be behind a course of the loss. The order decides between equals. */
public enum Hypothesis {
  NAN_AFTER_RISE(
      "The loss rose before it stopped being a number",
      "too long a step, that grew until a number overflowed",
      "non-finite losses come with every cause of growth",
      Change.HALF_RATE,
      Change.ANOMALY),
  NAN_SUDDEN(
      "No number any more, out of ordinary losses",
      "one operation or one row: log 0, a division by 0, an overflow in half precision",
      "log-of-zero (supported): a logarithm of 0 in the loss",
      Change.ANOMALY,
      Change.FULL_PRECISION),
  LEARNING_RATE(
      "The learning rate rose first",
      "a jump of the learning rate",
      "learning-rate (supported): a lower rate removes Adam's bursts",
      Change.KEEP_RATE),
  STATE_LOST(
      "A restart, and the loss jumps and decays after it",
      "a restart without the optimizer's state",
      "no experiment; the doctor's plant lost-state shows this picture",
      Change.LOAD_STATE,
      Change.HALF_RATE),
  LAST_BATCH(
      "A spike at the end of each epoch, on its last batch",
      "a small last batch",
      "small-last-batch, period (supported): none of them with drop_last",
      Change.DROP_LAST),
  FIRST_BATCH(
      "A spike at the beginning of each epoch, on the first batch after a shuffle",
      "what is done between epochs: shuffling, evaluation, a state set back",
      "no experiment",
      Change.IN_ORDER),
  SAME_PLACE(
      "A spike at the same place of each epoch",
      "the same rows, which come at the same place each time",
      "no experiment; the doctor's plant recurring-hard-batch shows this picture",
      Change.OTHER_ORDER,
      Change.ROWS),
  REGULAR(
      "Spikes at equal distances",
      "something that is done at equal distances: an epoch that the log does not show, an evaluation, a checkpoint",
      "period (supported): a small last batch gives one spike an epoch",
      Change.SWITCH_OFF,
      Change.DROP_LAST),
  HARD_ROWS(
      "Single points",
      "rows of one batch",
      "outliers, heavy-tails (supported): single rows make spikes, under SGD too",
      Change.ROWS,
      Change.OTHER_ORDER),
  MEASUREMENT(
      "Single points, and the training does not notice",
      "the measurement: a mean over few rows, another set of rows, a value logged wrongly",
      "no experiment",
      Change.MEASURE_AGAIN),
  LARGE_GRADIENT(
      "One large gradient, and the weights come back from it slowly",
      "one large gradient that threw the weights",
      "clipping helps here; against Adam's bursts at full batch it did not",
      Change.CLIP,
      Change.PROBE),
  INSTABILITY(
      "Bursts that build up over steps and decay",
      "steps too long for the curvature (instability)",
      "adam-full-batch, second-moment-falls (supported): Adam bursts without any noise, and AMSGrad does not",
      Change.HALF_RATE,
      Change.PROBE),
  DIVERGED(
      "The loss rose and went on rising",
      "a training that diverged: too long a step",
      "heavy tails at SGD's rate of 0.02: lost in 3 of ten seeds",
      Change.HALF_RATE,
      Change.CLIP),
  SHIFT(
      "The loss moved up and stays there",
      "other data, another loss or another precision from there on",
      "no experiment; the doctor's plant data-changed shows this picture",
      Change.OLD_WEIGHTS,
      Change.PROBE),
  NEVER_FELL(
      "The loss never came down",
      "gradients that do not reach the weights, or targets that do not belong to the inputs",
      "no experiment",
      Change.ONE_BATCH),
  RATE_TOO_SMALL(
      "The loss never came down, by its rate",
      "a learning rate far too small, or so large that it never came down",
      "learning-rate (supported)",
      Change.OTHER_RATE),
  RESUMED(
      "A restart, and the loss does not show it",
      "a restart that changed nothing",
      "a resumed run of Spikelet is the same to the last bit",
      Change.LOAD_STATE);

  private final String title;
  private final String words;
  private final String laboratory;
  private final List<Change> changes;

  Hypothesis(String title, String words, String laboratory, Change... changes) {
    this.title = title;
    this.words = words;
    this.laboratory = laboratory;
    this.changes = List.of(changes);
  }

  /** What was seen. */
  public String title() {
    return title;
  }

  /** What may be behind it. */
  public String words() {
    return words;
  }

  /** What the laboratory or the doctor knows of it. */
  public String laboratory() {
    return laboratory;
  }

  List<Change> changes() {
    return changes;
  }
}
