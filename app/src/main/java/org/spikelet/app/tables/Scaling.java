package org.spikelet.app.tables;

/** What is done to the numbers of a column. */
public enum Scaling {
  /** Mean 0 and deviation 1. */
  STANDARD,

  /** They stay as they are. */
  NONE
}
