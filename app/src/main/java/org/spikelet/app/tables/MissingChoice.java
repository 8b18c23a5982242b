package org.spikelet.app.tables;

import java.util.Locale;

/** What to do about missing cells. A row whose label or target is missing teaches nothing. */
public enum MissingChoice {
  /** Leave out the row. */
  DROP,

  /** Numbers become the mean of the column; a missing text is a value like others. */
  MEAN,

  /** Refuse the file. */
  FAIL;

  /** The word on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
