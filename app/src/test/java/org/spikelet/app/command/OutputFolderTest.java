package org.spikelet.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.app.command.OutputFolder.Document;

class OutputFolderTest {

  private static final String COMMAND = "./spikelet spikes";
  private static final int CSV = 20_000;
  private static final int PAGE = 30_000;

  @TempDir Path folder;

  private static OutputFolder.Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Document> report(String letter) {
    return List.of(
        new Document("losses.csv", text(letter.repeat(CSV))),
        new Document("report.html", text(letter.repeat(PAGE))));
  }

  /** All files in the folder by name. */
  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(path -> !path.equals(folder)).toList()) {
        files.put(
            folder.relativize(path).toString(),
            Files.isDirectory(path) ? "folder" : Files.readString(path));
      }
    }
    return files;
  }

  private void assertReport(String letter) throws IOException {
    assertThat(files())
        .isEqualTo(Map.of("losses.csv", letter.repeat(CSV), "report.html", letter.repeat(PAGE)));
  }

  /** A disk that is full after so many bytes. */
  private static OutputStream full(OutputStream disk, AtomicLong room) {
    return new FilterOutputStream(disk) {
      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        int fits = (int) Math.min(count, room.get());
        out.write(bytes, from, fits);
        room.addAndGet(-fits);
        if (fits < count) {
          throw new IOException("No space left on device");
        }
      }

      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }
    };
  }

  @Test
  void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
    try (OutputFolder output = OutputFolder.open(folder, COMMAND)) {
      output.write("report.html", text("old"));

      assertThatThrownBy(
              () ->
                  output.write(
                      "report.html",
                      file -> {
                        file.write(new byte[13]);
                        throw new IOException("No space left on device");
                      }))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(folder.resolve("report.html").toString())
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("Make room");
    }
    assertThat(files()).isEqualTo(Map.of("report.html", "old"));
  }

  /** At any byte of the first file, between the two, at any byte of the second, after the last. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        8191,
        8192,
        8193,
        CSV - 1,
        CSV,
        CSV + 1,
        CSV + 8192,
        CSV + PAGE - 1,
        CSV + PAGE
      })
  void aFullDiskLeavesAllOfTheOldReportOrAllOfTheNew(int room) throws IOException {
    try (OutputFolder output = OutputFolder.open(folder, COMMAND)) {
      output.writeTogether(report("a"));
    }
    AtomicLong left = new AtomicLong(room);
    try (OutputFolder output = OutputFolder.open(folder, COMMAND, disk -> full(disk, left))) {
      if (room < CSV + PAGE) {
        assertThatThrownBy(() -> output.writeTogether(report("b")))
            .isInstanceOf(IOException.class)
            .hasMessageContaining(
                folder.resolve(room < CSV ? "losses.csv" : "report.html").toString())
            .hasMessageContaining("No space left on device")
            .hasMessageContaining("Make room");
      } else {
        output.writeTogether(report("b"));
      }
    }
    assertReport(room < CSV + PAGE ? "a" : "b");
  }

  @Test
  void aFolderInTheWayKeepsTheWholeReportBack() throws IOException {
    Files.createDirectories(folder.resolve("report.html/in the way"));
    try (OutputFolder output = OutputFolder.open(folder, COMMAND)) {
      assertThatThrownBy(() -> output.writeTogether(report("b")))
          .hasMessageContaining("a folder of this name is in the way");
    }
    assertThat(files()).containsOnlyKeys("report.html", "report.html/in the way");
  }

  /** The process was killed after the report was complete and before all of it had its name. */
  @Test
  void aReportThatWasReadyIsPutInItsPlaceByTheNextCommand() throws IOException {
    Files.writeString(folder.resolve("losses.csv"), "b".repeat(CSV));
    Files.writeString(folder.resolve("report.html"), "a".repeat(PAGE));
    Path ready = Files.createDirectory(folder.resolve(".spikelet-ready"));
    Files.writeString(ready.resolve("report.html"), "b".repeat(PAGE));

    OutputFolder.open(folder, COMMAND).close();

    assertReport("b");
  }

  @Test
  void whatKilledCommandsLeftIsTakenAway() throws IOException {
    Files.writeString(folder.resolve(".spikelet-new-1"), "half");
    Path aside = Files.createDirectory(folder.resolve(".spikelet-new-2"));
    Files.writeString(aside.resolve("report.html"), "half");
    Files.writeString(folder.resolve(".spikelet.lock"), "999999999\nlong ago\n./spikelet lab\nx");
    Path unfinished = Files.createDirectory(folder.resolve("unfinished-1"));
    Files.writeString(unfinished.resolve(".spikelet-new-3"), "half");
    Files.writeString(unfinished.resolve("losses.csv"), "whole");
    Files.writeString(folder.resolve("mine.txt"), "stays");

    OutputFolder.open(folder, COMMAND).close();

    assertThat(files())
        .isEqualTo(
            Map.of(
                "mine.txt", "stays", "unfinished-1", "folder", "unfinished-1/losses.csv", "whole"));
  }

  @Test
  void aFolderBelongsToOneCommandUntilItCloses() throws IOException {
    try (OutputFolder first = OutputFolder.open(folder, COMMAND)) {
      assertThat(first.absolute()).isEqualTo(folder);
      assertThatThrownBy(() -> OutputFolder.open(folder, COMMAND))
          .isInstanceOf(FolderInUse.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("--out");
      Path link = folder.resolveSibling(folder.getFileName() + "-link");
      Files.createSymbolicLink(link, folder);
      assertThatThrownBy(() -> OutputFolder.open(link, COMMAND)).isInstanceOf(FolderInUse.class);
      Files.delete(link);
    }
    OutputFolder.open(folder, COMMAND).close();
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"with spaces", "größe 数据", "a/b/c", "'quoted' \"twice\""})
  void anyNameWillDo(String name) throws IOException {
    try (OutputFolder output = OutputFolder.open(folder.resolve(name), COMMAND)) {
      output.writeTogether(report("a"));
    }
    assertThat(folder.resolve(name).resolve("report.html")).exists();
  }

  @Test
  void aLinkToAFolderIsFollowed() throws IOException {
    Path target = Files.createDirectory(folder.resolve("target"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    try (OutputFolder output = OutputFolder.open(link, COMMAND)) {
      output.write("file", text("x"));
    }
    assertThat(target.resolve("file")).hasContent("x");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void aFolderThatIsDeletedMeanwhileIsMadeAgain() throws IOException {
    Path out = folder.resolve("out");
    try (OutputFolder output = OutputFolder.open(out, COMMAND);
        OutputFolder inner = output.inner("runs")) {
      inner.write("1.json", text("1"));
      for (String gone : List.of("runs/1.json", "runs", ".spikelet.lock")) {
        Files.delete(out.resolve(gone));
      }
      Files.delete(out);
      inner.write("2.json", text("2"));
      output.writeTogether(report("a"));
      assertThatThrownBy(() -> OutputFolder.open(out, COMMAND)).isInstanceOf(FolderInUse.class);
    }
    assertThat(files())
        .containsOnlyKeys(
            "out", "out/losses.csv", "out/report.html", "out/runs", "out/runs/2.json");
  }

  @Test
  void aFolderThatIsReplacedByAFileMeanwhileIsSaid() throws IOException {
    Path out = folder.resolve("out");
    try (OutputFolder output = OutputFolder.open(out, COMMAND)) {
      Files.delete(out.resolve(".spikelet.lock"));
      Files.delete(out);
      Files.writeString(out, "a file");
      assertThatThrownBy(() -> output.writeTogether(report("a")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(out.toString())
          .hasMessageContaining("--out");
    }
    assertThat(files()).isEqualTo(Map.of("out", "a file"));
  }
}
