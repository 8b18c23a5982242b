package org.spikelet.app.log;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** The rows of a log, in one of its formats. */
interface Rows {

  /**
   * A row.
   *
   * @param line where it stands in the file, from 1
   * @param names of the columns; the same list for each row under one header
   * @param cells one for each name
   */
  record Row(long line, List<String> names, List<String> cells) {}

  /** Reads from the beginning, until the sink returns false. */
  void read(Predicate<Row> sink, Repairs repairs) throws IOException;

  /** Returns the format in words. */
  String format();
}
