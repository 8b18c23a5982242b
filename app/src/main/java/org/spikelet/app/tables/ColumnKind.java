package org.spikelet.app.tables;

import java.util.Locale;

/** Kinds of columns. */
enum ColumnKind {
  NUMBER,
  TEXT,
  DATE,

  /** All cells are missing. */
  EMPTY;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
