package org.spikelet.optim.file;

import java.io.IOException;

/** Not the bytes that were written; the message says what is wrong, and at which byte. */
public final class DamagedFile extends IOException {

  private static final long serialVersionUID = 1;

  DamagedFile(String message) {
    super(message);
  }
}
