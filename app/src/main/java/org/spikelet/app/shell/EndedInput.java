package org.spikelet.app.shell;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * An input with one line more at its end: if the shell obeys it, it has come there, and if it was
 * given the line and does not, the line is part of a snippet that nothing finishes.
 *
 * <p>It gives at most one line at a time, so that none is read before the shell needs it.
 */
final class EndedInput extends InputStream {

  /** How the shell ends by the line. */
  static final int CODE = 99;

  private final InputStream in;

  /** The last line may lack its end. */
  private final InputStream lineEnd = bytes("\n");

  /** With a comment, for JDK 25 shows it as part of what is unfinished. */
  private final InputStream exit = bytes("/exit " + CODE + " // the end of the input\n");

  private boolean ended;

  EndedInput(InputStream in) {
    this.in = in;
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public int read() throws IOException {
    int b = in.read();
    b = b < 0 ? lineEnd.read() : b;
    if (b < 0) {
      b = exit.read();
      ended = true;
    }
    return b;
  }

  @Override
  public int read(byte[] into, int from, int count) throws IOException {
    int read = 0;
    int b = 0;
    while (read < count && b != '\n') {
      b = read();
      if (b < 0) {
        break;
      }
      into[from + read++] = (byte) b;
    }
    return read == 0 && count > 0 ? -1 : read;
  }

  /** Whether the line was given. */
  boolean hasEnded() {
    return ended;
  }
}
