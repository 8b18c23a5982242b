package org.spikelet.app.command;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A folder for results, which one command has to itself, and in which a file is either complete or
 * not there.
 *
 * <p>Files are written under names that nobody else uses and renamed when they are complete. Those
 * that belong together are written into a folder aside, whose renaming to {@code .spikelet-ready}
 * is the moment at which all of them are there; if the process ends before each is in its place,
 * the next command puts them there.
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

  private static final String ASIDE = ".spikelet-new-";
  private static final String READY = ".spikelet-ready";

  /**
   * How the names of inner folders begin that last no longer than the command, if all goes well.
   */
  static final String UNFINISHED = "unfinished-";

  private final Path folder;
  private final String command;
  private final UnaryOperator<OutputStream> disk;
  private final ReentrantLock gate;
  private final Optional<OutputFolder> outer;
  private Optional<FolderLock> lock = Optional.empty();
  private final Interruption interruption;

  private OutputFolder(
      Path folder, String command, UnaryOperator<OutputStream> disk, Optional<OutputFolder> outer) {
    this.folder = folder;
    this.command = command;
    this.disk = disk;
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
      Files.delete(Files.createTempFile(folder, ASIDE, ".tmp"));
      if (outer.orElse(this).lock.isPresent()) {
        settle();
        deleteWhatOthersLeft(folder);
      }
      usable = true;
    } finally {
      if (!usable) {
        closeQuietly();
      }
    }
  }

  /** Whose process was killed: this one has the lock now. */
  private static void deleteWhatOthersLeft(Path folder) throws IOException {
    for (Path file : list(folder)) {
      String name = file.getFileName().toString();
      if (name.startsWith(ASIDE)) {
        deleteAll(file);
      } else if (name.startsWith(UNFINISHED)
          && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        deleteWhatOthersLeft(file);
      }
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
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
      Path aside = folder.resolve(ASIDE + UUID.randomUUID());
      try {
        fill(aside, name, content);
        putInPlace(aside, name);
      } finally {
        deleteAll(aside);
      }
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
      Path aside = folder.resolve(ASIDE + UUID.randomUUID());
      try {
        createAside(aside);
        saver.saveTo(aside.resolve(name));
        putInPlace(aside.resolve(name), name);
      } catch (IOException e) {
        IOException cause = e.getCause() instanceof IOException deeper ? deeper : e;
        throw WriteFailure.of(folder.resolve(name), cause);
      } finally {
        deleteAll(aside);
      }
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
      Path aside = folder.resolve(ASIDE + UUID.randomUUID());
      try {
        createAside(aside);
        for (Document document : documents) {
          fill(aside.resolve(document.name()), document.name(), document.content());
          refuseFolder(document.name());
        }
        rename(aside, folder.resolve(READY), folder.resolve(READY));
      } finally {
        deleteAll(aside);
      }
      settle();
    } finally {
      gate.unlock();
    }
  }

  private void createAside(Path aside) throws IOException {
    try {
      Files.createDirectory(aside);
    } catch (IOException e) {
      throw WriteFailure.of(aside, e);
    }
  }

  /** Moves what is ready into its place; nothing if nothing is. */
  private void settle() throws IOException {
    Path ready = folder.resolve(READY);
    if (Files.isDirectory(ready)) {
      for (Path file : list(ready)) {
        putInPlace(file, file.getFileName().toString());
      }
      Files.delete(ready);
    }
  }

  private void putInPlace(Path file, String name) throws IOException {
    refuseFolder(name);
    rename(file, folder.resolve(name), folder.resolve(name));
  }

  private void refuseFolder(String name) throws IOException {
    if (Files.isDirectory(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
      throw WriteFailure.folderInTheWay(folder.resolve(name));
    }
  }

  private static void rename(Path from, Path to, Path named) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw WriteFailure.of(named, e);
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

  private void fill(Path aside, String name, Content content) throws IOException {
    try (FileChannel channel =
            FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out =
            new BufferedOutputStream(disk.apply(Channels.newOutputStream(channel)))) {
      content.writeTo(new Open(out));
      out.flush();
      channel.force(true);
    } catch (IOException e) {
      throw WriteFailure.of(folder.resolve(name), e);
    }
  }

  /** A stream that whoever writes may close, for others have something to do with it afterwards. */
  private static final class Open extends FilterOutputStream {
    Open(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  /** Deletes this folder and all in it. */
  public void delete() throws IOException {
    gate.lock();
    try {
      closeQuietly();
      deleteAll(folder);
    } finally {
      gate.unlock();
    }
  }

  /** Deletes a file, or a folder with the files in it. */
  private static void deleteAll(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      for (Path file : list(path)) {
        deleteAll(file);
      }
    }
    Files.deleteIfExists(path);
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
