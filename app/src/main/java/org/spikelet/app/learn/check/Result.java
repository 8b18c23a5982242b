package org.spikelet.app.learn.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What came out of a check.
 *
 * @param passed whether everything held
 * @param hint the name of the mistake that was recognized, {@code gap} for what is not written yet;
 *     empty if there is none
 * @param text what to print
 */
public record Result(boolean passed, String hint, String text) {

  /** Keeps it in a file. */
  void write(Path file) throws IOException {
    Files.writeString(file, passed + "\n" + hint + "\n" + text);
  }

  /** Reads what was kept. */
  public static Result read(Path file) throws IOException {
    String[] parts = Files.readString(file).split("\n", 3);
    return new Result(Boolean.parseBoolean(parts[0]), parts[1], parts[2]);
  }
}
