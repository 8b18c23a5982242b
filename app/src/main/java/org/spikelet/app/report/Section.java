package org.spikelet.app.report;

import java.util.List;
import org.spikelet.app.training.Run;

/**
 * Runs to be compared, on one data set.
 *
 * @param id a file name
 * @param title a heading
 * @param text what the data are
 * @param runs the runs, all of the same steps
 */
public record Section(String id, String title, String text, List<Run> runs) {

  /** Copies the list. */
  public Section {
    runs = List.copyOf(runs);
  }
}
