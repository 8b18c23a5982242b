package org.spikelet.spikes.diagnose;

/** What the doctor looks at, and what may point to a cause. */
public enum Symptom {
  /** A loss that is not finite. */
  LOSS_AT_ONSET("loss at the onset"),

  /** How large the loss had grown before it was not finite. */
  LOSS_BEFORE_ONSET("loss before the onset"),

  /** The first operation whose result was not finite. */
  FIRST_OPERATION("first operation"),

  /** How many steps had been taken. */
  STEPS_BEFORE("steps before it"),

  /** The first step in which an unchanged replay differs, and what differs. */
  FIRST_DIFFERENCE("first difference"),

  /** The height of the spike in an unchanged replay, over the recorded one. */
  REPLAYED_HEIGHT("height in the replay"),

  /** The step at which the optimizer's counts were set back. */
  STATE_LOST("state lost"),

  /** How many times its usual the learning rate was. */
  LEARNING_RATE("learning rate"),

  /** How many times as large the loss of the same rows is in the small batch. */
  LOSS_BY_SIZE("loss by the batch's size"),

  /** The chance that as many spikes as here fall on the last batch of an epoch. */
  SPIKES_IN_LAST_BATCH("spikes in the last batch"),

  /** The share of its height that the peak's batch already had 20 steps before the onset. */
  HINDSIGHT_RATIO("hindsight ratio"),

  /** How many of ten batches from the onset on are hard for the weights before it. */
  BATCHES_AFTER("hard batches from the onset on"),

  /** Which share of the probe's rise is left at half the learning rate. */
  PROBE_RISE("rise of the probe at half the rate"),

  /** How many classes are in the peak's batch. */
  CLASSES_IN_BATCH("classes in the batch"),

  /** How many rows of the peak's batch make its loss unusual. */
  ROWS_TO_BLAME("rows to blame"),

  /** The sharpness as the optimizer sees it, over the threshold of stability. */
  SHARPNESS("η·λ over its threshold"),

  /** The largest gradient, in terms of what the optimizer remembers of its square. */
  LARGEST_RMS("largest RMS");

  private final String words;

  Symptom(String words) {
    this.words = words;
  }

  /** Returns a few words for people, such as "hindsight ratio". */
  public String words() {
    return words;
  }
}
