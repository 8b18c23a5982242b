package org.spikelet.app.source;

/** A Java source that cannot be read or does not compile; the message says where and why. */
public final class BadSource extends Exception {

  private static final long serialVersionUID = 1;

  /** With a message that says where and why. */
  public BadSource(String message) {
    super(message);
  }
}
