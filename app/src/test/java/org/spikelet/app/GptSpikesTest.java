package org.spikelet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The program behind a table of docs/spikes.md runs from its source. */
class GptSpikesTest {

  private static final Path PROGRAM = Path.of("../docs/GptSpikes.java");

  @Test
  void itPrintsARowForEachTraining() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                PROGRAM.toString(),
                "60", // steps
                "1",
                "1")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String table = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(table.lines())
        .hasSize(2 + 6)
        .allMatch(line -> line.matches("\\|.*\\|"))
        .filteredOn(
            line ->
                line.matches("\\| 32 names, full batch \\| 0\\.01 \\| [0-9.]+ \\| [0-9.]+ \\| .*"))
        .hasSize(1);
  }

  @Test
  void thePageSaysHowToRunIt() throws IOException {
    assertThat(Files.readString(Path.of("../docs/spikes.md")))
        .contains("-cp 'app/target/lib/*' docs/GptSpikes.java");
  }
}
