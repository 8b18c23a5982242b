package org.spikelet.app.command;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to write into a folder, which one command has at a time.
 *
 * <p>It is the operating system's lock on the file {@code .spikelet.lock}, so it ends with the
 * process however that ends; what the file says is only for the message. The file is deleted at the
 * end. A process that had opened it before must then not take the lock on what is deleted for the
 * right, so it looks whether the file of this name is the one it has locked.
 *
 * <p>POSIX takes all locks on a file from a process that closes it once, wherever it was opened. So
 * one process never opens it twice at a time ({@code HELD}, which knows a folder that was renamed),
 * and what was opened to look stays open as long as the lock.
 */
final class FolderLock implements AutoCloseable {

  private static final String NAME = ".spikelet.lock";
  private static final int MOST_BYTES = 4096;

  /** How often a refused one looks for the name of who holds the lock: over two seconds. */
  private static final int MOST_LOOKS = 100;

  private static final long PAUSE_MILLISECONDS = 20;

  /** Beyond all content: Windows lets nobody read what is locked. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx");

  private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

  private final Object held;
  private final Path file;
  private final FileChannel locked;
  private final FileChannel looked;
  private final Optional<Object> key;

  private FolderLock(Object held, Path folder, FileChannel locked, FileChannel looked)
      throws IOException {
    this.held = held;
    this.file = folder.resolve(NAME);
    this.locked = locked;
    this.looked = looked;
    this.key = key(file);
  }

  /**
   * Takes the lock of a folder; empty where the file system knows no locks.
   *
   * @param command what the others are told
   * @throws FolderInUse if another command has it
   * @throws IOException if no file can be made in the folder
   */
  static Optional<FolderLock> take(Path folder, String command) throws IOException {
    Path real = folder.toRealPath();
    Object held = key(real).orElse(real);
    if (!HELD.add(held)) {
      throw new FolderInUse(refusal(folder, "another command of this process"));
    }
    Optional<FolderLock> lock = Optional.empty();
    try {
      lock = takeFree(held, real, command);
    } finally {
      if (lock.isEmpty()) {
        HELD.remove(held);
      }
    }
    return lock;
  }

  private static Optional<FolderLock> takeFree(Object held, Path folder, String command)
      throws IOException {
    Path file = folder.resolve(NAME);
    for (int looks = 1; ; looks++) {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileChannel look = channel;
      boolean taken = false;
      try {
        try {
          if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
            Optional<String> holder = holder(read(channel));
            if (holder.isEmpty() && looks < MOST_LOOKS) {
              pause();
              continue;
            }
            throw new FolderInUse(refusal(folder, holder.orElse("another process")));
          }
        } catch (OverlappingFileLockException e) {
          throw new FolderInUse(refusal(folder, "another command of this process"));
        } catch (FolderInUse e) {
          throw e;
        } catch (IOException e) {
          Files.deleteIfExists(file);
          return Optional.empty();
        }
        String record = record(command);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(record.getBytes(StandardCharsets.UTF_8)), 0);
        look = FileChannel.open(file, StandardOpenOption.READ);
        taken = read(look).equals(record);
        if (taken) {
          return Optional.of(new FolderLock(held, folder, channel, look));
        }
      } catch (NoSuchFileException e) {
        // Deleted since it was opened, by the command before; or the folder is gone.
        if (!Files.isDirectory(folder)) {
          throw e;
        }
      } finally {
        if (!taken) {
          look.close();
          channel.close();
        }
      }
    }
  }

  private static String record(String command) {
    return String.join(
        "\n",
        Long.toString(ProcessHandle.current().pid()),
        ZonedDateTime.now(ZoneId.systemDefault()).format(TIME),
        command.length() < MOST_BYTES / 8 ? command : command.substring(0, MOST_BYTES / 8) + " ...",
        UUID.randomUUID().toString());
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {
      // To the end of the file.
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }

  /**
   * Whom a record names. Empty if that is nobody who lives: who has just taken the lock has not
   * written yet, and what stands there is half a record or that of a process that was killed.
   */
  private static Optional<String> holder(String record) {
    String[] lines = record.split("\n", -1);
    if (lines.length != 4
        || !lines[0].matches("\\d{1,18}")
        || ProcessHandle.of(Long.parseLong(lines[0])).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of("process " + lines[0] + " since " + lines[1] + " (" + lines[2] + ")");
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(PAUSE_MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for the lock of a folder.");
    }
  }

  private static String refusal(Path folder, String holder) {
    return "The folder '"
        + folder
        + "' is in use by "
        + holder
        + ". Wait until that has ended, end it, or choose another folder with --out.";
  }

  /** Returns whether the folder is still there, with this lock in it. */
  boolean holds() {
    try {
      return key(file).equals(key);
    } catch (IOException e) {
      return false;
    }
  }

  /** What tells a file from all others that are open; empty on Windows. */
  private static Optional<Object> key(Path file) throws IOException {
    return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
  }

  /** Gives it back. The file is not touched if it is another's by now. */
  @Override
  public void close() throws IOException {
    try (locked;
        looked) {
      if (holds()) {
        Files.deleteIfExists(file);
      }
    } finally {
      HELD.remove(held);
    }
  }
}
