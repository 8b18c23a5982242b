package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spikelet.optim.FaultyDisk.Fault;
import org.spikelet.optim.ResumableRun.Choice;

/** A disk that fails at any call leaves the old checkpoint or the new one. */
class CheckpointFaultTest {

  private static final int FIRST = 3;
  private static final int SECOND = 4;

  @TempDir private Path folder;

  private static List<String> bitsAfter(int steps) {
    ResumableRun run = new ResumableRun(1, Choice.ALL_OPTIONS);
    run.trainer.run(steps);
    return run.bits();
  }

  /** The calls of a save that goes well. */
  private List<String> calls() throws IOException {
    FaultyDisk disk = new FaultyDisk(FaultyDisk.NEVER, Fault.ONCE);
    Path file = folder.resolve("whole.spk");
    new ResumableRun(1, Choice.ALL_OPTIONS, disk).checkpoint.save(file);
    Files.delete(file);
    return disk.calls;
  }

  @Test
  void theCallsAreTheseInThisOrder() throws IOException {
    List<String> calls = calls();
    assertThat(calls).startsWith("create", "write", "write", "write");
    assertThat(calls).endsWith("write", "force", "close", "move", "forceFolder");
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void theOldOneOrTheNewOneIsThereWhateverCallFails(Fault fault) throws IOException {
    List<String> calls = calls();
    List<String> old = bitsAfter(FIRST);
    List<String> fresh = bitsAfter(FIRST + SECOND);
    Path file = folder.resolve("run.spk");
    int failures = 0;
    for (int failing = 0; failing < calls.size(); failing++) {
      ResumableRun good = new ResumableRun(1, Choice.ALL_OPTIONS);
      good.trainer.run(FIRST);
      good.checkpoint.save(file);

      ResumableRun bad = new ResumableRun(1, Choice.ALL_OPTIONS, new FaultyDisk(failing, fault));
      bad.trainer.run(FIRST + SECOND);
      String failed = "nothing";
      try {
        bad.checkpoint.save(file);
      } catch (IOException e) {
        failures++;
        failed = calls.get(failing);
        assertThat(e)
            .hasMessageStartingWith("save: '" + file + "' ")
            .hasMessageContaining(
                fault == Fault.FULL ? "No space left on device" : "Input/output error")
            .hasMessageContaining(
                failed.equals("forceFolder")
                    ? "is written"
                    : "what was there before is there still");
      }
      assertThat(bad.bits()).as("the training itself").isEqualTo(fresh);

      ResumableRun resumed = new ResumableRun(1, Choice.ALL_OPTIONS);
      resumed.checkpoint.load(file);
      boolean moved = failed.equals("nothing") || failed.equals("forceFolder");
      assertThat(resumed.bits()).as("%s fails", failed).isEqualTo(moved ? fresh : old);
      if (fault != Fault.FROM_THEN_ON) { // there the rest cannot be deleted
        assertThat(files()).as("%s fails", failed).containsExactly(file);
      }
    }
    assertThat(failures).isPositive();
    if (fault != Fault.FULL) {
      assertThat(failures).as("each call matters").isEqualTo(calls.size());
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** The training ends with the reason; the checkpoint before is there, and it can go on. */
  @Test
  void aFullDiskEndsTheTrainingAndLosesNothing() throws IOException {
    ResumableRun alone = new ResumableRun(1, Choice.ALL_OPTIONS);
    FaultyDisk counting = new FaultyDisk(FaultyDisk.NEVER, Fault.FULL);
    Checkpoints.Settings settings = Checkpoints.DEFAULTS.withEvery(5);
    ResumableRun first = new ResumableRun(1, Choice.ALL_OPTIONS, counting);
    try (Checkpoints checkpoints =
        Checkpoints.open(folder.resolve("first"), first.checkpoint, settings)) {
      first.trainer.listen(checkpoints).run(5);
    }
    FaultyDisk full = new FaultyDisk(counting.calls.size() + 2, Fault.FULL);
    ResumableRun run = new ResumableRun(1, Choice.ALL_OPTIONS, full);
    try (Checkpoints checkpoints = Checkpoints.open(folder, run.checkpoint, settings)) {
      run.trainer.listen(checkpoints);
      assertThatThrownBy(() -> run.trainer.run(20))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("checkpoint-000010.spk' could not be written (No space left")
          .hasMessageEndingWith("what was there before is there still");
      assertThat(checkpoints.newest()).contains(folder.resolve("checkpoint-000005.spk"));
      assertThat(run.trainer.run(4)).as("and goes on").isEqualTo(14);
    }
    alone.trainer.run(14);
    assertThat(run.bits()).isEqualTo(alone.bits());
  }
}
