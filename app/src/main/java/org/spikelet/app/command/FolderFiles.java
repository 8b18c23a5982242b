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
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.spikelet.app.command.OutputFolder.Content;
import org.spikelet.app.command.OutputFolder.Document;
import org.spikelet.app.command.OutputFolder.Saver;

/**
 * The files of a folder, each of which is either complete or not there; for one writer at a time.
 *
 * <p>Files are written under names that nobody else uses and renamed when they are complete. Those
 * that belong together are written into a folder aside, whose renaming to {@code .spikelet-ready}
 * is the moment at which all of them are there; if the process ends before each is in its place,
 * the next command puts them there.
 */
final class FolderFiles {

  private static final String ASIDE = ".spikelet-new-";
  private static final String READY = ".spikelet-ready";

  /**
   * How the names of inner folders begin that last no longer than the command, if all goes well.
   */
  static final String UNFINISHED = "unfinished-";

  private final Path folder;
  private final UnaryOperator<OutputStream> disk;

  /** The disk may be a faulty one, for tests. */
  FolderFiles(Path folder, UnaryOperator<OutputStream> disk) {
    this.folder = folder;
    this.disk = disk;
  }

  /** Makes sure that files can be made. */
  void probe() throws IOException {
    Files.delete(Files.createTempFile(folder, ASIDE, ".tmp"));
  }

  /** Deletes what a process that was killed has left. */
  void deleteUnfinished() throws IOException {
    deleteUnfinished(folder);
  }

  private static void deleteUnfinished(Path folder) throws IOException {
    for (Path file : list(folder)) {
      String name = file.getFileName().toString();
      if (name.startsWith(ASIDE)) {
        deleteAll(file);
      } else if (name.startsWith(UNFINISHED)
          && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        deleteUnfinished(file);
      }
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** Writes a file. */
  void write(String name, Content content) throws IOException {
    Path aside = folder.resolve(ASIDE + UUID.randomUUID());
    try {
      fill(aside, name, content);
      putInPlace(aside, name);
    } finally {
      deleteAll(aside);
    }
  }

  /** Lets somebody write a file who needs its name. */
  void save(String name, Saver saver) throws IOException {
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
  }

  /** Writes files that belong together: all of them, or none. */
  void writeTogether(List<Document> documents) throws IOException {
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
  }

  private void createAside(Path aside) throws IOException {
    try {
      Files.createDirectory(aside);
    } catch (IOException e) {
      throw WriteFailure.of(aside, e);
    }
  }

  /** Moves what is ready into its place; nothing if nothing is. */
  void settle() throws IOException {
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

  /** Deletes a file, or a folder with the files in it. */
  static void deleteAll(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      for (Path file : list(path)) {
        deleteAll(file);
      }
    }
    Files.deleteIfExists(path);
  }
}
