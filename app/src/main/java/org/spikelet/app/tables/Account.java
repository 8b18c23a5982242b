package org.spikelet.app.tables;

import java.util.List;

/**
 * What was made of a file.
 *
 * @param remarks what was found out, or left out
 * @param columns what was made of each, in the order of the file
 */
public record Account(List<String> remarks, List<Entry> columns) {

  /** Copies the lists. */
  public Account {
    remarks = List.copyOf(remarks);
    columns = List.copyOf(columns);
  }

  /**
   * What was made of a column.
   *
   * @param column its name
   * @param kind such as "number"
   * @param missing how many cells
   * @param done what was done
   */
  public record Entry(String column, String kind, int missing, String done) {}
}
