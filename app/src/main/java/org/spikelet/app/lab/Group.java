package org.spikelet.app.lab;

/** The parts of the laboratory's report. */
enum Group {
  /** What the answers to the question said. */
  ANSWER,
  /** How it works. */
  MECHANISM,
  /** What helps, at full batch. */
  REMEDY_FULL_BATCH,
  /** What helps, on heavy-tailed data. */
  REMEDY_HEAVY_TAILS,
  /** Claims of a reader's own. */
  OWN
}
