package org.spikelet.app.lab;

/**
 * Whose code an experiment is. Runs are kept under it: what one file calls "plain" is another thing
 * than what the next one does.
 *
 * @param prefix how the names of its runs' files begin
 * @param version what changes when its code does; empty for the laboratory's own
 */
record Source(String prefix, String version) {

  /** That of the laboratory's own claims. */
  static final Source BUILT_IN = new Source("", "");
}
