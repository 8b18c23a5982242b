package org.spikelet.app.log;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The log of a training: for each line with a loss, in the order in which they were written, what
 * was logged with it. A value that is missing is NaN, but for the loss, where NaN is a loss.
 *
 * <p>The arrays are not copied: a log may have millions of lines.
 */
public final class TrainingLog {

  private final String file;
  private final String lossName;
  private final double[] steps;
  private final double[] losses;
  private final double[] gradientNorms;
  private final double[] learningRates;
  private final double[] epochs;
  private final List<String> notes;
  private final Optional<BatchIds> ids;

  /**
   * Keeps the columns, all of the same length; one that was not logged has the length 0.
   *
   * @param notes what was read, and what had to be mended or left out
   * @param ids which rows of the data were in a batch, if that was logged
   */
  TrainingLog(
      String file,
      String lossName,
      double[][] columns,
      List<String> notes,
      Optional<BatchIds> ids) {
    this.file = file;
    this.lossName = lossName;
    this.steps = columns[Field.STEP.column()];
    this.losses = columns[Field.LOSS.column()];
    this.gradientNorms = columns[Field.GRADIENT_NORM.column()];
    this.learningRates = columns[Field.LEARNING_RATE.column()];
    this.epochs = columns[Field.EPOCH.column()];
    this.notes = List.copyOf(notes);
    this.ids = ids;
  }

  /** The file's name. */
  public String file() {
    return file;
  }

  /** The name of the column that holds the loss. */
  public String lossName() {
    return lossName;
  }

  /** The number of losses. */
  public int size() {
    return losses.length;
  }

  /** The step of each; whole numbers. Where none were logged, the place among the losses. */
  public double[] steps() {
    return steps;
  }

  /** The losses. */
  public double[] losses() {
    return losses;
  }

  /** The norms of the gradients; empty if none were logged. */
  public double[] gradientNorms() {
    return gradientNorms;
  }

  /** The learning rates; empty if none were logged. */
  public double[] learningRates() {
    return learningRates;
  }

  /** The epochs; empty if none were logged. */
  public double[] epochs() {
    return epochs;
  }

  /** What was read, and what had to be mended or left out. */
  public List<String> notes() {
    return notes;
  }

  /** Returns whether it was logged which rows of the data were in a batch. */
  public boolean hasIds() {
    return ids.isPresent();
  }

  /** Reads which rows of the data were in the batches of some rows of the log. */
  public Map<Integer, Set<String>> ids(Collection<Integer> rows) {
    return ids.map(batches -> batches.at(rows)).orElse(Map.of());
  }

  /** Returns the usual number of steps from one loss to the next: 1 if every step is logged. */
  public double interval() {
    double[] gaps = new double[Math.max(0, steps.length - 1)];
    int count = 0;
    for (int i = 1; i < steps.length; i++) {
      if (steps[i] > steps[i - 1]) {
        gaps[count++] = steps[i] - steps[i - 1];
      }
    }
    Arrays.sort(gaps, 0, count);
    return count == 0 ? 1 : gaps[count / 2];
  }
}
