package org.spikelet.nn.weights;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file aside, which takes the place of the old one when it is whole. */
final class Replacement {

  /** Writes what is to be in the file. */
  interface Content {
    void writeTo(FileChannel out) throws IOException;
  }

  private Replacement() {}

  /**
   * Writes a file, or replaces one; where there is a link, the file that it leads to.
   *
   * @throws IOException if it cannot be written; then nothing has changed
   */
  static void write(Path file, Content content) throws IOException {
    try {
      Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
      // Not a file of createTempFile, which nobody else may read.
      Path aside = target.resolveSibling("." + target.getFileName() + UUID.randomUUID() + ".part");
      try {
        try (FileChannel out =
            FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          content.writeTo(out);
          out.force(true);
        }
        Files.move(
            aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(aside);
      }
    } catch (IOException e) {
      IOException named = new FileSystemException(file.toString(), null, reason(e));
      named.initCause(e);
      throw named;
    }
  }

  /** Without the name of a file, for the system names the one aside, or none. */
  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such folder";
    }
    if (e instanceof AccessDeniedException) {
      return "access denied";
    }
    if (e instanceof ClosedByInterruptException) {
      return "the thread was interrupted";
    }
    return e instanceof FileSystemException system ? system.getReason() : e.getMessage();
  }
}
