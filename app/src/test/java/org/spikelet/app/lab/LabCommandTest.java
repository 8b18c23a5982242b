package org.spikelet.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikelet.app.Output;

class LabCommandTest {

  private static final String CLAIM = "heavy-tails";

  @TempDir Path folder;

  private static Output lab(Path out, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "lab", "--only", CLAIM, "--steps", "120", "--seeds", "2", "--out", out.toString()));
    args.addAll(List.of(more));
    return Output.of(args.toArray(String[]::new));
  }

  /** The runs' files by name. */
  private static Map<String, String> runs(Path out) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(out.resolve("runs"))) {
      for (Path path : paths.toList()) {
        files.put(path.getFileName().toString(), Files.readString(path));
      }
    }
    return files;
  }

  @Test
  void listNamesEveryExperiment() {
    Output output = Output.of("lab", "--list");

    assertThat(output.exitCode()).isZero();
    Claims.ALL.forEach(each -> assertThat(output.out()).contains(each.claim().name()));
    assertThat(output.out().replaceAll("\n +", " "))
        .contains(Claims.ALL.stream().map(each -> each.claim().words()).toList());
    assertThat(output.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void resultsDoNotDependOnTheNumberOfThreads() throws IOException {
    Output one = lab(folder.resolve("1"), "--threads", "1");
    Output three = lab(folder.resolve("3"), "--threads", "3");

    assertThat(one.exitCode()).as(one.err()).isZero();
    assertThat(three.exitCode()).as(three.err()).isZero();
    assertThat(one.out()).contains(CLAIM, "report.html");
    assertThat(one.out().lines()).allMatch(line -> line.contains("/") || line.length() <= 80);
    assertThat(runs(folder.resolve("1"))).hasSize(8).isEqualTo(runs(folder.resolve("3")));
    assertThat(Files.readString(folder.resolve("1/report.html")))
        .isEqualTo(Files.readString(folder.resolve("3/report.html")));
  }

  /** The finding itself, on shorter runs: what is clipped or computed from logits stays finite. */
  @Test
  void theLogarithmOfZeroIsFoundOut() {
    Output output =
        Output.of(
            "lab",
            "--only",
            "log-of-zero",
            "--steps",
            "1010",
            "--seeds",
            "2",
            "--out",
            folder.toString());

    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(output.out()).containsPattern("log-of-zero +supported +1.00 \\[1.00, 1.00]");
  }

  @Test
  void resumeMakesOnlyWhatIsMissingOrDamaged() throws IOException {
    lab(folder);
    Map<String, String> whole = runs(folder);
    Path missing = folder.resolve("runs/flagship-adam-1.json");
    Path damaged = folder.resolve("runs/flagship-adam-2.json");
    Path kept = folder.resolve("runs/winsorised-adam-1.json");
    Files.delete(missing);
    Files.writeString(damaged, Files.readString(damaged).substring(0, 40));
    FileTime longAgo = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(kept, longAgo);

    Output output = lab(folder, "--resume");

    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(output.err())
        .contains("1 of 8 files", "damaged; their runs are made anew: flagship-adam-2.json");
    assertThat(runs(folder)).isEqualTo(whole);
    assertThat(Files.getLastModifiedTime(kept)).isEqualTo(longAgo);
  }

  @Test
  void filesOfEarlierVersionsAreSaidAndTheirRunsMadeAnew() throws IOException {
    lab(folder);
    Map<String, String> whole = runs(folder);
    for (String name : whole.keySet()) {
      Files.writeString(
          folder.resolve("runs").resolve(name),
          whole.get(name).replaceFirst(",\"checksum\":\"[0-9a-f]{64}\"", ""));
    }

    Output output = lab(folder, "--resume");

    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(output.err()).contains("8 of 8 files", "without a checksum", ", ...");
    assertThat(runs(folder)).isEqualTo(whole);
  }

  @Test
  void aFolderThatWasUsedBeforeIsSaidToBe() throws IOException {
    assertThat(lab(folder).err()).doesNotContain("earlier call");
    assertThat(lab(folder).err())
        .contains("holds runs of an earlier call. They are made anew", "add --resume");
    assertThat(lab(folder, "--resume").err()).doesNotContain("earlier call", "% [");
    assertThat(
            Output.of("lab", "--only", "log-of-zero", "--steps", "20", "--out", "" + folder).err())
        .contains("holds the report of another call, which is replaced", "another --out");
  }

  @Test
  void fewSeedsAreAProvisionalVerdict() throws IOException {
    lab(folder);
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("\"banner\":\"Only 2 seeds. The verdicts are provisional.\"");
    Output.of("lab", "--only", CLAIM, "--steps", "60", "--seeds", "5", "--out", folder.toString());
    assertThat(Files.readString(folder.resolve("report.html"))).doesNotContain("\"banner\":");
  }

  @Test
  void theLastLineOfProgressSaysThatAllIsDone() {
    Output output = lab(folder);
    assertThat(output.err()).contains("lab 100%").doesNotContain("lab   0%");
    assertThat(output.err().lines().filter(line -> line.startsWith("lab ")))
        .last()
        .asString()
        .startsWith("lab 100%");
  }

  @Test
  void withoutResumeEverythingIsMadeAnew() throws IOException {
    lab(folder);
    Path run = folder.resolve("runs/flagship-adam-1.json");
    FileTime longAgo = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(run, longAgo);

    lab(folder);

    assertThat(Files.getLastModifiedTime(run)).isNotEqualTo(longAgo);
  }

  @Test
  void aResultThatCannotBeWrittenEndsTheRunAndKeepsTheOthers() throws IOException {
    // A folder in the place of the file, as good as a full disk.
    Path blocked = folder.resolve("runs/winsorised-sgd-0.02-2.json");
    Files.createDirectories(blocked.resolve("in the way"));

    Output output = lab(folder, "--threads", "1");

    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.err())
        .contains("could not be written", blocked.toString(), "a folder of this name is in the way")
        .contains("runs are finished and kept", "--resume")
        .doesNotContain("\tat ");
    Files.delete(blocked.resolve("in the way"));
    Files.delete(blocked);
    assertThat(runs(folder)).isNotEmpty().hasSizeLessThan(8);
    assertThat(lab(folder, "--resume").exitCode()).isZero();
    assertThat(runs(folder)).hasSize(8);
  }

  @Test
  void aReportThatCannotBeWrittenLosesNoRun() throws IOException {
    Files.createDirectories(folder.resolve("report.html/in the way"));

    Output output = lab(folder);

    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.err())
        .contains("report.html", "a folder of this name is in the way", "8 of 8 runs", "--resume")
        .doesNotContain("\tat ");
    assertThat(output.out()).contains("verdict", CLAIM);
    assertThat(runs(folder)).hasSize(8);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "--only=nonsense, \"must be a name that --list shows, got 'nonsense'\"",
        "--seeds=0, \"must be at least 1, got 0\"",
        "--steps=0, \"must be at least 1, got 0\"",
        "--threads=0, \"must be at least 1, got 0\"",
        "--seeds=x, Invalid value for option '--seeds'"
      })
  void wrongUsageIsExplainedAndEndsWith2(String argument, String message) {
    Output output = Output.of("lab", argument, "--out", folder.toString());

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.err()).contains(message).doesNotContain("\tat ");
  }
}
