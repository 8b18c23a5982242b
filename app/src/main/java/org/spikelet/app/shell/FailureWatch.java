package org.spikelet.app.shell;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Passes on what JShell says, and notices when it says that a line has failed. */
final class FailureWatch extends FilterOutputStream {

  private final StringBuilder line = new StringBuilder();
  private boolean failed;

  FailureWatch(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    out.write(bytes, from, count);
    for (char c : new String(bytes, from, count, StandardCharsets.ISO_8859_1).toCharArray()) {
      if (c == '\n') {
        line.setLength(0);
      } else {
        line.append(c);
      }
      failed |= c == ':' && line.toString().equals("Error:");
      failed |= c == ' ' && line.toString().equals("Exception ");
    }
  }

  boolean hasFailed() {
    return failed;
  }
}
