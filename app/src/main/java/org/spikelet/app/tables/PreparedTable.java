package org.spikelet.app.tables;

import java.nio.file.Path;

/**
 * A file, read and made ready.
 *
 * @param data to train on
 * @param rows what its rows are called
 * @param account of what was made of the file
 */
public record PreparedTable(TrainingData data, RowNames rows, Account account) {

  /**
   * Reads a CSV file and makes numbers of it.
   *
   * @throws BadInput if it cannot be trained on; the message holds all that is wrong with it
   */
  public static PreparedTable read(Path path, TableFormat format, Roles roles, Rules rules) {
    return new Preparation(CsvReader.read(path, format), roles, rules).prepare();
  }
}
