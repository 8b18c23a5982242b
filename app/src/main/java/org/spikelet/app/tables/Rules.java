package org.spikelet.app.tables;

import java.util.List;

/**
 * What is made of the cells.
 *
 * @param missing what to do about missing ones
 * @param missingMarks what marks them besides the usual
 * @param maxCategories how many values a column of texts may have
 * @param scaling of numbers
 */
public record Rules(
    MissingChoice missing, List<String> missingMarks, int maxCategories, Scaling scaling) {

  /** So many values a column of texts may have, if nothing else is said. */
  public static final int MAX_CATEGORIES = 50;

  /** The means for missing numbers, standardized. */
  public static final Rules DEFAULTS =
      new Rules(MissingChoice.MEAN, List.of(), MAX_CATEGORIES, Scaling.STANDARD);

  /** Copies the list. */
  public Rules {
    missingMarks = List.copyOf(missingMarks);
  }

  /** Returns what marks a missing cell, besides nothing in it. */
  public static List<String> usualMissingMarks() {
    return MissingMarks.USUAL;
  }
}
