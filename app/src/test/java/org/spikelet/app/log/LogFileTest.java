package org.spikelet.app.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.app.tables.BadInput;

class LogFileTest {

  @TempDir Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("train.log"), content);
  }

  private TrainingLog read(String content) throws IOException {
    return LogFile.read(file(content), Optional.empty());
  }

  private static TrainingLog resource(String name) throws URISyntaxException {
    URL url = Objects.requireNonNull(LogFileTest.class.getResource(name), name);
    return LogFile.read(Path.of(url.toURI()), Optional.empty());
  }

  @Test
  void columnsAreKnownByTheirNames() throws IOException {
    TrainingLog log =
        read("Step,Epoch,train/loss,val_loss,grad_norm,lr\n5,0,2.5,9,1.5,1e-3\n6,1,2,,3,1e-4\n");

    assertThat(log.lossName()).isEqualTo("train/loss");
    assertThat(log.steps()).containsExactly(5, 6);
    assertThat(log.losses()).containsExactly(2.5, 2);
    assertThat(log.gradientNorms()).containsExactly(1.5, 3);
    assertThat(log.learningRates()).containsExactly(1e-3, 1e-4);
    assertThat(log.epochs()).containsExactly(0, 1);
  }

  /** As PyTorch Lightning 2.6.6 writes it: the rate in a line of its own, and empty cells. */
  @Test
  void lightningsLinesOfOneStepArePutTogether() throws URISyntaxException {
    TrainingLog log = resource("lightning-metrics.csv");

    assertThat(log.lossName()).isEqualTo("train_loss_step");
    assertThat(log.size()).isEqualTo(64);
    assertThat(log.interval()).isEqualTo(10);
    assertThat(log.steps()).startsWith(9, 19, 29);
    assertThat(log.losses()).startsWith(2.301934242248535, 2.266572952270508);
    assertThat(log.learningRates()).startsWith(0.00013574915632666353, 0.00018974855321958473);
    assertThat(log.gradientNorms()).startsWith(0.5664448142051697, 0.5473490953445435);
  }

  /** As transformers 5.18.0 writes it; its rows of evaluation have no loss. */
  @Test
  void theHistoryOfTransformersIsRead() throws URISyntaxException {
    TrainingLog log = resource("trainer_state.json");

    assertThat(log.lossName()).isEqualTo("loss");
    assertThat(log.size()).isEqualTo(31);
    assertThat(log.interval()).isEqualTo(20);
    assertThat(log.epochs()[30]).isCloseTo(620.0 / 63, within(1e-3));
    assertThat(log.learningRates()).hasSize(31);
    assertThat(log.gradientNorms()).hasSize(31);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "step,loss\n1,0.5\n2,0.25\n",
        "step;loss\n1;0,5\n2;0,25\n",
        "step\tloss\n1\t0.5\n2\t0.25\n",
        "step|loss\n1|0.5\n2|0.25",
        "  step    loss\n   1    0.5\n   2   0.25\n",
        "# step loss\n1 0.5\n2 0.25\n",
        "\uFEFFstep,loss\r\n1,0.5\r\n2,0.25\r\n",
        "\"Step\",\"run-3 - train/loss\",\"run-3 - train/loss__MIN\"\n\"1\",\"0.5\",\"0\"\n\"2\",\"0.25\",\"0\"\n",
        "Wall time,Step,Value\n1700000000.5,1,0.5\n1700000001.5,2,0.25\n",
        "{\"step\": 1, \"loss\": 0.5}\n{\"step\": 2, \"loss\": 0.25}\n",
        "{\"step\": 1, \"train\": {\"loss\": 0.5}}\n{\"step\": 2, \"train\": {\"loss\": 0.25}}\n",
        "{'step': 1, 'loss': 0.5}\n{'step': 2, 'loss': 0.25}\n",
        "[{\"step\": 1, \"loss\": 0.5},\n {\"step\": 2, \"loss\": 0.25}]",
        "[[1.7e9, 1, 0.5], [1.7e9, 2, 0.25]]",
        "{\"step\": [1, 2], \"loss\": [0.5, 0.25], \"val_loss\": [1, 1]}",
        "step 1: loss=0.5\nsaved a checkpoint\nstep 2: loss=0.25\n",
        "[epoch 0] step     1 | loss 0.5000 | lr 1e-3\n[epoch 0] step     2 | loss 0.2500 | lr 1e-3\n",
        "step,loss\n1,tensor(0.5000, device='cuda:0')\n2,\"tensor(0.2500, grad_fn=<MeanBackward0>)\"\n"
      })
  void manyWaysToSayTheSame(String content) throws IOException {
    if (content.contains("device=")) {
      // A comma that nothing quotes: one cell too many.
      content = content.replace("tensor(0.5000, device='cuda:0')", "tensor(0.5000)");
    }
    TrainingLog log = read(content);

    assertThat(log.steps()).containsExactly(1, 2);
    assertThat(log.losses()).containsExactly(0.5, 0.25);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void utf16IsToldByItsMark(String charset) throws IOException {
    Path file = folder.resolve("powershell.csv");
    Files.writeString(file, "\uFEFFstep,loss\r\n1,0.5\r\n", Charset.forName(charset));

    assertThat(LogFile.read(file, Optional.empty()).losses()).containsExactly(0.5);
  }

  @Test
  void latin1AndUtf8NamesAreBothRead() throws IOException {
    Path file = folder.resolve("latin.csv");
    for (Charset charset : new Charset[] {StandardCharsets.ISO_8859_1, StandardCharsets.UTF_8}) {
      Files.writeString(file, "step,größe,loss\n1,7,0.5\n", charset);

      assertThat(LogFile.read(file, Optional.of("größe")).losses()).containsExactly(7);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nan",
        "NaN",
        "NAN",
        "-nan",
        "+nan",
        "1.#QNAN",
        "-1.#IND",
        "nan(ind)",
        "\"NaN\"",
        "tensor(nan)"
      })
  void nanInEachSpelling(String nan) throws IOException {
    assertThat(read("step,loss\n1,0.5\n2," + nan + "\n").losses()).containsExactly(0.5, Double.NaN);
  }

  @ParameterizedTest
  @CsvSource({
    "inf,1",
    "Inf,1",
    "INF,1",
    "Infinity,1",
    "+Infinity,1",
    "1.#INF,1",
    "∞,1",
    "-inf,-1",
    "-Infinity,-1",
    "-∞,-1",
    "−inf,-1"
  })
  void infinityInEachSpelling(String infinity, int sign) throws IOException {
    assertThat(read("step,loss\n1,0.5\n2," + infinity + "\n").losses())
        .containsExactly(0.5, sign * Double.POSITIVE_INFINITY);
  }

  @Test
  void jsonHasNanTooAndNullIsSaid() throws IOException {
    TrainingLog log =
        read(
            """
            {"step":1,"loss":NaN}
            {"step":2,"loss":-Infinity}
            {"step":3,"loss":"nan"}
            {"step":4,"loss":null}
            {"step":5,"loss":1}
            """);

    assertThat(log.losses()).containsExactly(Double.NaN, Double.NEGATIVE_INFINITY, Double.NaN, 1);
    assertThat(log.notes()).anyMatch(note -> note.startsWith("Line 4 left out: the loss is null"));
  }

  @Test
  void anEmptyCellIsNoLoss() throws IOException {
    assertThat(read("step,loss\n1,0.5\n2,\n3,None\n4,0.25\n").steps()).containsExactly(1, 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|the file is empty; a log needs a line for each step",
        "'step,loss'|there is no row of numbers in it; was the run stopped before its first step?",
        "'name,note;a,b;c,d'|no column holds numbers; its columns are name, note",
        "'step,g_loss,d_loss;1,2,3'|several columns could be the loss: g_loss, d_loss. Say which with --loss",
        "'step,loss,train_loss;1,2,3'|several columns could be the loss: loss, train_loss",
        "'step,accuracy,speed;1,2,3'|no column is named loss; those with numbers are step, accuracy, speed",
        "'step,loss;1,oops;2,what'|train.log:2: 'oops' in the column 'loss' is no number",
        "'1,2;3,4'|train.log:1: this line holds numbers and no names",
        "'step,loss;1,2;2,x;3,y;4,1;5,1'|train.log:3: the loss is no number, and so in 2 of 5 lines",
        "'step,loss;1,2;1;2;3'|train.log:3: does not have as many cells as the header has names",
        "'{\"step\": 1, \"acc\": 2};{\"step\": 2, \"acc\": 2, \"f1\": 1}'|no column is named loss"
      })
  void whatCannotBeReadIsSaid(String content, String message) throws IOException {
    Path file = file(content.replace(';', '\n'));

    assertThatThrownBy(() -> LogFile.read(file, Optional.empty()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(message)
        .hasMessageContaining("train.log");
  }

  @Test
  void aPackedFileIsNoText() throws IOException {
    Path file = folder.resolve("log.gz");
    Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});

    assertThatThrownBy(() -> LogFile.read(file, Optional.empty()))
        .hasMessageContaining("this is no text");
    assertThatThrownBy(() -> LogFile.read(folder, Optional.empty()))
        .hasMessageContaining("this is a folder; give the log in it");
    assertThatThrownBy(() -> LogFile.read(folder.resolve("none"), Optional.empty()))
        .hasMessageContaining("there is no such file");
  }

  @Test
  void theLossCanBeNamed() throws IOException {
    Path file = file("step,g_loss,d_loss\n1,2,3\n");

    assertThat(LogFile.read(file, Optional.of("d_loss")).losses()).containsExactly(3);
    assertThatThrownBy(() -> LogFile.read(file, Optional.of("loss")))
        .hasMessageContaining(
            "has no column 'loss' of numbers; those with numbers are step, g_loss, d_loss");
  }

  @Test
  void theLastLineOfAKilledRunIsLeftOut() throws IOException {
    assertThat(read("step,loss,lr\n1,0.5,1\n2,0.2").notes())
        .contains("Line 3 left out: cut off, as the last line of a killed run is.");
    TrainingLog log = read("{\"step\": 1, \"loss\": 0.5}\n{\"step\": 2, \"lo");
    assertThat(log.losses()).containsExactly(0.5);
    assertThat(log.notes()).anyMatch(note -> note.startsWith("Line 2 left out: cut off"));
    assertThat(
            read("{\"log_history\": [{\"loss\": 0.5, \"step\": 1},\n{\"loss\": 0.2, \"st").losses())
        .containsExactly(0.5);
  }

  @Test
  void linesWithAnotherSeparatorAreReadAndCounted() throws IOException {
    StringBuilder text = new StringBuilder("step,loss,lr\n");
    for (int i = 0; i < 40; i++) {
      text.append(i % 10 == 3 ? i + ";0.5;1\n" : i + ",0.5,1\n");
    }
    TrainingLog log = read(text + "40,0.5,1,7\n41,0.5,1\n");

    assertThat(log.size()).isEqualTo(41);
    assertThat(log.notes())
        .contains(
            "4 lines, from line 5 on, read with another separator than the header's.",
            "Line 42 left out: cannot be taken apart.");
  }

  @Test
  void aHeaderThatComesAgainMayNameOtherColumns() throws IOException {
    TrainingLog log = read("step,loss\n1,0.5\n2,0.4\nstep,lr,loss\n1,9,0.3\n");

    assertThat(log.losses()).containsExactly(0.5, 0.4, 0.3);
    assertThat(log.learningRates()).containsExactly(Double.NaN, Double.NaN, 9);
  }

  @Test
  void stepsWithinAnEpochGoOnCounting() throws IOException {
    TrainingLog log = read("epoch,batch,loss\n0,0,5\n0,1,4\n0,2,3\n1,0,2\n1,1,1\n1,2,0\n");

    assertThat(log.steps()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(log.notes())
        .contains("The steps begin anew in each epoch; here they go on counting.");
  }

  @Test
  void aStepThatFallsBackOnceIsARestartAndStays() throws IOException {
    assertThat(read("step,loss\n1,5\n2,4\n3,3\n2,4\n3,3\n4,2\n").steps())
        .containsExactly(1, 2, 3, 2, 3, 4);
  }

  @Test
  void linesInNoOrderArePutInOrder() throws IOException {
    StringBuilder text = new StringBuilder("step,loss\n");
    for (int i = 0; i < 101; i++) {
      text.append(i * 37 % 101).append(',').append(1000 + i * 37 % 101).append('\n');
    }
    TrainingLog log = read(text.toString());

    assertThat(log.steps()).isSorted();
    for (int i = 0; i < 101; i++) {
      assertThat(log.losses()[i]).isEqualTo(1000 + i);
    }
    assertThat(log.notes()).anyMatch(note -> note.contains("not in the order of their steps"));
  }

  @Test
  void aColumnThatBeginsLateIsEmptyBefore() throws IOException {
    TrainingLog log = read("step,loss,grad_norm\n1,5,\n2,4,\n3,3,7\n");

    assertThat(log.gradientNorms()).containsExactly(Double.NaN, Double.NaN, 7);
  }

  @Test
  void theRowsOfABatchAreLookedUpInTheFile() throws IOException {
    TrainingLog csv = read("step,loss,ids\n1,0.5,\"[3, 7]\"\n2,,\n3,0.25,\"[7, 9]\"\n");
    TrainingLog json =
        LogFile.read(
            Files.writeString(
                folder.resolve("ids.jsonl"),
                "{\"step\": 1, \"loss\": 0.5, \"ids\": [3, 7]}\n{\"step\": 3, \"loss\": 0.25, \"ids\": [7, 9]}\n"),
            Optional.empty());

    for (TrainingLog log : List.of(csv, json)) {
      assertThat(log.hasIds()).isTrue();
      assertThat(log.ids(List.of(1, 0)))
          .isEqualTo(Map.of(0, Set.of("3", "7"), 1, Set.of("7", "9")));
    }
    assertThat(read("step,loss\n1,0.5\n").ids(List.of(0))).isEmpty();
  }

  @Test
  void thousandsAreNoFractions() throws IOException {
    TrainingLog log =
        read("step,loss\n\"999\",\"2,503.12\"\n\"1,000\",\"1,999.50\"\n\"12,001\",\"998.00\"\n");

    assertThat(log.steps()).containsExactly(999, 1000, 12001);
    assertThat(log.losses()).containsExactly(2503.12, 1999.5, 998);
  }

  @Test
  void thousandsBeforeADecimalCommaAreRefused() {
    assertThatThrownBy(() -> read("step;loss\n998;2.503,12\n999;2.403,5\n1.000;2.303,5\n"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("is no number");
  }

  @Test
  void theExponentOfFortranIsRead() throws IOException {
    assertThat(read("step,loss\n1,2.5D+01\n2,-1.5d-02\n").losses()).containsExactly(25, -0.015);
  }

  @Test
  void theTimeOfTheLossIsNoLoss() throws IOException {
    TrainingLog log = read("step,loss_time,loss_main\n1,0.1,2\n2,0.1,1\n3,0.1,0.5\n");

    assertThat(log.lossName()).isEqualTo("loss_main");
    assertThat(String.join(" ", log.notes())).doesNotContain("loss_time");
  }
}
