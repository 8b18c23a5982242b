package org.spikelet.app.opinion;

import java.util.List;

/** What may be behind a course of the loss. The order decides between equals. */
public enum Hypothesis {
  NAN_AFTER_RISE(
      "Not finite after a rise: a growth that ended in an overflow",
      "a growth that ended in an overflow",
      "non-finite losses come with every cause of growth",
      Change.HALF_RATE,
      Change.FULL_PRECISION),
  NAN_SUDDEN(
      "Not finite out of ordinary losses: one operation or one row, such as log 0 or an overflow in half precision",
      "one operation or one row",
      "log-of-zero (supported): a logarithm of 0 in the loss",
      Change.ANOMALY,
      Change.FULL_PRECISION),
  LEARNING_RATE(
      "The learning rate, which rose before the loss",
      "the rise of the learning rate",
      "learning-rate (supported): a lower rate removes Adam's bursts",
      Change.KEEP_RATE),
  NEW_RUN(
      "A second run in the same log, begun from the start",
      "a run begun from the start",
      "no experiment",
      Change.LOAD_WEIGHTS),
  STATE_LOST(
      "A restart without the optimizer's state",
      "a restart without the optimizer's state",
      "no experiment; the doctor's plant lost-state shows this picture",
      Change.LOAD_STATE,
      Change.HALF_RATE),
  LAST_BATCH(
      "A period of one epoch: its last batch",
      "the last batch of each epoch",
      "small-last-batch, period (supported): a small last batch spikes once an epoch, and not with drop_last",
      Change.DROP_LAST),
  FIRST_BATCH(
      "A period of one epoch: its first batch after a shuffle, or what is done before it",
      "what is done between two epochs",
      "no experiment",
      Change.IN_ORDER),
  SAME_PLACE(
      "A period of one epoch: the same rows at the same place",
      "the same rows at the same place",
      "no experiment; the doctor's plant recurring-hard-batch shows this picture",
      Change.IDS,
      Change.OTHER_ORDER,
      Change.ROWS),
  REGULAR(
      "A period of its own: an epoch that the log does not show, an evaluation, a checkpoint",
      "something that comes at equal distances",
      "period (supported): a small last batch spikes once an epoch",
      Change.SWITCH_OFF),
  HARD_ROWS(
      "Rows of one batch",
      "rows of one batch",
      "outliers, heavy-tails (supported): single rows make spikes, under SGD too",
      Change.ROWS,
      Change.OTHER_ORDER),
  MEASUREMENT(
      "The measurement, and not the training",
      "the measurement",
      "no experiment",
      Change.MEASURE_AGAIN),
  LARGE_GRADIENT(
      "A large gradient that threw the weights",
      "a large gradient that threw the weights",
      "no experiment with single gradients; clipping does not help against Adam's own bursts",
      Change.CLIP,
      Change.PROBE,
      Change.GO_ON),
  INSTABILITY(
      "Instability: steps too long for the curvature",
      "steps too long for the curvature",
      "adam-full-batch, second-moment-falls (supported): Adam bursts without any noise, and AMSGrad does not",
      Change.HALF_RATE,
      Change.PROBE,
      Change.GO_ON),
  DIVERGED(
      "A training that diverges",
      "a training that diverges",
      "SGD was lost at rate 0.02 on heavy tails, in 3 of ten seeds",
      Change.HALF_RATE,
      Change.PROBE),
  SHIFT(
      "A lasting shift: other data, another loss or another precision from there on",
      "other data, another loss or another precision",
      "no experiment; the doctor's plant data-changed shows this picture",
      Change.OLD_WEIGHTS),
  NEVER_FELL(
      "The loss hardly came down: gradients that do not reach the weights, or targets that do not belong to the inputs",
      "gradients or targets that are wrong",
      "no experiment",
      Change.ONE_BATCH),
  RATE_TOO_SMALL(
      "The loss hardly came down: a learning rate far too small, or far too large",
      "the size of the learning rate",
      "learning-rate (supported) tells of rates too large only",
      Change.OTHER_RATE),
  RESUMED(
      "A restart that the loss does not show",
      "a restart that changed nothing",
      "a resumed run of Spikelet is the same to the last bit",
      Change.REPEAT);

  private final String title;
  private final String words;
  private final String laboratory;

  @SuppressWarnings("ImmutableEnumChecker") // a copy
  private final List<Change> changes;

  Hypothesis(String title, String words, String laboratory, Change... changes) {
    this.title = title;
    this.words = words;
    this.laboratory = laboratory;
    this.changes = List.of(changes);
  }

  /** What may be behind it. */
  public String title() {
    return title;
  }

  /** The same within a sentence. */
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
