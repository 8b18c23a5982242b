package org.spikelet.app.tables;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * From a file's bytes to its text: unpacks gzip, obeys a byte-order mark, and takes no byte for
 * another character than it is.
 */
final class Encoding {

  /** What Excel in the West writes if it is asked for plain CSV; it contains Latin-1's letters. */
  private static final Charset WESTERN = Charset.forName("windows-1252");

  private static final int LOOKED_AT = 1_000;

  private Encoding() {}

  /**
   * Opens a file: in the encoding that was chosen, else that of its mark, else UTF-8. A byte that
   * does not belong to it makes reading fail.
   *
   * @throws BadInput if it is no text
   */
  static BufferedReader open(Path path, Optional<Charset> chosen) throws IOException {
    BufferedInputStream bytes = unpacked(path);
    byte[] first = peek(bytes, LOOKED_AT);
    Charset charset = chosen.orElseGet(() -> marked(first));
    refuseOtherFormats(path, first, charset);
    if (charset.equals(StandardCharsets.UTF_8) && startsWith(first, 0xEF, 0xBB, 0xBF)) {
      bytes.skipNBytes(3); // UTF-16 skips its own mark
    }
    return new BufferedReader(
        new InputStreamReader(
            bytes,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)));
  }

  private static BufferedInputStream unpacked(Path path) throws IOException {
    BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(path));
    return startsWith(peek(bytes, 2), 0x1F, 0x8B)
        ? new BufferedInputStream(new GZIPInputStream(bytes))
        : bytes;
  }

  private static byte[] peek(BufferedInputStream bytes, int count) throws IOException {
    bytes.mark(count);
    byte[] first = bytes.readNBytes(count);
    bytes.reset();
    return first;
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static Charset marked(byte[] first) {
    if (startsWith(first, 0xFF, 0xFE, 0, 0) || startsWith(first, 0, 0, 0xFE, 0xFF)) {
      return Charset.forName("UTF-32");
    }
    return startsWith(first, 0xFF, 0xFE) || startsWith(first, 0xFE, 0xFF)
        ? StandardCharsets.UTF_16
        : StandardCharsets.UTF_8;
  }

  private static void refuseOtherFormats(Path path, byte[] first, Charset charset) {
    if (startsWith(first, 'P', 'K', 3, 4) || startsWith(first, 0xD0, 0xCF, 0x11, 0xE0)) {
      throw new BadInput(
          path + ": this is a workbook or a zip archive, no CSV file; save the sheet as CSV");
    }
    String beginning = new String(first, StandardCharsets.ISO_8859_1).strip();
    if (beginning.matches("(?s)(\\{|\\[)\\s*[\"{\\[].*|<(!|\\?|html|table).*")) {
      throw new BadInput(path + ": this looks like JSON or a page, no CSV file; export it as CSV");
    }
    boolean wide = charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
    for (byte b : first) {
      if (b == 0 && !wide) {
        throw new BadInput(
            path
                + ": this is no text in "
                + charset
                + ", a byte is 0; if it is text of two bytes a letter, add --encoding UTF-16LE,"
                + " otherwise export the table as CSV");
      }
    }
  }

  /** Says why a file cannot be read; only gzip's packing can end too early or be damaged. */
  static BadInput unreadable(Path path, IOException e) {
    return new BadInput(
        path
            + (e instanceof EOFException || e instanceof ZipException
                ? ": the gzip file is cut off or damaged; fetch it once more"
                : ": cannot be read (" + e.getMessage() + ")"));
  }

  /** Says where the text is not what it was read as, and what would read it. */
  static BadInput undecodable(Path path, Optional<Charset> chosen) {
    String cure =
        chosen.isPresent()
            ? "choose another --encoding"
            : "if it comes from Excel, --encoding windows-1252 may be right; or save it as UTF-8";
    String plain =
        path + ": the text is not " + chosen.orElse(StandardCharsets.UTF_8) + "; " + cure;
    if (chosen.isPresent()) {
      return new BadInput(plain);
    }
    try (InputStream bytes = unpacked(path)) {
      return firstBadLine(bytes)
          .map(words -> new BadInput(path + ": " + words))
          .orElseGet(() -> new BadInput(plain));
    } catch (IOException e) {
      return new BadInput(plain); // a pipe cannot be read a second time
    }
  }

  private static Optional<String> firstBadLine(InputStream bytes) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long number = 1;
    for (int b = bytes.read(), before = 0; ; before = b, b = bytes.read()) {
      if (b == '\n' && before == '\r') {
        continue;
      }
      if (b >= 0 && b != '\n' && b != '\r') {
        line.write(b);
        continue;
      }
      Optional<String> bad = bad(line.toByteArray(), number);
      if (bad.isPresent() || b < 0) {
        return bad;
      }
      line.reset();
      number++;
    }
  }

  private static Optional<String> bad(byte[] line, long number) {
    ByteBuffer in = ByteBuffer.wrap(line);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(line.length + 1), true);
    if (!result.isError()) {
      return Optional.empty();
    }
    int at = in.position();
    String western = new String(line, WESTERN);
    String around =
        western.substring(Math.max(0, at - 12), Math.min(western.length(), at + 12)).strip();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the text is not UTF-8: line %,d has the byte %02X. As windows-1252 (Latin-1) it reads"
                + " '%s': if that is right, add --encoding windows-1252; or save the file as UTF-8",
            number,
            line[at],
            around));
  }
}
