package org.spikelet.app.tables;

import java.util.List;
import java.util.Set;

/**
 * The cells of a CSV file, and where each row stands in it.
 *
 * @param file its name, for errors
 * @param header the names of the columns
 * @param unnamed those of the names that the file does not give
 * @param columns the cells of each
 * @param lines the line of the file at which each row begins, from 1
 * @param numerals how its numbers are written
 * @param remarks what was found out, or left out, in reading
 * @param problems what was wrong so far
 */
record CsvTable(
    String file,
    List<String> header,
    Set<String> unnamed,
    List<Cells> columns,
    List<Integer> lines,
    Numerals numerals,
    List<String> remarks,
    Problems problems) {

  /** The number of rows. */
  int rows() {
    return lines.size();
  }
}
