package org.spikelet.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A folder for results, in which a file is either complete or not there. */
public final class OutputFolder {

  /** Writes a file's content to a path. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to this path. */
    void writeTo(Path file) throws IOException;
  }

  private final Path folder;

  private OutputFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Creates the folder if need be, and makes sure that files can be made in it.
   *
   * @throws IOException if not
   */
  public static OutputFolder open(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.delete(Files.createTempFile(folder, ".spikelet", ".tmp"));
    return new OutputFolder(folder);
  }

  /** Returns the path of a file in it, which need not exist. */
  public Path path(String name) {
    return folder.resolve(name);
  }

  /** Writes a file under a temporary name and renames it when it is complete; returns its path. */
  public Path write(String name, Content content) throws IOException {
    Path part = folder.resolve("." + name + ".part");
    try {
      content.writeTo(part);
      Path file = folder.resolve(name);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return file;
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
