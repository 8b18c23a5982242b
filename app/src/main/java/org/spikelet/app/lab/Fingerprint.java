package org.spikelet.app.lab;

/**
 * What a result depends on, but for the seed.
 *
 * @param run the recipe and its steps, by name
 * @param source the version of the code behind these names; empty for the laboratory's own
 */
record Fingerprint(String run, String source) {

  private static final String SOURCE = " source ";

  /** Returns it as it stands in a file. */
  String text() {
    return source.isEmpty() ? run : run + SOURCE + source;
  }

  /** Returns whether a text is that of the same run with other code behind its names. */
  boolean isOfOtherSource(String text) {
    return !text.equals(text()) && !source.isEmpty() && text.startsWith(run + SOURCE);
  }
}
