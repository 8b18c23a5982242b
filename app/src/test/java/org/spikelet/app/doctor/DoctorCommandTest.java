package org.spikelet.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.app.Output;

class DoctorCommandTest {

  @TempDir Path folder;

  /** Writes a small table: two inputs, a number to predict from them, and a class. */
  private Path table() throws IOException {
    StringBuilder text = new StringBuilder("a,b,y,kind\n");
    for (int i = 0; i < 40; i++) {
      double a = Math.sin(i);
      double b = Math.cos(3 * i);
      text.append(a).append(',').append(b).append(',').append(a - b).append(',');
      text.append(a > b ? "more" : "less").append('\n');
    }
    return Files.writeString(folder.resolve("table.csv"), text);
  }

  private Output doctor(Path data, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "doctor",
                "--data",
                data.toString(),
                "--hidden",
                "8",
                "--out",
                folder.resolve("out").toString()));
    args.addAll(List.of(more));
    return Output.of(args.toArray(String[]::new));
  }

  @Test
  void aRunWithoutSpikesIsAGoodResult() throws IOException {
    Output output = doctor(table(), "--targets", "y", "--ignore", "kind", "--steps", "200");

    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(output.out()).contains("No spikes in 200 steps", "ln 2", "The loss went from");
    assertThat(folder.resolve("out/report.html")).exists();
    assertThat(Files.readAllLines(folder.resolve("out/losses.csv"))).hasSize(201);
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains(
            "No spikes in 200 steps",
            "table.csv: 40 rows, 2 inputs, targets y, numbers standardized");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--optimizer=stable-adamw",
        "--optimizer=sgd",
        "--activation=tanh",
        "--loss=cross-entropy",
        "--batch-norm",
        "--dropout=0.5",
        "--drop-last",
        "--no-shuffle",
        "--no-standardize",
        "--batch-size=7",
        "--examine=0"
      })
  void theOptionsOfATraining(String option) throws IOException {
    Output output = doctor(table(), "--label", "kind", "--epochs", "3", option);

    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(Files.readString(folder.resolve("out/report.html"))).contains("2 classes");
  }

  @Test
  void aPlantedCauseIsFoundAndExamined() throws IOException {
    Output output =
        Output.of(
            "doctor",
            "--plant",
            "outliers",
            "--hidden",
            "20",
            "--examine",
            "2",
            "--out",
            folder.toString());

    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(output.out())
        .containsPattern("All 2 examined spikes of \\d+ in 3,000 steps: rows? \\d+[\\d, and]*\\.")
        .containsPattern("Outliers, 2 spikes \\(steps \\d+, \\d+\\)")
        .containsPattern("At step \\d+ the loss rose");
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("\"entry\":{\"causes\":[", "\"reproduced\":true", "\"sharpness\":[");
  }

  /** 600 rows that a line fits, but for one. */
  private Path outlier() throws IOException {
    StringBuilder text = new StringBuilder("price,rooms,area,town\n");
    for (int i = 0; i < 600; i++) {
      int rooms = 1 + i * 7 % 6;
      int area = 20 * rooms + i * 13 % 30;
      int price = i == 77 ? 9_000_000 : 50_000 * rooms + 1_000 * area;
      text.append(price).append(',').append(rooms).append(',').append(area).append(',');
      text.append(i % 2 == 0 ? "Ulm" : "Bonn").append('\n');
    }
    return Files.writeString(folder.resolve("outlier.csv"), text);
  }

  @Test
  void theRowToBlameIsNamedAsItStandsInTheFile() throws IOException {
    Output output =
        doctor(outlier(), "--targets", "price", "--steps", "1500", "--batch-size", "20");

    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(output.out().replaceAll("\\s+", " "))
        .containsPattern("All \\d+ examined spikes of \\d+ in 1,500 steps: one row, line 79\\.")
        .contains(
            "line 79 of outlier.csv: price 9,000,000, rooms 6, area 131, town Bonn; at the end")
        .contains("In the unit of price: a root mean square error from ")
        .doesNotContain(" 77 ", "[77]", ": 77");
    assertThat(output.out().lines().filter(line -> line.contains("At step"))).hasSize(1);
    assertThat(output.out().lines())
        .allMatch(line -> line.length() <= 80 || line.startsWith("Report"));
    String page = Files.readString(folder.resolve("out/report.html"));
    assertThat(page)
        .contains("batch's loss is as usual: line 79", "\"row\":\"line 79 of outlier.csv: price")
        .contains("What was made of outlier.csv")
        .doesNotContain("as usual: 77");
  }

  @Test
  void spikesAreCountedOnce() throws IOException {
    Output output =
        doctor(outlier(), "--targets", "price", "--steps", "1500", "--batch-size", "20");
    String page = Files.readString(folder.resolve("out/report.html"));

    Matcher said = Pattern.compile("spikes of (\\d+) in 1,500").matcher(output.out());
    assertThat(said.find()).isTrue();
    assertThat(page.split("\"onset\":", -1)).hasSize(Integer.parseInt(said.group(1)) + 1);
  }

  @Test
  void whatWasMadeOfTheFileIsShown() throws IOException {
    Output output = doctor(table(), "--targets", "y", "--steps", "20");

    assertThat(output.out())
        .startsWith(
            """
            column  kind    missing  what was done
            a       number        -  standardized
            b       number        -  standardized
            y       number        -  to predict; standardized: mean""")
        .contains("kind    text          -  2 inputs, 0 or 1: less, more");
  }

  @Test
  void aTrainingInVainIsSaid() throws IOException {
    Output output =
        doctor(
            table(), "--targets", "y", "--steps", "1", "--learning-rate", "1e-12", "--loss", "mae");

    assertThat(output.out().replaceAll("\\s+", " "))
        .contains("1 step is 0.5 of an epoch: not every row was seen.")
        .contains("The loss ", " fell", ": over all rows it was ", " before the training")
        .contains("In the unit of y: a mean absolute error from ");
  }

  @Test
  void namesWithACommaOrAnAt() throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), "@x,\"a, b\",c\n1,2,3\n2,3,1\n3,5,2\n");

    assertThat(doctor(file, "--targets", "@x", "--ignore", "a, b", "--steps", "5").exitCode())
        .isZero();
    assertThat(doctor(file, "--targets", "a, b,@x", "--steps", "5").out())
        .contains("the predictions of a, b lie", "the predictions of @x lie");
  }

  @Test
  void theSameCommandGivesTheSameLosses() throws IOException {
    Path table = table();
    doctor(table, "--label", "kind", "--steps", "50", "--dropout", "0.2");
    String first = Files.readString(folder.resolve("out/losses.csv"));
    doctor(table, "--label", "kind", "--steps", "50", "--dropout", "0.2");

    assertThat(Files.readString(folder.resolve("out/losses.csv"))).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|--label a|table.csv: the file is empty; it needs a header and rows",
        "a,b|--label a|training needs at least two rows of data, there is none",
        "'a,b;1,2'|--label b|training needs at least two rows of data, there is one",
        "'a,b;1,2;3'|--targets b|line 3: the row has 1 value, the header names 2 columns",
        "'a,b;1,2,3;4,5'|--targets b|line 2: the row has 3 values, the header names 2 columns",
        "'a,b;1,2;x,3'|--targets b|line 3: column 'a': 'x' is not a number",
        "'a,b;1,2;1d,3'|--targets b|line 3: column 'a': '1d' is not a number",
        "'a,b;1,2;3,0x1p3'|--targets b|line 3: column 'b': '0x1p3' is not a number",
        "'a,b;1,2;3,y'|--targets b|line 3: column 'b': 'y' is not a number",
        "'a,b;1,2;-inf,3'|--targets b|line 3: column 'a': the value is -inf",
        "'a,b;1,2;1e999,3'|--targets b|line 3: column 'a': the value is 1e999",
        "'a,b;1,2;,3'|--targets b --missing fail|line 3: column 'a': the value is missing ('')",
        "'a,b;1,2;N/A,3'|--targets b --missing fail|line 3: column 'a': the value is missing ('N/A')",
        "'a,b;1,2;?,3'|--targets b --missing drop|of 2 rows 1 is left",
        "'a,b;1,2;3,null'|--targets b|of 2 rows 1 is left",
        "'a,b;1,2;;3,4'|--label c|--label: there is no column 'c'; the columns are a, b",
        "'a,b;1,2;3,4'|--targets a,c|--targets: there is no column 'c'; the columns are a, b",
        "'a,b,c;1,2,3;4,5,6'|--targets b --ignore b|--ignore: column 'b' is what --targets names",
        "'a,b;u,2;3,4;v,2;w,2'|--targets a|column 'a' holds text, such as 'u'; to predict classes",
        "'a,b;1,2;3,4'|--label b --ignore c|--ignore: ",
        "'a,b;1,u;3,u'|--label b|all rows have the label 'u' in column 'b'",
        "'a,b;1,u;3,'|--label b|of 2 rows 1 is left without those that miss a value",
        "'a,b;1,2;3,4'|--targets a,b|no column is left to predict from",
        "'a,a;1,2;3,4'|--label a|line 1: columns 1 and 2 are both named 'a'",
        "'a:b;1:2;3:4'|--label a|is it separated otherwise? Say so with --separator"
      })
  void badDataAreExplainedWithFileAndLine(String content, String options, String message)
      throws IOException {
    Path file = Files.writeString(folder.resolve("table.csv"), content.replace(';', '\n'));

    Output output = doctor(file, options.split(" "));

    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.err()).contains(message).contains("table.csv");
    assertThat(output.err()).doesNotContain("\tat ", "Exception");
    assertThat(output.out()).isEmpty();
  }

  @Test
  void aLineIsCountedWithTheBreaksInQuotes() throws IOException {
    Path file = Files.writeString(folder.resolve("table.csv"), "a,b\n\"1\",\"x\ny\"\n2,z\nq,w\n");

    assertThat(doctor(file, "--label", "b").err()).contains("line 5: column 'a': 'q'");
  }

  @Test
  void theLastLineNeedsNoBreak() throws IOException {
    Path file = Files.writeString(folder.resolve("table.csv"), "a,b\r\n1,x\r\n2,z\r\nq,w");

    assertThat(doctor(file, "--label", "b").err()).contains("line 4: column 'a': 'q'");
  }

  @Test
  void numbersForALabelAreQuestioned() throws IOException {
    StringBuilder text = new StringBuilder("a,b\n");
    for (int i = 0; i < 30; i++) {
      text.append(i).append(',').append(i * 1.5).append('\n');
    }
    Path file = Files.writeString(folder.resolve("table.csv"), text);

    assertThat(doctor(file, "--label", "b").err()).contains("30 labels in 30 rows", "--targets b");
  }

  @Test
  void aMissingFileAndWrongTextAreExplained() throws IOException {
    Path latin = Files.write(folder.resolve("latin.csv"), new byte[] {'a', ',', (byte) 0xE9, '\n'});

    assertThat(doctor(folder.resolve("none.csv"), "--label", "a").err())
        .contains("none.csv: there is no such file");
    assertThat(doctor(latin, "--label", "a").err()).contains("latin.csv: the text is not UTF-8");
    assertThat(doctor(folder, "--label", "a").err()).contains("cannot be read");
  }

  @Test
  void aLossThatIsNotFiniteAtTheFirstStepIsExplained() throws IOException {
    Path file =
        Files.writeString(folder.resolve("table.csv"), "a,b\n1e200,1e200\n-2e200,3e200\n3e200,1\n");

    Output output = doctor(file, "--targets", "b", "--no-standardize");

    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.err()).contains("The loss of the very first step is", "--no-standardize");
  }

  @Test
  void aReportThatCannotBeWrittenLosesNoLosses() throws IOException {
    Files.createDirectories(folder.resolve("out/report.html/in the way"));

    Output output = doctor(table(), "--label", "kind", "--steps", "20");

    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.err())
        .contains("report.html", "a folder of this name is in the way", "finished and kept in")
        .doesNotContain("\tat ");
    assertThat(output.out()).contains("No spikes in 20 steps");
    assertThat(folder.resolve("out/losses.csv")).doesNotExist();
    try (Stream<Path> kept = Files.list(folder.resolve("out"))) {
      Path unfinished =
          kept.filter(path -> path.getFileName().toString().startsWith("unfinished"))
              .findFirst()
              .orElseThrow();
      assertThat(output.err()).contains(unfinished.toString());
      assertThat(Files.readAllLines(unfinished.resolve("losses.csv"))).hasSize(21);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|Nothing to train on: give --data FILE, or --plant CAUSE",
        "--plant outliers --data x.csv|--data and --plant exclude each other",
        "--plant rain|'rain' is none of outliers,",
        "--plant outliers --optimizer sgd|--optimizer has no effect with --plant",
        "--plant outliers --drop-last|--drop-last has no effect with --plant",
        "--data x.csv|What is to be predicted?",
        "--data x.csv --label a --targets b|--label and --targets exclude each other",
        "--data x.csv --targets b --loss cross-entropy|needs classes",
        "--data x.csv --label b --loss mse|needs numbers",
        "--data x.csv --label b --steps 5 --epochs 2|--steps and --epochs exclude each other",
        "--data x.csv --label b --decimal x|'--decimal': must be a point or a comma, got x",
        "--data x.csv --label b --thousands 1|'--thousands': must be a mark",
        "--data x.csv --label b --decimal . --thousands .|are the same; they must differ",
        "--data x.csv --label b --separator ab|must be one character, or tab or space; got 'ab'",
        "--data x.csv --label b --encoding klingon|klingon",
        "--data x.csv --label b --missing guess|must be one of drop, mean, fail; got 'guess'",
        "--data x.csv --label b --max-categories 0|must be at least 1, got 0",
        "--data x.csv --label b --steps 0|'--steps': must be at least 1, got 0",
        "--data x.csv --label b --epochs 0|'--epochs': must be at least 1, got 0",
        "--data x.csv --label b --hidden 5,0|'--hidden': must be at least 1, got [5, 0]",
        "--data x.csv --label b --batch-size 0|'--batch-size': must be at least 1, got 0",
        "--data x.csv --label b --dropout 1|'--dropout': must be in [0, 1), got 1.0",
        "--data x.csv --label b --learning-rate 0|must be positive and finite, got 0.0",
        "--data x.csv --label b --examine -1|must be at least 0, got -1",
        "--data x.csv --label b --optimizer adamm|one of adam, amsgrad, adamw",
        "--data x.csv --label b --loss MSE|one of mse, mae, huber, cross-entropy, got MSE",
        "--data x.csv --label b --steps 99999999999|must be at most 100000000, for the loss of"
      })
  void wrongUsageIsExplainedAndEndsWith2(String options, String message) {
    List<String> args = new ArrayList<>(List.of("doctor", "--out", folder.toString()));
    if (options != null) {
      args.addAll(List.of(options.split(" ")));
    }

    Output output = Output.of(args.toArray(String[]::new));

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.err()).contains(message).doesNotContain("\tat ");
    assertThat(output.err().lines()).hasSizeLessThanOrEqualTo(4);
    assertThat(output.err()).endsWith("All options: ./spikelet doctor --help\n");
  }

  @Test
  void aTrainingOfTooManyEpochsIsRefused() throws IOException {
    Output output = doctor(table(), "--label", "kind", "--epochs", "100000000");

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.err()).contains("'--epochs': must be at most ", ", got 100000000");
  }

  @Test
  void aBatchOfOneRowIsTooSmallForBatchNorm() throws IOException {
    Output output = doctor(table(), "--label", "kind", "--batch-norm", "--batch-size", "13");

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.err()).contains("--batch-norm needs at least two rows", "--drop-last");
  }

  private Path log() throws IOException {
    StringBuilder text = new StringBuilder("step,g_loss,d_loss,lr\n");
    for (int t = 0; t < 300; t++) {
      double loss = Math.exp(-t / 100.0) + 0.1 + 0.01 * Math.sin(7 * t);
      text.append(t).append(',').append(t == 200 ? 9 * loss : loss).append(",1,1e-3\n");
    }
    return Files.writeString(folder.resolve("train.csv"), text);
  }

  @Test
  void aLogIsReadAndNothingTrained() throws IOException {
    Path out = folder.resolve("out");
    Output output =
        Output.of("doctor", "--log", log().toString(), "--loss", "g_loss", "--out", out.toString());

    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(output.out())
        .contains(
            "1 small rise in 300 losses of train.csv.", "1. Rows of one batch (single points).")
        .contains("What this log cannot tell:", "Report: " + out.resolve("report.html"));
    assertThat(output.out().lines())
        .allMatch(line -> line.length() < 80 || line.contains("Report:"));
    assertThat(out.resolve("report.html")).exists();
    assertThat(out.resolve("losses.csv")).doesNotExist();
  }

  @Test
  void severalLossesAreNamed() throws IOException {
    Output output = Output.of("doctor", "--log", log().toString(), "--out", folder.toString());

    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.err())
        .contains(
            "train.csv: several columns could be the loss: g_loss, d_loss. Say which with --loss");
    assertThat(folder.resolve("report.html")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--log x.csv --data y.csv|--data has no effect with --log, which trains nothing; leave it out",
        "--log x.csv --steps 5|--steps has no effect with --log, which trains nothing",
        "--log x.csv --steps-per-epoch 1|'--steps-per-epoch': must be at least 2, got 1",
        "--data x.csv --targets b --steps-per-epoch 9|--steps-per-epoch belongs to --log FILE",
        "--data x.csv --targets b --loss l2|must be one of mse, mae, huber, cross-entropy, got l2"
      })
  void optionsThatDoNotBelongToALogAreRefused(String options, String message) {
    List<String> args = new ArrayList<>(List.of("doctor"));
    args.addAll(List.of(options.split(" ")));
    Output output = Output.of(args.toArray(String[]::new));

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.err()).contains(message);
  }
}
