package org.spikelet.app.lab;

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
 * The text of an experiment's file.
 *
 * @param path as it was given
 * @param text all of it
 */
record SourceText(Path path, String text) {

  private static final String SUFFIX = ".java";
  private static final long MOST_BYTES = 1 << 20;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /**
   * Reads a file.
   *
   * @throws BadExperiment if it is none, or no Java source in UTF-8
   */
  static SourceText read(Path path) {
    String shown = "'" + path + "'";
    if (Files.notExists(path)) {
      throw new BadExperiment("There is no file " + shown + "; --experiment takes a Java source.");
    }
    if (!Files.isRegularFile(path) || !path.toString().endsWith(SUFFIX)) {
      throw new BadExperiment(
          shown + " is no Java source; --experiment takes a file whose name ends with .java.");
    }
    byte[] bytes;
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw new BadExperiment(
            shown + " has " + Files.size(path) + " bytes; an experiment has at most 1 MB.");
      }
      bytes = Files.readAllBytes(path);
    } catch (IOException e) {
      throw new BadExperiment(shown + " cannot be read: " + e.getMessage());
    }
    String text = decode(path, bytes);
    if (text.isBlank()) {
      throw new BadExperiment(
          shown + " is empty; docs/experiments.md has an example to begin with.");
    }
    return new SourceText(path, text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text);
  }

  private static String decode(Path path, byte[] bytes) {
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
      throw new BadExperiment(
          String.format(
              "%s:%d:%d: the byte %02X is not UTF-8 (is it Latin-1?); save the file as UTF-8.",
              path.getFileName(), line, column, bytes[in.position()]));
    }
    return decoded;
  }

  /** Returns the name of the file. */
  String fileName() {
    return path.getFileName().toString();
  }

  /** Returns the name of the file without its ending, which is that of its public class. */
  String className() {
    return fileName().substring(0, fileName().length() - SUFFIX.length());
  }

  /** Returns a line without the blanks around it, counted from 1; empty if there is none. */
  String line(long number) {
    List<String> lines = text.lines().toList();
    return number >= 1 && number <= lines.size() ? lines.get((int) number - 1).strip() : "";
  }

  /** Returns what changes when the code does, and not with comments and blanks. */
  String version() {
    try {
      byte[] code = SourceCode.of(text).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(code));
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java platform has SHA-256", e);
    }
  }
}
