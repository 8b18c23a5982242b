package org.spikelet.app.source;

/** A Java source that cannot be read or does not compile; the message says where and why. */
public final class BadSource extends Exception {

  private static final long serialVersionUID = 1;

  BadSource(String message) {
    super(message);
  }
}
