package org.spikelet.optim.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Each thing that writing asks of the file system, so that tests can let each one fail. */
public interface Disk {

  /** The one of the machine. */
  Disk REAL = new Disk() {};

  /** Makes a file that is not there yet. */
  default FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Writes some of the bytes, at least one. */
  default void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    channel.write(bytes);
  }

  /** Returns when all that was written is on the disk. */
  default void force(FileChannel channel) throws IOException {
    channel.force(true);
  }

  /** Closes the file. */
  default void close(FileChannel channel) throws IOException {
    channel.close();
  }

  /** Lets a file take the place of another, at one moment. */
  default void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Returns when the names in a folder are on the disk, where a folder can be asked for that. */
  default void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      // Windows opens no folders; it writes names without being asked.
    }
  }

  /** Deletes a file if it is there. */
  default void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }
}
