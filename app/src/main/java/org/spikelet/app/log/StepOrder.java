package org.spikelet.app.log;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Makes steps of a whole training out of what was logged: steps that count within an epoch go on
 * counting, and lines in no order at all are put in order. A step that falls back once or twice
 * stays: that is a run started again, which belongs to what is looked for.
 */
final class StepOrder {

  private static final int STEP = Field.STEP.column();
  private static final int EPOCH = Field.EPOCH.column();
  private static final int LOSS = Field.LOSS.column();

  /** So many falls are no restarts, if each so many lines have one. */
  private static final int MANY = 10;

  private static final int OFTEN = 20;

  private StepOrder() {}

  /** Puts the columns right, and says what was done. */
  static void arrange(double[][] columns, List<String> notes) {
    int size = columns[LOSS].length;
    double[] steps = columns[STEP];
    if (steps.length == 0) {
      columns[STEP] = new double[size];
      Arrays.setAll(columns[STEP], i -> i);
      notes.add("No column counts the steps: the losses are numbered from 0.");
      return;
    }
    fill(steps);
    int falls = 0;
    int withEpoch = 0;
    int toStart = 0;
    for (int i = 1; i < size; i++) {
      if (steps[i] < steps[i - 1]) {
        falls++;
        withEpoch += columns[EPOCH].length > 0 && columns[EPOCH][i] > columns[EPOCH][i - 1] ? 1 : 0;
        toStart += steps[i] <= steps[0] ? 1 : 0;
      }
    }
    boolean inEpochs = falls >= 1 && withEpoch >= 0.8 * falls && toStart >= 0.8 * falls;
    boolean alike = falls >= 3 && columns[EPOCH].length == 0 && toStart == falls && areEqual(steps);
    if (inEpochs || alike) {
      unroll(columns, notes);
    } else if (falls >= MANY && falls * OFTEN > size) {
      sort(columns, falls, notes);
    }
  }

  private static void fill(double[] steps) {
    for (int i = 0; i < steps.length; i++) {
      if (Double.isNaN(steps[i])) {
        steps[i] = i == 0 ? 0 : steps[i - 1];
      }
    }
  }

  /** Whether the stretches between falls are equally long, but for the last. */
  private static boolean areEqual(double[] steps) {
    int begun = 0;
    int length = 0;
    for (int i = 1; i < steps.length; i++) {
      if (steps[i] < steps[i - 1]) {
        if (length > 0 && i - begun != length) {
          return false;
        }
        length = i - begun;
        begun = i;
      }
    }
    return length > 1;
  }

  private static void unroll(double[][] columns, List<String> notes) {
    double[] steps = columns[STEP];
    boolean known = columns[EPOCH].length > 0;
    double[] epochs = known ? columns[EPOCH] : new double[steps.length];
    double stride = steps.length > 1 && steps[1] > steps[0] ? steps[1] - steps[0] : 1;
    double offset = 0;
    double before = steps[0];
    for (int i = 1; i < steps.length; i++) {
      double raw = steps[i];
      if (raw < before) {
        offset = steps[i - 1] + stride - raw;
        if (!known) {
          epochs[i] = epochs[i - 1];
          epochs[i]++;
        }
      } else if (!known) {
        epochs[i] = epochs[i - 1];
      }
      steps[i] = raw + offset;
      before = raw;
    }
    columns[EPOCH] = epochs;
    notes.add("The steps begin anew in each epoch; here they go on counting.");
  }

  private static void sort(double[][] columns, int falls, List<String> notes) {
    double[] steps = columns[STEP].clone();
    Integer[] order = new Integer[steps.length];
    Arrays.setAll(order, i -> i);
    // Stable: what has the same step stays in the order of the lines.
    Arrays.sort(order, Comparator.comparingDouble(i -> steps[i]));
    for (int f = 0; f < columns.length; f++) {
      double[] old = columns[f].clone();
      if (old.length > 0) {
        double[] sorted = columns[f];
        Arrays.setAll(sorted, i -> old[order[i]]);
      }
    }
    notes.add(
        String.format(
            Locale.ROOT,
            "The lines are not in the order of their steps (%,d times a step is smaller than the one"
                + " before). They were put in order, so a restart cannot be seen here.",
            falls));
  }
}
