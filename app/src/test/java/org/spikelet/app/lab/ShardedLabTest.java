package org.spikelet.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.app.Output;

/** {@code lab --shard}: parts of the runs, joined by {@code --resume}. */
class ShardedLabTest {

  private static final List<String> EXPERIMENT =
      List.of("lab", "--only", "heavy-tails,adam", "--steps", "120", "--seeds", "3");

  @TempDir Path folder;

  private Output lab(String out, String... more) {
    List<String> args = new ArrayList<>(EXPERIMENT);
    args.addAll(List.of("--out", folder.resolve(out).toString()));
    args.addAll(List.of(more));
    return Output.of(args.toArray(String[]::new));
  }

  private String report(String out) throws IOException {
    return Files.readString(folder.resolve(out).resolve("report.html"));
  }

  /** The table alone. */
  private static String table(Output output) {
    return output.out().substring(0, output.out().indexOf("Report:"));
  }

  @Test
  void fourShardsJoinedGiveTheSameTableAndReportAsOnePiece() throws IOException {
    Output whole = lab("whole");
    for (int index = 1; index <= 4; index++) {
      Output shard = lab("parts", "--shard", index + "/4");
      assertThat(shard.exitCode()).as(shard.err()).isZero();
      assertThat(shard.out())
          .contains("Shard " + index + "/4: 3 of 3 runs are finished", "--resume")
          .doesNotContain("verdict");
    }

    Output joined = lab("parts", "--resume");

    assertThat(joined.exitCode()).as(joined.err()).isZero();
    assertThat(table(joined)).isEqualTo(table(whole)).contains("heavy-tails", "adam");
    assertThat(report("parts")).isEqualTo(report("whole"));
    try (Stream<Path> made = Files.list(folder.resolve("parts/runs"))) {
      assertThat(made).as("runs that the join has made").isEmpty();
    }
  }

  @Test
  void missingRunsAreNamedWithTheCommandForThem() throws IOException {
    for (int index : new int[] {1, 2, 4}) {
      lab("parts", "--shard", index + "/4");
    }
    Files.delete(folder.resolve("parts/shards/2-of-4/flagship-adam-2.json"));

    Output joined = lab("parts", "--resume");

    assertThat(joined.exitCode()).isEqualTo(1);
    assertThat(joined.err())
        .contains("4 of 12 runs are missing in '" + folder.resolve("parts"))
        .contains("--shard 2/4 --resume", "1 run: flagship-adam, seed 2")
        .contains("--shard 3/4 --resume", "3 runs: ")
        .doesNotContain("--shard 1/4", "--shard 4/4");
    assertThat(joined.out()).doesNotContain("verdict");

    lab("parts", "--shard", "2/4", "--resume");
    lab("parts", "--shard", "3/4", "--resume");

    assertThat(lab("parts", "--resume").exitCode()).isZero();
  }

  @Test
  void aShardTakesItsOwnRunsOver() throws IOException {
    lab("parts", "--shard", "1/2");
    Path kept = folder.resolve("parts/shards/1-of-2");
    List<Path> before;
    try (Stream<Path> files = Files.list(kept)) {
      before = files.sorted().toList();
    }
    Files.delete(before.get(0));

    Output again = lab("parts", "--shard", "1/2", "--resume");

    assertThat(again.exitCode()).as(again.err()).isZero();
    try (Stream<Path> files = Files.list(kept)) {
      assertThat(files.sorted().toList()).isEqualTo(before).hasSize(6);
    }
  }

  @Test
  void aShardWithoutRunsIsNoError() {
    Output output = lab("parts", "--shard", "13/13");

    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(output.out()).contains("Shard 13/13: 0 of 0 runs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/4", "5/4", "1/0", "a/b"})
  void whatIsNoPartIsRefused(String value) {
    Output output = lab("parts", "--shard", value);

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.err())
        .contains(
            "'--shard'", "must be K/N with K from 1 to N, such as 3/16", "got '" + value + "'");
    assertThat(folder.resolve("parts")).doesNotExist();
  }
}
