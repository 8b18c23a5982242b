package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikelet.optim.ResumableRun.Choice;

/**
 * Processes that are killed outright while they write checkpoints. The system property {@code
 * spikelet.kills} says how many; 3 without it.
 */
class CheckpointKillTest {

  private static final int KILLS = Integer.getInteger("spikelet.kills", 3);

  @TempDir private Path folder;

  /** A checkpoint each step, the same training round after round: mostly it is writing. */
  static final class Training {

    private Training() {}

    public static void main(String[] arguments) throws IOException {
      ResumableRun run = new ResumableRun(1, Choice.ALL_OPTIONS);
      Checkpoints.Settings everyStep = Checkpoints.DEFAULTS.withEvery(1);
      try (Checkpoints checkpoints =
          Checkpoints.open(Path.of(arguments[0]), run.checkpoint, everyStep)) {
        System.out.println("begins after " + checkpoints.resume());
        run.trainer.listen(checkpoints).listen(step -> System.out.println("step")).run(1_000_000);
      }
    }
  }

  private Process start() throws IOException {
    return start(folder);
  }

  private static Process start(Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OwnJvm.sameKernels());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Training.class.getName(), folder.toString()));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Java warns of incubator modules first. */
  private static String line(BufferedReader output) throws IOException {
    String line = output.readLine();
    return line != null && line.startsWith("WARNING") ? line(output) : line;
  }

  /** Whenever the kill comes: the newest checkpoint is whole, and its bits are the training's. */
  @Test
  void aKilledProcessLeavesAWholeCheckpointAndTheNextOneGoesOn() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    long reached = 0;
    ResumableRun whole = new ResumableRun(1, Choice.ALL_OPTIONS);
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start();
      try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
        assertThat(line(output)).isEqualTo("begins after " + reached);
        for (int lines = random.nextInt(1, 20); lines > 0; lines--) {
          assertThat(line(output)).isEqualTo("step");
        }
        for (int pause = random.nextInt(2_000_000); pause > 0; pause--) {
          Thread.onSpinWait(); // somewhere within a step
        }
      } finally {
        process.destroyForcibly().waitFor();
      }

      ResumableRun resumed = new ResumableRun(1, Choice.ALL_OPTIONS);
      try (Stream<Path> files = Files.list(folder)) {
        List<Path> named = files.filter(file -> NumberedFiles.step(file).isPresent()).toList();
        for (Path file : named) {
          resumed.checkpoint.load(file);
        }
      }
      try (Checkpoints checkpoints = Checkpoints.open(folder, resumed.checkpoint)) {
        long steps = checkpoints.resume();
        assertThat(steps).isGreaterThanOrEqualTo(reached);
        reached = steps;
      }
      whole.trainer.run(reached - whole.trainer.steps());
      assertThat(resumed.bits()).as("kill %s, step %s", kill, reached).isEqualTo(whole.bits());
    }
    assertThat(reached).isPositive();
  }

  /** POSIX would take the lock from a process that closes the file again. */
  @Test
  void aRefusalWithinTheProcessLeavesItsLock() throws Exception {
    ResumableRun run = new ResumableRun(1, Choice.ALL_OPTIONS);
    Path inner = Files.createDirectory(folder.resolve("run"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), inner);
    try (Checkpoints held = Checkpoints.open(inner, run.checkpoint)) {
      for (Path path : List.of(inner, link, inner.resolve("..").resolve("run"))) {
        assertThatThrownBy(() -> Checkpoints.open(path, run.checkpoint))
            .hasMessageContaining("another training is saving its checkpoints there");
      }
      assertThat(held.newest()).isEmpty();
      Path moved = Files.move(inner, folder.resolve("moved"));
      assertThatThrownBy(() -> Checkpoints.open(moved, run.checkpoint))
          .hasMessageContaining("another training is saving its checkpoints there");
      assertRefused(moved);
    }
    Checkpoints.open(folder.resolve("moved"), run.checkpoint).close();
  }

  private static void assertRefused(Path held) throws Exception {
    Process second = start(held);
    try (BufferedReader refused = second.inputReader(StandardCharsets.UTF_8)) {
      assertThat(line(refused)).contains("another training is saving its checkpoints there");
    } finally {
      second.destroyForcibly().waitFor();
    }
  }

  @Test
  void twoProcessesDoNotShareAFolder() throws Exception {
    Process first = start();
    try (BufferedReader output = first.inputReader(StandardCharsets.UTF_8)) {
      assertThat(line(output)).isEqualTo("begins after 0");
      Process second = start();
      try (BufferedReader refused = second.inputReader(StandardCharsets.UTF_8)) {
        assertThat(line(refused)).contains("another training is saving its checkpoints there");
      }
      assertThat(second.waitFor()).isEqualTo(1);
      assertThat(line(output)).isEqualTo("step");
    } finally {
      first.destroyForcibly().waitFor();
    }
  }
}
