package org.spikelet.spikes.diagnose;

/** Why a loss rose. */
public enum Cause {
  /** The loss or a gradient is infinite or NaN: log(0), an overflow, bad data. */
  NON_FINITE("a number that is not finite"),

  /** So soon after the start that there is no usual range yet to compare with. */
  TOO_EARLY("too early to tell"),

  /** The optimizer's moments and counts were set back, as when a run is resumed without them. */
  OPTIMIZER_STATE_LOST("lost optimizer state"),

  /**
   * Something that the trainer does not do: the state, the loss, the gradients or the step was
   * another than the model, the loss and the optimizer make it.
   */
  OUTSIDE_CHANGE("a change from outside"),

  /** The learning rate was suddenly raised. */
  LEARNING_RATE_CHANGED("a raised learning rate"),

  /** The loss is no mean over the rows: in the smaller batch at an epoch's end it is larger. */
  LOSS_BY_BATCH_SIZE("a loss that depends on the batch's size"),

  /** The last batch of an epoch is smaller than the others, and its mean loss scatters more. */
  SMALL_LAST_BATCH("a small last batch"),

  /** The batches are not alike: the rows come sorted, here all of one class, and not by chance. */
  SORTED_ORDER("sorted data"),

  /** A few rows have most of the batch's loss, and had before: outliers or wrong labels. */
  OUTLIER_SAMPLES("outliers"),

  /** The data itself: from the onset on batch after batch is hard for the weights before it. */
  DATA_CHANGED("data that changed"),

  /** The batch as a whole is hard, and was before the spike. */
  HARD_BATCH("a hard batch"),

  /**
   * The step is too long for the curvature: η · λ reached the stability threshold, and the weights
   * oscillate along one direction.
   */
  INSTABILITY("a step too long for the curvature"),

  /**
   * The step is too long, in batches that are each but a part of the data: the weights became worse
   * on the whole, data and events are not to blame, and half the learning rate prevents it, though
   * η · λ on the whole data did not reach the threshold, which is that of full batches.
   */
  MINI_BATCH_INSTABILITY("a step too long, in mini-batches"),

  /**
   * The optimizer's ordinary steps, on top of data that is hard: shorter ones, or as long ones
   * along the plain gradient, would have left these rows alone. Only as a second cause.
   */
  OPTIMIZER_STEPS("the optimizer's steps"),

  /** A gradient far larger than the optimizer's memory of the squared gradient. */
  GRADIENT_SHOCK("a gradient larger than the optimizer remembers"),

  /** None of these has enough evidence for it. */
  UNKNOWN("unknown");

  private final String words;

  Cause(String words) {
    this.words = words;
  }

  /** Returns a few words for people, such as "a small last batch". */
  public String words() {
    return words;
  }
}
