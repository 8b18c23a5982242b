package org.spikelet.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikelet.app.Main;

/** A file that ends the program, in a process of its own. */
class ExitingExperimentTest {

  @TempDir Path folder;

  @Test
  void theLineThatExitsIsSaidWithWhatIsKeptAndTheCodeIsNoSuccess()
      throws IOException, InterruptedException {
    // The rehearsal calls it 9 times, the first run 20 times.
    Path file =
        Experiments.loss(
            folder,
            "Exits",
            """
            (y, t) -> {
              if (Integer.getInteger("calls", 0) == 35) {
                System.exit(0);
              }
              System.setProperty("calls", String.valueOf(Integer.getInteger("calls", 0) + 1));
              return Losses.huber(y, t);
            }""");
    Path err = folder.resolve("err");

    int code =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "lab",
                    "--experiment",
                    file.toString(),
                    "--steps",
                    "20",
                    "--seeds",
                    "2",
                    "--threads",
                    "1",
                    "--out",
                    folder.resolve("out").toString()))
            .redirectError(err.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();

    assertThat(Files.readString(err, StandardCharsets.UTF_8))
        .contains("Exits.java:12 ended the program, by System.exit; throw an exception instead.")
        .contains("1 of 4 runs are finished and kept in", "Go on with: ./spikelet lab", "--resume");
    assertThat(code).isEqualTo(1);
  }
}
