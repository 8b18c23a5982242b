package org.spikelet.app.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.app.tables.BadInput;

/** Logs that were once read with a wrong number in them, or refused with the wrong reason. */
class OddLogTest {

  private static final String NO_END = "The last line has no line end";

  @TempDir Path folder;

  private TrainingLog read(String content) throws IOException {
    return LogFile.read(Files.writeString(folder.resolve("train.log"), content), Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# my run, lr=3e-4\nstep,loss\n1,0.5\n2,0.25\n",
        "# seed: 1\n\n# lr: 3e-4, loss: mse\nstep,loss\n1,0.5\n2,0.25\n",
        "# a run of 3 layers\n# step loss\n1 0.5\n2 0.25\n"
      })
  void commentsAboveTheHeaderAreNone(String content) throws IOException {
    TrainingLog log = read(content);

    assertThat(log.lossName()).isEqualTo("loss");
    assertThat(log.steps()).containsExactly(1, 2);
    assertThat(log.losses()).containsExactly(0.5, 0.25);
  }

  @Test
  void aHeaderThatComesAgainMayHaveAnotherOrder() throws IOException {
    TrainingLog log = read("step,loss\n1,0.5\n2,0.25\nloss,step\n0.125,3\n");

    assertThat(log.steps()).containsExactly(1, 2, 3);
    assertThat(log.losses()).containsExactly(0.5, 0.25, 0.125);
  }

  @Test
  void twoColumnsOfOneNameAreRefused() {
    assertThatThrownBy(() -> read("# run\nstep,loss,lr,loss\n1,0.5,1,7\n2,0.25,1,8\n"))
        .isInstanceOf(BadInput.class)
        .hasMessageEndingWith(
            ":2: the columns 2 and 4 are both named 'loss'; rename the one that is not meant");
  }

  @Test
  void twoColumnsOfOneNameThatIsNotUsedDoNoHarm() throws IOException {
    assertThat(read("step,loss,note,note\n1,0.5,1,7\n2,0.25,1,8\n").losses())
        .containsExactly(0.5, 0.25);
  }

  /** What stands within the quotes looks like a row, and is none. */
  @Test
  void aTextInQuotesMayGoOverLines() throws IOException {
    TrainingLog log =
        read(
            "step,loss,note\n1,0.5,\"a, b\n7,8,9\nc\"\"d\"\n2,0.25,\n3,x,\n4,0.125,\n"
                + "5,0.125,\n".repeat(10));

    assertThat(log.losses()).startsWith(0.5, 0.25, 0.125).doesNotContain(8);
    assertThat(log.notes()).contains("Line 6 left out: the loss is no number.");
  }

  @Test
  void aQuoteThatIsNeverClosedSpoilsOneLine() throws IOException {
    String rows = "3,0.5,ok\n".repeat(60);
    TrainingLog log = read("step,loss,note\n1,0.5,ok\n2,0.25,\"cut\n" + rows);

    assertThat(log.size()).isEqualTo(61);
    assertThat(log.notes()).contains("Line 3 left out: cannot be taken apart.");
  }

  /** nanoGPT counts its evaluations as step, and its lines of the loss as iter. */
  @Test
  void theStepIsThatOfTheLinesWithTheLoss() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      if (i % 20 == 0) {
        text.append("step ").append(10 * i).append(": train loss 2.5, val loss 2.6\n");
      }
      text.append("iter ").append(10 * i).append(": loss 2.").append(i).append(", time 3ms\n");
    }
    TrainingLog log = read(text.toString());

    assertThat(log.lossName()).isEqualTo("loss");
    assertThat(log.size()).isEqualTo(60);
    assertThat(log.steps()).startsWith(0, 10, 20).endsWith(580, 590);
  }

  @Test
  void whatIsTheBetterTheHigherIsNotTakenForALoss() throws IOException {
    assertThatThrownBy(() -> read("step,val_acc\n1,0.5\n2,0.75\n"))
        .isInstanceOf(BadInput.class)
        .hasMessageEndingWith(
            "no column is named loss; those with numbers are step, val_acc. Say with --loss which"
                + " one is the loss");
    assertThat(read("step,accumulated\n1,0.5\n2,0.25\n").losses()).containsExactly(0.5, 0.25);
  }

  @Test
  void aNumberAtTheEndOfAFileWithoutLineEndMayBeCutOff() throws IOException {
    assertThat(read("step,loss\n1,5.1e-05\n2,5.3").notes()).anyMatch(n -> n.startsWith(NO_END));
    assertThat(read("step,loss\n1,5.1e-05\n2,5.3e-05\n").notes())
        .noneMatch(n -> n.startsWith(NO_END));
    assertThat(read("[{\"step\": 1, \"loss\": 0.5}]").notes()).noneMatch(n -> n.startsWith(NO_END));
  }

  @Test
  void numbersOfNumPyInAPrintedDictionary() throws IOException {
    TrainingLog log =
        read(
            "{'loss': np.float64(0.5), 'step': np.int64(1)}\n{'loss': np.float32(0.25), 'step': 2}\n");

    assertThat(log.steps()).containsExactly(1, 2);
    assertThat(log.losses()).containsExactly(0.5, 0.25);
  }

  @Test
  void aTimeInNanosecondsIsSaidToBeTooLargeForAStep() {
    assertThatThrownBy(() -> read("step,loss\n1700000000000000000,0.5\n"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(":2: the step is no number below 10^15");
  }

  @Test
  void aPipeIsToldFromAFile() {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device));

    assertThatThrownBy(() -> LogFile.read(device, Optional.empty()))
        .isInstanceOf(BadInput.class)
        .hasMessage(
            "/dev/null: this is no file but a pipe or a device, and a log is read more than once;"
                + " write it to a file first");
  }

  /** W&B's own _step counts what was logged, and not the steps of the training. */
  @Test
  void theGlobalStepComesBeforeThatOfTheLogger() throws IOException {
    TrainingLog log =
        read("train/global_step,a - _step,a - train/loss\n10,1,0.5\n20,3,0.25\n30,5,0.125\n");

    assertThat(log.steps()).containsExactly(10, 20, 30);
  }

  @Test
  void anEmptyLossIsSaidToBeLeftOut() throws IOException {
    TrainingLog log = read("step,loss,lr\n1,0.5,1\n2,,1\n3,null,\n3,,1\n4,0.25,1\n");

    assertThat(log.steps()).containsExactly(1, 4);
    assertThat(log.notes())
        .contains(
            "Line 3 left out: without a loss, as those of a validation are.",
            "Line 4 left out: the loss is null, which some programs write for NaN.");
  }

  /** As Lightning writes them: the loss and the rate of a step in lines of their own. */
  @Test
  void aStepWhoseLossStandsInAnotherLineLacksNone() throws IOException {
    TrainingLog log = read("step,loss,lr\n1,,1\n1,0.5,\n2,,1\n2,0.25,\n");

    assertThat(log.losses()).containsExactly(0.5, 0.25);
    assertThat(log.notes()).noneMatch(note -> note.contains("left out"));
  }
}
