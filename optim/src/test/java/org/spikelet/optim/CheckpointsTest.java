package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikelet.optim.ResumableRun.Choice;

/** Checkpoints while a training runs: when, which are kept, and how it resumes. */
class CheckpointsTest {

  private static final Checkpoints.Settings EVERY_TWO = Checkpoints.DEFAULTS.withEvery(2);

  @TempDir private Path folder;
  private final ResumableRun run = new ResumableRun(1, Choice.ALL_OPTIONS);

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(".checkpoints.lock"))
          .sorted()
          .toList();
    }
  }

  private static List<String> bitsAfter(long steps) {
    ResumableRun whole = new ResumableRun(1, Choice.ALL_OPTIONS);
    whole.trainer.run(steps);
    return whole.bits();
  }

  @Test
  void theLastThreeAreKept() throws IOException {
    try (Checkpoints checkpoints = Checkpoints.open(folder, run.checkpoint, EVERY_TWO)) {
      assertThat(checkpoints.newest()).isEmpty();
      run.trainer.listen(checkpoints).run(3);
      assertThat(names()).containsExactly("checkpoint-000002.spk");
      run.trainer.run(8);
      assertThat(names())
          .containsExactly(
              "checkpoint-000006.spk", "checkpoint-000008.spk", "checkpoint-000010.spk");
      assertThat(checkpoints.newest()).contains(folder.resolve("checkpoint-000010.spk"));
      assertThat(checkpoints.best()).isEmpty();
      assertThat(checkpoints.save()).isEqualTo(folder.resolve("checkpoint-000011.spk"));
    }
  }

  /** |t − 5| is least at step 4, the first of the two that are as good. */
  @Test
  void theBestIsKeptBesidesAlsoAfterResuming() throws IOException {
    Checkpoints.Settings two = EVERY_TWO.withKept(2);
    try (Checkpoints checkpoints =
        Checkpoints.open(folder, run.checkpoint, two, () -> Math.abs(run.trainer.steps() - 5.0))) {
      run.trainer.listen(checkpoints).run(10);
      assertThat(checkpoints.best()).contains(folder.resolve("checkpoint-000004.spk"));
    }
    List<String> kept =
        List.of("checkpoint-000004.spk", "checkpoint-000008.spk", "checkpoint-000010.spk");
    assertThat(names()).isEqualTo(kept);
    ResumableRun resumed = new ResumableRun(1, Choice.ALL_OPTIONS);
    try (Checkpoints checkpoints =
        Checkpoints.open(
            folder, resumed.checkpoint, two, () -> Math.abs(resumed.trainer.steps() - 5.0))) {
      assertThat(checkpoints.resume()).isEqualTo(10);
      assertThat(checkpoints.best()).contains(folder.resolve("checkpoint-000004.spk"));
      resumed.trainer.listen(checkpoints).run(4);
    }
    assertThat(names())
        .containsExactly("checkpoint-000004.spk", "checkpoint-000012.spk", "checkpoint-000014.spk");
  }

  @Test
  void aMeasureOfNanIsNotTheBest() throws IOException {
    try (Checkpoints checkpoints =
        Checkpoints.open(
            folder, run.checkpoint, EVERY_TWO, () -> run.trainer.steps() == 2 ? Double.NaN : 3)) {
      run.trainer.listen(checkpoints).run(4);
      assertThat(checkpoints.best()).contains(folder.resolve("checkpoint-000004.spk"));
    }
  }

  /** Processes that end without a word, after none to three steps more. */
  @Test
  void endedAnywhereAndStartedAgainItHasTheSameBits() throws IOException {
    long reached = 0;
    for (int round = 1; round <= 12; round++) {
      ResumableRun next = new ResumableRun(1, Choice.ALL_OPTIONS);
      try (Checkpoints checkpoints = Checkpoints.open(folder, next.checkpoint, EVERY_TWO)) {
        next.trainer.listen(checkpoints);
        reached = checkpoints.resume();
        assertThat(next.bits()).isEqualTo(bitsAfter(reached));
        next.trainer.run(round % 4);
      }
    }
    assertThat(reached).isGreaterThan(8);
    assertThat(names()).hasSize(3);
  }

  /** A program that is started once more after its end trains nothing, whoever has stopped it. */
  @Test
  void aTrainingThatWasStoppedHasEndedAfterResumingToo() throws IOException {
    for (int start = 0; start < 3; start++) {
      ResumableRun next = new ResumableRun(1, Choice.ALL_OPTIONS);
      next.trainer.listen(new EarlyStopping(() -> 1, 2, 2)); // stops at 6
      try (Checkpoints checkpoints = Checkpoints.open(folder, next.checkpoint, EVERY_TWO)) {
        next.trainer.listen(checkpoints);
        checkpoints.resume();
        assertThat(next.trainer.run(100 - next.trainer.steps())).isEqualTo(6);
      }
      assertThat(names()).last().isEqualTo("checkpoint-000006.spk");
      next.trainer.startAt(6).run(1);
      assertThat(next.trainer.steps()).as("on purpose").isEqualTo(7);
    }
  }

  /** A listener that remembers nothing, and one that saves within its step. */
  @Test
  void aStopIsSavedWithinItsStep() throws IOException {
    Path file = folder.resolve("within.spk");
    run.trainer
        .listen(CheckpointsTest::stopAtThree)
        .listen(
            step -> {
              try {
                run.checkpoint.save(file);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .run(10);
    ResumableRun other = new ResumableRun(1, Choice.ALL_OPTIONS);
    other.checkpoint.load(file);
    assertThat(other.trainer.run(10)).isEqualTo(3);
  }

  private static void stopAtThree(TrainingStep step) {
    if (step.number() == 2) {
      step.stop();
    }
  }

  @Test
  void listenersAfterItHaveSeenTheStepThatIsSaved() throws IOException {
    History late = new History();
    try (Checkpoints checkpoints = Checkpoints.open(folder, run.checkpoint, EVERY_TWO)) {
      run.trainer.listen(checkpoints).listen(late).run(5);
      ResumableRun other = new ResumableRun(1, Choice.ALL_OPTIONS);
      History restored = new History();
      other.trainer.listen(restored);
      other.checkpoint.load(folder.resolve("checkpoint-000004.spk"));
      assertThat(restored.losses()).containsExactly(Arrays.copyOf(late.losses(), 4));
    }
  }

  @Test
  void byTheClock() throws IOException {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // it overflows, as nanoTime may
    List<Long> saved = new ArrayList<>();
    try (Checkpoints checkpoints =
        Checkpoints.open(
            folder,
            run.checkpoint,
            Checkpoints.DEFAULTS.withEvery(Duration.ofNanos(10)).withKept(100),
            Optional.empty(),
            now::get)) {
      run.trainer.listen(step -> now.addAndGet(4)).listen(checkpoints).run(12);
    }
    for (long step : NumberedFiles.steps(folder)) {
      saved.add(step);
    }
    assertThat(saved)
        .as("10 ns are over after three steps of 4 ns")
        .containsExactly(3L, 6L, 9L, 12L);
  }

  @Test
  void withoutACheckpointItStartsWhereItIs() throws IOException {
    try (Checkpoints checkpoints =
        Checkpoints.open(folder.resolve("a").resolve("b"), run.checkpoint)) {
      assertThat(checkpoints.resume()).isZero();
    }
    assertThat(folder.resolve("a").resolve("b")).isDirectory();
  }

  @Test
  void aDamagedNewestIsRefusedAndWithoutItTheOneBeforeIsTaken() throws IOException {
    try (Checkpoints checkpoints = Checkpoints.open(folder, run.checkpoint, EVERY_TWO)) {
      run.trainer.listen(checkpoints).run(6);
      Path newest = checkpoints.newest().orElseThrow();
      Files.write(newest, Arrays.copyOf(Files.readAllBytes(newest), 500));
      List<String> before = run.bits();
      assertThatThrownBy(checkpoints::resume)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("load: '" + newest + "' is damaged: it ends at byte 500")
          .hasMessageContaining("checkpoint-000004.spk is whole");
      assertThat(run.bits()).isEqualTo(before);
      Files.delete(newest);
      assertThat(checkpoints.resume()).isEqualTo(4);
      assertThat(run.bits()).isEqualTo(bitsAfter(4));
    }
  }

  @Test
  void aTrainingThatForgetsToResumeIsRefusedAtItsFirstStep() throws IOException {
    try (Checkpoints checkpoints = Checkpoints.open(folder, run.checkpoint, EVERY_TWO)) {
      run.trainer.listen(checkpoints).run(4);
    }
    ResumableRun anew = new ResumableRun(1, Choice.ALL_OPTIONS);
    try (Checkpoints checkpoints = Checkpoints.open(folder, anew.checkpoint, EVERY_TWO)) {
      anew.trainer.listen(checkpoints);
      assertThatThrownBy(() -> anew.trainer.run(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "checkpoints: in '%s' there is one of step 4, and this training, at step 1, did not resume from it; call resume() before it trains, or take another folder"
                  .formatted(folder));
    }
    assertThat(names()).containsExactly("checkpoint-000002.spk", "checkpoint-000004.spk");
  }

  /** Whether its checkpoint would be replaced, or hidden behind a later one. */
  @Test
  void savingByHandDoesNotReplaceTheCheckpointsOfAnother() throws IOException {
    try (Checkpoints checkpoints = Checkpoints.open(folder, run.checkpoint, EVERY_TWO)) {
      run.trainer.listen(checkpoints).run(4);
    }
    Path file = folder.resolve("checkpoint-000004.spk");
    byte[] before = Files.readAllBytes(file);
    for (int steps = 2; steps <= 4; steps++) {
      ResumableRun other = new ResumableRun(2, Choice.ALL_OPTIONS);
      other.trainer.run(steps);
      try (Checkpoints checkpoints = Checkpoints.open(folder, other.checkpoint)) {
        assertThatThrownBy(checkpoints::save)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("there is one of step 4, and this training, at step " + steps);
      }
    }
    assertThat(file).hasBinaryContent(before);
    assertThat(names()).containsExactly("checkpoint-000002.spk", "checkpoint-000004.spk");
    ResumableRun next = new ResumableRun(1, Choice.ALL_OPTIONS);
    try (Checkpoints checkpoints = Checkpoints.open(folder, next.checkpoint)) {
      checkpoints.resume();
      assertThat(checkpoints.save()).as("its own").isEqualTo(file).hasBinaryContent(before);
      assertThat(checkpoints.save()).isEqualTo(file);
    }
  }

  /** Whoever loads by hand has not told which was the best. */
  @Test
  void theBestOfAnEarlierProcessIsKeptWithoutResuming() throws IOException {
    Checkpoints.Settings one = EVERY_TWO.withKept(1);
    try (Checkpoints checkpoints =
        Checkpoints.open(folder, run.checkpoint, one, () -> run.trainer.steps() == 2 ? 1 : 9)) {
      run.trainer.listen(checkpoints).run(4);
    }
    ResumableRun next = new ResumableRun(1, Choice.ALL_OPTIONS);
    try (Checkpoints checkpoints = Checkpoints.open(folder, next.checkpoint, one, () -> 9)) {
      assertThat(checkpoints.best()).contains(folder.resolve("checkpoint-000002.spk"));
      next.checkpoint.load(checkpoints.newest().orElseThrow());
      next.trainer.listen(checkpoints).run(2);
      assertThat(checkpoints.best()).contains(folder.resolve("checkpoint-000002.spk"));
    }
    assertThat(names()).containsExactly("checkpoint-000002.spk", "checkpoint-000006.spk");
  }

  @Test
  void aFolderBelongsToOneTrainingAtATime() throws IOException {
    ResumableRun other = new ResumableRun(1, Choice.ALL_OPTIONS);
    List<Checkpoints> closed = new ArrayList<>();
    try (Checkpoints checkpoints = Checkpoints.open(folder, run.checkpoint)) {
      assertThatThrownBy(() -> Checkpoints.open(folder, other.checkpoint))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "checkpoints: the folder '%s' cannot be used (another training is saving its checkpoints there)"
                  .formatted(folder));
      closed.add(checkpoints);
    }
    assertThatThrownBy(closed.get(0)::save)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed already");
    Checkpoints.open(folder, other.checkpoint).close();
  }

  @Test
  void whatAKilledProcessLeftBehindIsDeletedAndNothingElse() throws IOException {
    String random = "." + new UUID(1, 2) + ".part";
    Path left = Files.createFile(folder.resolve(".checkpoint-000004.spk" + random));
    List<String> others =
        List.of(
            ".checkpoint-000004.spk.0a1b.part",
            ".download.part",
            ".film.mp4" + random,
            "notes.part");
    for (String name : others) {
      Files.createFile(folder.resolve(name));
    }
    Checkpoints.open(folder, run.checkpoint).close();
    assertThat(left).doesNotExist();
    assertThat(names()).isEqualTo(others);
  }

  @Test
  void aFileInTheWayIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("run"));
    assertThatThrownBy(() -> Checkpoints.open(file, run.checkpoint))
        .isInstanceOf(IOException.class)
        .hasMessage("checkpoints: the folder '%s' cannot be used ('%s' is a file)", file, file);
    assertThatThrownBy(() -> Checkpoints.open(file.resolve("inner"), run.checkpoint))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("checkpoints: the folder '" + file.resolve("inner"))
        .hasMessageNotContaining("null");
  }

  /** On Linux nobody makes files there, not even root. */
  @Test
  void aReadOnlyFolderIsRefusedWhenItIsOpened() {
    Path readOnly = Path.of("/sys");
    assumeThat(readOnly).isDirectory();
    assertThatThrownBy(() -> Checkpoints.open(readOnly, run.checkpoint))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("checkpoints: the folder '/sys' cannot be used (");
    assertThatThrownBy(() -> run.checkpoint.save(readOnly.resolve("run.spk")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("save: '/sys/run.spk' could not be written (")
        .hasMessageNotContaining(".part");
  }

  @Test
  void otherFilesInTheFolderAreNoCheckpoints() throws IOException {
    for (String name : List.of("checkpoint-1.spk", "checkpoint-000001.spk.bak", "losses.csv")) {
      Files.createFile(folder.resolve(name));
    }
    assertThat(NumberedFiles.steps(folder)).isEmpty();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab")); // with digits of its own
      assertThat(NumberedFiles.step(NumberedFiles.of(folder, 12_345_678))).hasValue(12_345_678);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void impossibleSettingsAreRefused() {
    Checkpoints.Settings settings = Checkpoints.DEFAULTS;
    assertThatThrownBy(() -> settings.withEvery(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("checkpoint steps: must be at least 1, got 0");
    assertThatThrownBy(() -> settings.withKept(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("kept checkpoints: must be at least 1, got 0");
    assertThatThrownBy(() -> settings.withEvery(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("checkpoint time: must be positive, got PT0S");
    assertThatThrownBy(() -> new Checkpoints.Settings(OptionalLong.empty(), Optional.empty(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("never saved");
  }
}
