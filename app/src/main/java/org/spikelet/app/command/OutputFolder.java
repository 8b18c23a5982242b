package org.spikelet.app.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A folder for results, which one command has to itself, and in which a file is either complete or
 * not there.
 *
 * <p>Here is who may write, and when; how files are written stands in {@link FolderFiles}.
 */
public final class OutputFolder implements AutoCloseable {

  /** Writes a file's content. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to this stream. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a file itself. */
  @FunctionalInterface
  public interface Saver {
    /** Writes everything to a file of this name. */
    void saveTo(Path file) throws IOException;
  }

  /**
   * A file to be written.
   *
   * @param name its name
   * @param content what is in it
   */
  public record Document(String name, Content content) {}

  private final Path folder;
  private final String command;
  private final UnaryOperator<OutputStream> disk;
  private final FolderFiles files;
  private final ReentrantLock gate;
  private final Optional<OutputFolder> outer;
  private Optional<FolderLock> lock = Optional.empty();
  private final Interruption interruption;

  private OutputFolder(
      Path folder, String command, UnaryOperator<OutputStream> disk, Optional<OutputFolder> outer) {
    this.folder = folder;
    this.command = command;
    this.disk = disk;
    this.files = new FolderFiles(folder, disk);
    this.outer = outer;
    this.gate = outer.map(other -> other.gate).orElseGet(ReentrantLock::new);
    this.interruption =
        new Interruption(this::end, () -> "Nothing was begun. Begin with: " + command);
  }

  /**
   * Creates the folder if need be, takes it for this command, and makes sure that files can be made
   * in it.
   *
   * @param command what another one that wants the folder is told
   * @throws FolderInUse if another command has it
   * @throws IOException if files cannot be made
   */
  public static OutputFolder open(Path folder, String command) throws IOException {
    return open(folder, command, disk -> disk);
  }

  /** The disk may be a faulty one, for tests. */
  static OutputFolder open(Path folder, String command, UnaryOperator<OutputStream> disk)
      throws IOException {
    OutputFolder opened = new OutputFolder(folder, command, disk, Optional.empty());
    // Before anything is made that the end of the process would leave behind.
    opened.interruption.await();
    boolean taken = false;
    opened.gate.lock();
    try {
      opened.take();
      taken = true;
      return opened;
    } finally {
      opened.gate.unlock();
      if (!taken) {
        opened.close();
      }
    }
  }

  /**
   * Opens a folder in this one, which belongs to whom this one belongs.
   *
   * @throws IOException if files cannot be made
   */
  public OutputFolder inner(String name) throws IOException {
    gate.lock();
    try {
      OutputFolder opened =
          new OutputFolder(folder.resolve(name), command, disk, Optional.of(this));
      opened.take();
      return opened;
    } finally {
      gate.unlock();
    }
  }

  private void take() throws IOException {
    // Java 17 refuses to create a folder that is there as a symbolic link to one.
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
    if (outer.isEmpty()) {
      lock = FolderLock.take(folder, command);
    }
    boolean usable = false;
    try {
      files.probe();
      if (outer.orElse(this).lock.isPresent()) { // so whoever left something there has ended
        files.settle();
        files.deleteUnfinished();
      }
      usable = true;
    } finally {
      if (!usable) {
        closeQuietly();
      }
    }
  }

  /** Returns the path of a file in it, which need not exist. */
  public Path path(String name) {
    return folder.resolve(name);
  }

  /** Returns its full path. */
  public Path absolute() {
    return folder.toAbsolutePath().normalize();
  }

  /**
   * Writes a file; returns its path.
   *
   * @throws IOException if that fails; the message says which file, why, and what to do
   */
  public Path write(String name, Content content) throws IOException {
    gate.lock();
    try {
      keepTheFolder(name);
      files.write(name, content);
      return folder.resolve(name);
    } finally {
      gate.unlock();
    }
  }

  /**
   * Lets somebody write a file who needs its name.
   *
   * @throws IOException as for one that is written here
   */
  public void save(String name, Saver saver) throws IOException {
    gate.lock();
    try {
      keepTheFolder(name);
      files.save(name, saver);
    } finally {
      gate.unlock();
    }
  }

  /**
   * Writes files that belong together: all of them, or none.
   *
   * @throws IOException as for a single one
   */
  public void writeTogether(List<Document> documents) throws IOException {
    gate.lock();
    try {
      keepTheFolder(documents.get(0).name());
      files.writeTogether(documents);
    } finally {
      gate.unlock();
    }
  }

  /** Who deletes a folder that is written into finds it again, with what is still to come. */
  private void keepTheFolder(String name) throws IOException {
    if (outer.isPresent()) {
      outer.get().keepTheFolder(name);
    }
    if (lock.isPresent() ? lock.get().holds() : Files.isDirectory(folder)) {
      return;
    }
    try {
      closeQuietly();
      take();
    } catch (FolderInUse e) {
      throw e;
    } catch (IOException e) {
      throw WriteFailure.of(folder.resolve(name), e);
    }
  }

  /** Deletes this folder and all in it. */
  public void delete() throws IOException {
    gate.lock();
    try {
      closeQuietly();
      FolderFiles.deleteAll(folder);
    } finally {
      gate.unlock();
    }
  }

  /**
   * Waits for what is being written; nothing is written any more, for the process ends. Later calls
   * wait for ever.
   */
  void end() {
    gate.lock();
    closeQuietly();
  }

  private void closeQuietly() {
    lock.ifPresent(OutputFolder::closeQuietly);
    lock = Optional.empty();
  }

  private static void closeQuietly(FolderLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      // The lock itself ends with the process.
    }
  }

  /**
   * Says something at the end if a signal, such as that of Ctrl-C, ends the process while this is
   * open.
   *
   * @param words what is kept, and how to go on
   */
  public void ifInterrupted(Supplier<String> words) {
    interruption.say(words);
  }

  /** Lets others have the folder. */
  @Override
  public void close() {
    gate.lock();
    try {
      interruption.close();
      closeQuietly();
    } finally {
      gate.unlock();
    }
  }
}
