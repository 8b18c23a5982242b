package org.spikelet.app.tables;

import java.util.List;
import java.util.Optional;

/**
 * Which columns are what, in the words of the command line; all others are inputs.
 *
 * @param label the column of classes; empty for regression
 * @param targets the columns of numbers to predict, parted by commas; empty for classification
 * @param ignored the columns to leave out, in the same way
 * @param categorical the columns whose numbers are names of categories
 */
public record Roles(
    Optional<String> label, List<String> targets, List<String> ignored, List<String> categorical) {

  /** Copies the lists. */
  public Roles {
    targets = List.copyOf(targets);
    ignored = List.copyOf(ignored);
    categorical = List.copyOf(categorical);
  }
}
