package org.spikelet.app.lab;

/** An experiment's file that cannot be used; the message says where, why, and what to do. */
final class BadExperiment extends RuntimeException {

  private static final long serialVersionUID = 1;

  BadExperiment(String message) {
    super(message);
  }
}
