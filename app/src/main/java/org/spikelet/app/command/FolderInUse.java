package org.spikelet.app.command;

import java.io.IOException;

/**
 * Another command writes into the same folder; the message says which, since when, and the cure.
 */
public final class FolderInUse extends IOException {

  private static final long serialVersionUID = 1;

  FolderInUse(String message) {
    super(message);
  }
}
