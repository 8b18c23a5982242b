package org.spikelet.app.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The text of a Java file.
 *
 * @param path as it was given
 * @param text all of it
 */
public record SourceText(Path path, String text) {

  private static final long MOST_BYTES = 1 << 20;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** The ending of a Java file's name. */
  public static final String SUFFIX = ".java";

  /**
   * Reads a file, without the mark of its byte order.
   *
   * @throws BadSource if it cannot be read, is too long, or is not in UTF-8
   */
  public static SourceText read(Path path) throws BadSource {
    String shown = "'" + path + "'";
    byte[] bytes;
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw new BadSource(shown + " has " + Files.size(path) + " bytes; at most 1 MB is read.");
      }
      bytes = Files.readAllBytes(path);
    } catch (IOException e) {
      throw new BadSource(shown + " cannot be read: " + e.getMessage());
    }
    String text = decode(path, bytes);
    boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    return new SourceText(path, marked ? text.substring(1) : text);
  }

  private static String decode(Path path, byte[] bytes) throws BadSource {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    String decoded = out.flip().toString();
    if (result.isError()) {
      long line = decoded.chars().filter(c -> c == '\n').count() + 1;
      int column = decoded.length() - decoded.lastIndexOf('\n');
      throw new BadSource(
          String.format(
              "%s:%d:%d: the byte %02X is not UTF-8 (is it Latin-1?); save the file as UTF-8.",
              path.getFileName(), line, column, bytes[in.position()]));
    }
    return decoded;
  }

  /** Returns the name of the file. */
  public String fileName() {
    return path.getFileName().toString();
  }

  /** Returns the name of the file without its ending, which is that of its public class. */
  public String className() {
    return fileName().substring(0, fileName().length() - SUFFIX.length());
  }

  /** Returns a line without the blanks around it, counted from 1; empty if there is none. */
  public String line(long number) {
    List<String> lines = text.lines().toList();
    return number >= 1 && number <= lines.size() ? lines.get((int) number - 1).strip() : "";
  }

  /** Returns what changes when the code does, and not with comments and blanks. */
  public String version() {
    try {
      byte[] code = SourceCode.of(text).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(code));
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java platform has SHA-256", e);
    }
  }
}
