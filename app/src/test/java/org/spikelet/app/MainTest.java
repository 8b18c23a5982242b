package org.spikelet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.app.command.OutputFolder;

class MainTest {

  @TempDir Path folder;

  @Test
  void helpNamesEveryCommand() {
    Output output = Output.of("--help");

    assertThat(output.exitCode()).isZero();
    assertThat(output.out())
        .contains("spikes", "lab", "doctor", "learn", "01", "02", "03", "04", "05", "06");
  }

  @Test
  void helpOfTheFlagshipNamesEveryOptionWithItsDefault() {
    Output output = Output.of("spikes", "--help");

    assertThat(output.exitCode()).isZero();
    assertThat(output.out())
        .contains("--steps", "--seed", "--batch-size", "--learning-rate")
        .contains("--drop-last", "--out", "--quick", "--examine", "--help")
        .contains("10000", "8000", "32", "0.001", "spikes-report");
  }

  @Test
  void versionIsPrinted() {
    Output output = Output.of("--version");

    assertThat(output.exitCode()).isZero();
    assertThat(output.out()).startsWith("Spikelet ").contains("Java " + Runtime.version());
  }

  @Test
  void optionsWithoutCommandGoToTheFlagship() {
    Output output = Output.of("--batch-size", "0");

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.err()).contains("--batch-size").contains("spikelet spikes");
  }

  @ParameterizedTest
  @CsvSource({
    "--nonsense, Unknown option: '--nonsense'",
    "--steps=0, 'Invalid value for option '--steps': must be at least 1, got 0'",
    "--steps=-3, 'must be at least 1, got -3'",
    "--steps=ten, 'Invalid value for option '--steps': must be a whole number; got 'ten''",
    "--batch-size=0, 'Invalid value for option '--batch-size': must be at least 1, got 0'",
    "--batch-size=-32, 'must be at least 1, got -32'",
    "--learning-rate=-0.1, 'Invalid value for option '--learning-rate'",
    "--learning-rate=NaN, 'must be positive and finite, got NaN'",
    "--learning-rate=Infinity, 'must be positive and finite, got Infinity'",
    "--seed=x, 'Invalid value for option '--seed'",
    "--out, Missing required parameter for option '--out'"
  })
  void wrongUsageIsExplainedAndEndsWith2(String argument, String message) {
    Output output = Output.of("spikes", argument);

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.err()).contains(message.replaceAll("^'|'$", ""));
    assertThat(output.err()).doesNotContain("\tat ", "Exception");
    assertThat(output.out()).isEmpty();
  }

  @Test
  void anUnknownCommandIsExplained() {
    Output output = Output.of("spike");

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.err())
        .contains("no command 'spike' (did you mean spikes?)", "Commands: spikes, lab");
  }

  @ParameterizedTest
  @CsvSource({
    "doctor --dta table.csv, '--dta' (did you mean --data?)",
    "--qick, '--qick' (did you mean --quick?)",
    "lab --seed=3, '--seed' (did you mean --seeds?)",
    "01 more, Unexpected argument: 'more'",
    "frobnicate, There is no command 'frobnicate'",
    "lab --seeds 2.5, must be a whole number; got '2.5'",
    "doctor --learning-rate fast, must be a number; got 'fast'",
  })
  void whatWasMeantIsSaidIfItIsLikely(String arguments, String message) {
    Output output = Output.of(arguments.split(" "));

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.err()).contains(message);
    assertThat(output.err().lines()).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void aFolderThatCannotBeWrittenIsRefusedBeforeTheTraining() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");

    Output output = Output.of("spikes", "--out", file.resolve("report").toString());

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.err())
        .contains("'--out'", file.toString(), "choose one that you may write to")
        .doesNotContain("\tat ", "% [");
    assertThat(Files.readString(file)).isEqualTo("in the way");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "spikes", "lab", "doctor", "learn", "01"})
  void helpNamesTheExitCodes(String command) {
    Output output = Output.of((command + " --help").strip().split(" "));

    assertThat(output.exitCode()).isZero();
    assertThat(output.out()).containsPattern("0 +all went well").contains("130", "143");
  }

  /** Picocli would read the file's lines as arguments, and say them. */
  @ParameterizedTest
  @ValueSource(strings = {"", "spikes ", "lab --only ", "doctor "})
  void anArgumentWithAnAtSignIsNoFileOfArguments(String command) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "confidential content");

    Output output = Output.of((command + "@" + file).split(" "));

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.err()).contains("@" + file).doesNotContain("confidential");
  }

  @Test
  void aFolderThatIsAFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");

    Output output = Output.of("spikes", "--out", file.toString());

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.err()).contains("a file of this name is in the way");
  }

  @Test
  void aLinkThatLeadsNowhereIsRefused() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));

    Output output = Output.of("spikes", "--out", link.toString());

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.err()).contains("a symbolic link that leads nowhere");
  }

  @Test
  void aFolderThatAnotherCommandHasIsRefusedBeforeTheTraining() throws IOException {
    try (OutputFolder taken = OutputFolder.open(folder, "./spikelet lab")) {
      Output output = Output.of("spikes", "--out", taken.absolute().toString());

      assertThat(output.exitCode()).isEqualTo(1);
      assertThat(output.err())
          .contains("is in use by another command", "--out")
          .doesNotContain("Usage", "% [");
    }
  }
}
