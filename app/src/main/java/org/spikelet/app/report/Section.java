package org.spikelet.app.report;

import java.util.List;
import org.spikelet.app.tables.RowNames;
import org.spikelet.app.training.Run;

/**
 * Runs to be compared, on one data set.
 *
 * @param id a file name
 * @param title a heading
 * @param text what the data are
 * @param runs the runs, all of the same steps
 * @param rows what the rows of the data are called
 * @param folds what is to be read below the chart by those who want it
 */
public record Section(
    String id, String title, String text, List<Run> runs, RowNames rows, List<Fold> folds) {

  /** Copies the lists. */
  public Section {
    runs = List.copyOf(runs);
    folds = List.copyOf(folds);
  }

  /** With rows that have no name but their number, and nothing folded. */
  public Section(String id, String title, String text, List<Run> runs) {
    this(id, title, text, runs, RowNames.NUMBERED, List.of());
  }
}
