package org.spikelet.optim;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to save checkpoints in a folder, which one training has at a time, and which ends with
 * its process.
 *
 * <p>It is the operating system's lock on a file. POSIX takes all locks on a file from a process
 * that closes it once, wherever it was opened; so one process never opens it twice ({@code HELD}).
 */
final class HeldFolder implements AutoCloseable {

  private static final String LOCK = ".checkpoints.lock";
  private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

  private final Object key;
  private Optional<FileChannel> channel = Optional.empty();
  private boolean open = true;

  private HeldFolder(Object key) throws IOException {
    this.key = key;
    if (!HELD.add(key)) {
      throw inUse();
    }
  }

  /**
   * Takes a folder; makes it if need be.
   *
   * @throws IOException if another training has it, or no file can be made in it
   */
  static HeldFolder take(Path folder) throws IOException {
    boolean usable = false;
    Optional<HeldFolder> held = Optional.empty();
    try {
      if (!Files.isDirectory(folder)) { // a link to one cannot be created
        Files.createDirectories(folder);
      }
      held = Optional.of(new HeldFolder(key(folder)));
      held.get().lock(folder.resolve(LOCK));
      NumberedFiles.deleteUnfinished(folder); // nobody else writes there now
      usable = true;
      return held.get();
    } catch (IOException e) {
      throw new IOException(
          "checkpoints: the folder '%s' cannot be used (%s)"
              .formatted(folder, NumberedFiles.reason(e)),
          e);
    } finally {
      if (!usable && held.isPresent()) {
        held.get().close();
      }
    }
  }

  /** What tells a folder from others, whatever it is called; Windows has nothing but its name. */
  private static Object key(Path folder) throws IOException {
    Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
    return key == null ? folder.toRealPath() : key;
  }

  private static IOException inUse() {
    return new IOException("another training is saving its checkpoints there");
  }

  private void lock(Path file) throws IOException {
    FileChannel opened =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel = Optional.of(opened);
    try {
      if (opened.tryLock() == null) {
        throw inUse();
      }
    } catch (OverlappingFileLockException e) {
      throw inUse(); // by this library loaded twice
    }
  }

  boolean isOpen() {
    return open;
  }

  /** Lets another training have it. */
  @Override
  public void close() throws IOException {
    if (open) {
      open = false;
      try {
        if (channel.isPresent()) {
          channel.get().close();
        }
      } finally {
        HELD.remove(key); // when the file is closed, not before
      }
    }
  }
}
