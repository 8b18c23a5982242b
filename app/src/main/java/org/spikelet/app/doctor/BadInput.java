package org.spikelet.app.doctor;

/** Data that cannot be trained on; the message says where and why, and what to do. */
final class BadInput extends RuntimeException {

  private static final long serialVersionUID = 1;

  BadInput(String message) {
    super(message);
  }
}
