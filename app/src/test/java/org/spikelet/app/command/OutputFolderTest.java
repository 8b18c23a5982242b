package org.spikelet.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {

  @TempDir Path folder;

  @Test
  void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
    OutputFolder output = OutputFolder.open(folder);
    output.write("report.html", file -> Files.writeString(file, "old"));

    assertThatThrownBy(
            () ->
                output.write(
                    "report.html",
                    file -> {
                      Files.writeString(file, "half of the n");
                      throw new IOException("no space left on device");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("no space left on device");

    assertThat(Files.readString(folder.resolve("report.html"))).isEqualTo("old");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }
}
