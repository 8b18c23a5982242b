package org.spikelet.app.log;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file's text. Bytes are read as Latin-1, which every byte is: numbers are ASCII, and {@link
 * Cell#utf8} mends the rest. Only UTF-16, which PowerShell writes, is told by its first bytes.
 */
final class Source {

  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final Charset charset;
  private final int skipped;

  private Source(Path path, Charset charset, int skipped) {
    this.path = path;
    this.charset = charset;
    this.skipped = skipped;
  }

  static Source of(Path path) throws IOException {
    byte[] first;
    try (InputStream in = Files.newInputStream(path)) {
      first = in.readNBytes(4);
    }
    if (begins(first, 0xEF, 0xBB, 0xBF)) {
      return new Source(path, StandardCharsets.ISO_8859_1, 3);
    }
    if (begins(first, 0xFF, 0xFE)) {
      return new Source(path, StandardCharsets.UTF_16LE, 2);
    }
    if (begins(first, 0xFE, 0xFF)) {
      return new Source(path, StandardCharsets.UTF_16BE, 2);
    }
    return new Source(path, StandardCharsets.ISO_8859_1, 0);
  }

  private static boolean begins(byte[] bytes, int... with) {
    for (int i = 0; i < with.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != with[i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the last line was written to its end. */
  boolean endsWithLine() throws IOException {
    try (SeekableByteChannel in = Files.newByteChannel(path)) {
      ByteBuffer end = ByteBuffer.allocate(2);
      in.position(Math.max(0, in.size() - 2));
      while (end.hasRemaining() && in.read(end) >= 0) {}
      for (byte b : end.array()) {
        if (b == '\n' || b == '\r') {
          return true;
        }
      }
      return false;
    }
  }

  /** Opens the text, after the byte order mark. */
  BufferedReader open() throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER);
    in.skipNBytes(skipped);
    return new BufferedReader(new InputStreamReader(in, charset), BUFFER);
  }

  /** Returns the beginning, of so many characters at most. */
  String beginning(int length) throws IOException {
    char[] text = new char[length];
    int size = 0;
    try (BufferedReader in = open()) {
      int read = in.read(text, 0, length);
      while (read > 0) {
        size += read;
        read = in.read(text, size, length - size);
      }
    }
    return new String(text, 0, size);
  }
}
