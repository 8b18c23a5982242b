package org.spikelet.app.tables;

/** Data that cannot be trained on; the message says where and why, and what to do. */
public final class BadInput extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Says what is wrong, where, and what to do. */
  public BadInput(String message) {
    super(message);
  }
}
