package org.spikelet.app.tables;

import java.nio.charset.Charset;
import java.util.Optional;

/**
 * How a file is written; what is empty is found out.
 *
 * @param separator what stands between the columns
 * @param decimal the decimal mark
 * @param thousands the mark between groups of three digits; empty if there is none
 * @param encoding of the text
 * @param firstLine what the first line holds
 */
public record TableFormat(
    Optional<Character> separator,
    Optional<Character> decimal,
    Optional<Character> thousands,
    Optional<Charset> encoding,
    FirstLine firstLine) {

  /** What the first line holds. */
  public enum FirstLine {
    /** The names of the columns. */
    NAMES,

    /** Data; the columns are named c1, c2, … */
    DATA
  }

  /** All is found out; the first line holds names. */
  public static final TableFormat GUESSED =
      new TableFormat(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), FirstLine.NAMES);
}
