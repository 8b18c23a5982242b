package org.spikelet.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that want the same folder. */
class FolderLockTest {

  @TempDir Path folder;

  private Process start() throws IOException {
    return start(Holder.class);
  }

  private Process start(Class<?> main) throws IOException {
    return start(main, folder);
  }

  private static Process start(Class<?> main, Path folder) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                folder.toString()))
        .redirectErrorStream(true)
        .start();
  }

  private static String line(Process process) throws IOException {
    InputStream out = process.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int c = out.read(); c >= 0 && c != '\n'; c = out.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  @Test
  void theRefusalNamesTheProcessAndAKilledOneBlocksNobody() throws Exception {
    Process first = start();
    assertThat(line(first)).isEqualTo("taken");

    Process second = start();
    String refusal = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    second.waitFor();
    assertThat(refusal)
        .containsPattern(
            "is in use by process " + first.pid() + " since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d")
        .contains("(./spikelet holder)", "--out");

    first.destroyForcibly().waitFor();
    assertThat(folder.resolve(".spikelet.lock")).exists();
    Process third = start();
    assertThat(line(third)).isEqualTo("taken");
    third.getOutputStream().close();
    third.waitFor();
    assertThat(folder).isEmptyDirectory();
  }

  /** A refusal within the process must not give its lock away, whatever the folder is called. */
  @Test
  void aRefusalWithinTheProcessLeavesItsLock() throws Exception {
    Path inner = Files.createDirectory(folder.resolve("run"));
    Path moved = folder.resolve("moved");
    Optional<FolderLock> lock = FolderLock.take(inner, "./spikelet first");
    try {
      assertThatThrownBy(() -> FolderLock.take(inner, "./spikelet second"))
          .isInstanceOf(FolderInUse.class);
      Files.move(inner, moved);
      assertThatThrownBy(() -> FolderLock.take(moved, "./spikelet second"))
          .isInstanceOf(FolderInUse.class)
          .hasMessageContaining("another command of this process");
      Process other = start(Holder.class, moved);
      assertThat(line(other)).contains("is in use by process");
      other.destroyForcibly().waitFor();
    } finally {
      lock.orElseThrow().close();
    }
    FolderLock.take(moved, "./spikelet third").orElseThrow().close();
  }

  @Test
  void whoHoldsTheLockWithoutANameIsAnotherProcess() throws Exception {
    Process first = start(Nameless.class);
    assertThat(line(first)).isEqualTo("taken");

    Process second = start();
    assertThat(line(second)).contains("is in use by another process", "--out");
    second.waitFor();

    first.getOutputStream().close();
    first.waitFor();
  }

  /** Has the lock, and never says whose it is. */
  static final class Nameless {
    public static void main(String[] args) throws IOException {
      try (FileChannel file =
              FileChannel.open(
                  Path.of(args[0], ".spikelet.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = file.lock(Long.MAX_VALUE - 1, 1, false)) {
        System.out.println(lock.isValid() ? "taken" : "not taken");
        System.out.flush();
        System.in.read();
      }
    }
  }

  /** Takes a folder, and holds it until its standard input ends. */
  static final class Holder {
    public static void main(String[] args) throws IOException {
      try (OutputFolder held = OutputFolder.open(Path.of(args[0]), "./spikelet holder")) {
        System.out.println("taken");
        System.out.flush();
        while (System.in.read() >= 0) {
          held.absolute();
        }
      } catch (FolderInUse e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
