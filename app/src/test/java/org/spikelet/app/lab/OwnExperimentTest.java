package org.spikelet.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikelet.app.Output;

/** {@code lab --experiment}, from the file to the table. */
class OwnExperimentTest {

  private static final Path EXAMPLE = Path.of("../docs/LabelSmoothing.java");

  @TempDir Path folder;

  private Output lab(Path file, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
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
                out().toString()));
    args.addAll(List.of(more));
    return Output.of(args.toArray(String[]::new));
  }

  private Path out() {
    return folder.resolve("the report");
  }

  private List<String> runs() throws IOException {
    try (Stream<Path> files = Files.list(out().resolve("runs"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theExampleOfTheDocumentsGivesVerdictTableAndReport() throws IOException {
    Output output = lab(EXAMPLE);

    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(output.out())
        .containsPattern("verdict +effect \\[95 %] +end loss\\n")
        .containsPattern("label-smoothing +(supported|refuted|undetermined) +-?\\d\\.\\d\\d \\[");
    assertThat(runs())
        .containsExactly(
            "LabelSmoothing.plain-adam-1.json",
            "LabelSmoothing.plain-adam-2.json",
            "LabelSmoothing.smoothed-adam-1.json",
            "LabelSmoothing.smoothed-adam-2.json");
    assertThat(Files.readString(out().resolve("report.html")))
        .contains("Experiments of LabelSmoothing.java", "“Label smoothing takes the spikes away.”")
        .contains("--only label-smoothing --seeds 2 --steps 20");
  }

  /** Nothing between the fences of the page is another than what is tested here. */
  @Test
  void thePageShowsTheExample() throws IOException {
    assertThat(Files.readString(Path.of("../docs/experiments.md")))
        .contains("```java\n" + Files.readString(EXAMPLE) + "```");
  }

  @Test
  void listNamesTheClaimsAndMakesNoFolder() {
    Output output = lab(EXAMPLE, "--list");

    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(output.out()).contains("label-smoothing", "Label smoothing takes the spikes away.");
    assertThat(out()).doesNotExist();
  }

  @Test
  void whatTheFilePrintsIsNotInTheTable() throws IOException {
    Path file =
        Experiments.loss(
            folder,
            "Prints",
            "(y, t) -> { System.out.println(\"here\"); return Losses.huber(y, t); }");

    Output output = lab(file);

    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(output.out()).contains("another-loss").doesNotContain("here");
    assertThat(output.err()).contains("here");
  }

  @Test
  void anErrorInARunIsSaidWithTheLineAndWhatIsKeptAndResumeGoesOn() throws IOException {
    // Counted outside of the file, so that the second command goes on after the failure: the
    // rehearsal calls the loss 9 times, the first run 20 times.
    Path file =
        Experiments.loss(
            folder,
            "Fails",
            """
            (y, t) -> {
              int calls = Integer.getInteger("calls", 0) + 1;
              System.setProperty("calls", String.valueOf(calls));
              if (calls == 35) {
                throw new AssertionError("broken");
              }
              return Losses.huber(y, t);
            }""");
    System.clearProperty("calls");
    try {
      Output broken = lab(file);

      assertThat(broken.exitCode()).isEqualTo(1);
      assertThat(broken.err())
          .contains(
              "Run 2 of 4 (Fails.another-adam, seed 2) failed: Fails.java:14: AssertionError: broken")
          .contains("    throw new AssertionError(\"broken\");")
          .contains("1 of 4 runs are finished and kept in '" + out().resolve("runs"), "--resume")
          .doesNotContain("\tat ");
      Path kept = out().resolve("runs/Fails.another-adam-1.json");
      FileTime longAgo = FileTime.fromMillis(1_000_000);
      Files.setLastModifiedTime(kept, longAgo);

      Output resumed = lab(file, "--resume");

      assertThat(resumed.exitCode()).as(resumed.err()).isZero();
      assertThat(runs()).hasSize(4);
      assertThat(Files.getLastModifiedTime(kept)).isEqualTo(longAgo);
    } finally {
      System.clearProperty("calls");
    }
  }

  @Test
  void resumeTakesRunsOverUnlessTheCodeHasChanged() throws IOException {
    Path file = Experiments.loss(folder, "Mine", "(y, t) -> Losses.huber(y, t)");
    Output first = lab(file);
    assertThat(first.exitCode()).as(first.err()).isZero();

    Files.writeString(file, "// A comment.\n\n" + Files.readString(file));
    Output commented = lab(file, "--resume");
    Files.writeString(file, Files.readString(file).replace("huber(y, t)", "huber(y, t).mul(2)"));
    Output changed = lab(file, "--resume");

    assertThat(commented.exitCode()).as(commented.err()).isZero();
    assertThat(commented.err()).doesNotContain("made anew");
    assertThat(table(commented)).isEqualTo(table(first));
    assertThat(changed.exitCode()).as(changed.err()).isZero();
    assertThat(changed.err())
        .contains("4 of 4 files", "of another version of the experiment's file", "made anew");
    assertThat(table(changed)).isNotEqualTo(table(first));
  }

  /** All but the seconds that it took. */
  private static String table(Output output) {
    return output.out().replaceFirst("\\d+ s\\s*$", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(y, t) -> Losses.huber(y, t).mul(Math.random()) | The training 'another-adam' gives other"
            + " losses each time, though its seed is the same",
        "(y, t) -> y.sub(t) | The training 'another-adam' fails in its first steps:",
        "(y, t) -> y.matmul(t).sum() | fails in its first steps: Mine.java:10:"
            + " IllegalArgumentException: matmul: inner dimensions differ"
      })
  void whatTheFirstStepsShowIsSaidBeforeAnyRun(String loss, String words) throws IOException {
    Output output = lab(Experiments.loss(folder, "Mine", loss));

    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.err()).contains(words);
    assertThat(out().resolve("runs")).doesNotExist();
  }

  @Test
  void copiesOfOneRunAreNoEvidence() throws IOException {
    Path file =
        Experiments.write(
            folder,
            "Copies",
            """
              public List<Claim> claims() {
                Setup fixed =
                    Setup.of(
                        "fixed",
                        Data.of("rows", Data.NORMAL.problem(1).data()),
                        Model.of(
                            "net",
                            random -> Model.PLAIN.net(1),
                            Losses::meanSquaredError))
                        .withBatchSize(256);
                return List.of(
                    Claim.of("copies", "W.")
                        .with(fixed.adam())
                        .without(fixed.sgd())
                        .brings(Measure.SPIKES));
              }
            """);

    assertThat(lab(file).err()).contains("gives the same losses with the seeds 1 and 2");
    assertThat(
            Output.of("lab", "--experiment", file.toString(), "--list", "--seeds", "1").exitCode())
        .isZero();
  }

  @Test
  void namesThatWouldMixRunsUpAreRefused() throws IOException {
    Path file =
        Experiments.claims(
            folder,
            "Names",
            """
            Claim.of("adam", "W.").with(plain.adam()).without(plain.sgd()).brings(Measure.SPIKES),
            Claim.of("one", "W.")
                .with(plain.named("x").withBatchSize(8).adam())
                .without(plain.adam())
                .brings(Measure.SPIKES),
            Claim.of("one", "W.")
                .with(plain.named("x").withBatchSize(9).adam())
                .without(plain.named("y").adam())
                .brings(Measure.SPIKES),
            Claim.of("none", "W.")
                .with(plain.named("y").adam())
                .without(plain.adam())
                .brings(Measure.SPIKES)""");

    assertThat(lab(file).err())
        .contains("The claim 'adam' has the name of one of the laboratory's own")
        .contains("Two claims are called 'one'")
        .contains(
            "Two trainings are called 'x-adam', but are not the same: they differ in batch size")
        .contains(
            "The claim 'none' compares y-adam with flagship-adam, which differ in their names");
  }

  @Test
  void aFullBatchHasNoLastBatchToTellFromOthers() throws IOException {
    Path file =
        Experiments.claims(
            folder,
            "Full",
            """
            Claim.of("last", "W.")
                .with(Setup.COMPANION.adam())
                .without(Setup.COMPANION.adam())
                .brings(Measure.AT_LAST_BATCH, Measure.AT_OTHER_BATCHES)""");

    assertThat(lab(file).err()).contains("In the training 'companion-adam' an epoch has one batch");
  }

  @Test
  void severalDifferencesAndTwoYardsticksAreSaidInTheReportToo() throws IOException {
    Path file =
        Experiments.claims(
            folder,
            "Both",
            """
            Claim.of("both", "W.")
                .with(plain.named("x").withBatchSize(8).withLoss((y, t) -> Losses.huber(y, t)).adam())
                .without(plain.adam())
                .brings(Measure.SPIKES)""");

    Output output = lab(file);

    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(output.err()).contains("differ in 2 things, loss and batch size");
    assertThat(Files.readString(out().resolve("report.html")))
        .contains("differ in 2 things, loss and batch size", "measured by its own loss");
  }

  @Test
  void filesOfTheSameNameAreRefused() throws IOException {
    Path one = Experiments.loss(folder.resolve("1"), "Mine", "(y, t) -> Losses.huber(y, t)");
    Path two = Experiments.loss(folder.resolve("2"), "Mine", "(y, t) -> Losses.huber(y, t)");

    assertThat(lab(one, "--experiment", two.toString()).err())
        .contains("Two files have the same name");
  }
}
