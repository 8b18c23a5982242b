package org.spikelet.app.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** A file could not be written; the message says which, why, and what to do. */
public final class WriteFailure extends IOException {

  private static final long serialVersionUID = 1;

  private WriteFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** Returns the error for a file that could not be written, which says what to do. */
  public static IOException of(Path file, IOException cause) {
    if (cause instanceof WriteFailure) {
      return cause;
    }
    String reason = reason(cause);
    return new WriteFailure(
        "'" + full(file) + "' could not be written (" + reason + "). " + cure(reason), cause);
  }

  static IOException folderInTheWay(Path file) {
    return new WriteFailure(
        "'"
            + full(file)
            + "' could not be written (a folder of this name is in the way). Move it away, or choose"
            + " another folder with --out, and run the command again.",
        null);
  }

  private static Path full(Path file) {
    return file.toAbsolutePath().normalize();
  }

  /** Returns why, in words. */
  public static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "access denied";
    }
    if (cause instanceof FileAlreadyExistsException) {
      return "a file of this name is in the way";
    }
    if (cause instanceof NoSuchFileException) {
      return "there is no such folder";
    }
    String reason =
        cause instanceof FileSystemException e && e.getReason() != null
            ? e.getReason()
            : cause.getMessage();
    return reason == null ? cause.getClass().getSimpleName() : reason;
  }

  private static String cure(String reason) {
    String words = reason.toLowerCase(Locale.ROOT);
    return words.contains("no space") || words.contains("quota") || words.contains("too large")
        ? "Make room, or choose another folder with --out, and run the command again."
        : "Choose a folder that you may write to with --out, and run the command again.";
  }
}
