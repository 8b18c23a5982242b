package org.spikelet.app.shell;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Passes on what JShell says, and notices lines that begin with certain words. */
final class FailureWatch extends FilterOutputStream {

  private final Set<String> words;
  private final StringBuilder line = new StringBuilder();
  private boolean failed;

  FailureWatch(OutputStream out, String... words) {
    super(out);
    this.words = Set.of(words);
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
      failed = failed || words.contains(line.toString());
    }
  }

  boolean hasFailed() {
    return failed;
  }
}
