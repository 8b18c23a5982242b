package org.spikelet.app.spikes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikelet.app.Output;

class SpikesCommandTest {

  private static final int STEPS = 60;

  @TempDir Path folder;

  private Output run(Path out, String... more) {
    List<String> args =
        Stream.concat(
                Stream.of(
                    "spikes", "--steps", "" + STEPS, "--examine", "0", "--out", out.toString()),
                Stream.of(more))
            .toList();
    Output output = Output.of(args.toArray(String[]::new));
    assertThat(output.exitCode()).as(output.err()).isZero();
    return output;
  }

  @Test
  void writesReportPicturesAndLosses() throws IOException {
    Output output = run(folder.resolve("new/folder"));

    Path out = folder.resolve("new/folder");
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "report.html",
              "flagship.png",
              "flagship-losses.csv",
              "companion.png",
              "companion-losses.csv");
    }
    assertThat(ImageIO.read(out.resolve("flagship.png").toFile()).getWidth()).isEqualTo(1200);
    List<String> rows = Files.readAllLines(out.resolve("flagship-losses.csv"));
    assertThat(rows).hasSize(STEPS + 1).first().isEqualTo("step,Adam,SGD");
    assertThat(rows.get(STEPS)).startsWith((STEPS - 1) + ",");
    assertThat(output.out())
        .contains("flagship   Adam", "flagship   SGD", "companion  Adam", "companion  SGD")
        .contains("Report: " + out.resolve("report.html"));
  }

  @Test
  void theReportIsOnePageThatAsksForNothingElse() throws IOException {
    run(folder, "--seed", "7", "--batch-size", "16", "--learning-rate", "0.002", "--drop-last");

    String page = Files.readString(folder.resolve("report.html"));
    assertThat(page.length()).isLessThan(2_000_000);
    assertThat(page).doesNotContain("{{").doesNotContainPattern("(src|href)=\"(?!data:)");
    String data = page.substring(page.indexOf("id=\"data\">") + 10);
    data = data.substring(0, data.indexOf("</script>"));
    assertThat(data)
        .contains(
            "./spikelet spikes --seed 7 --steps 60 --batch-size 16 --learning-rate 0.002"
                + " --examine 0 --drop-last");
    assertThat(countLosses(data)).isEqualTo(4 * STEPS);
  }

  private static int countLosses(String data) throws IOException {
    int count = 0;
    boolean losses = false;
    try (JsonParser json = new JsonFactory().createParser(data)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          losses = json.currentName().equals("losses");
        } else if (losses && token.isNumeric()) {
          count++;
        }
      }
    }
    return count;
  }

  @Test
  void theHighestSpikesAreExaminedAndTheAnswerSaysWhatTheyAre() throws IOException {
    Output output =
        Output.of(
            "spikes",
            "--seed",
            "2",
            "--steps",
            "150",
            "--examine",
            "1",
            "--out",
            folder.toString());

    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains(
            "One training with each optimizer, from one seed. Heavy-tailed data",
            "What replays of the highest spikes, with one thing changed at a time, point to. Heavy-tailed data")
        .contains("\"entry\":{\"causes\":[", "\"reproduced\":true");
  }

  @Test
  void theSameSeedGivesTheSameLosses() throws IOException {
    run(folder.resolve("a"));
    run(folder.resolve("b"));
    run(folder.resolve("c"), "--seed", "2");

    for (String file : List.of("flagship-losses.csv", "companion-losses.csv")) {
      byte[] first = Files.readAllBytes(folder.resolve("a").resolve(file));
      assertThat(Files.readAllBytes(folder.resolve("b").resolve(file))).isEqualTo(first);
      assertThat(Files.readAllBytes(folder.resolve("c").resolve(file))).isNotEqualTo(first);
    }
  }

  @Test
  void bothOptimizersStartFromTheSameWeightsAndBatch() throws IOException {
    run(folder);

    for (String file : List.of("flagship-losses.csv", "companion-losses.csv")) {
      String[] first = Files.readAllLines(folder.resolve(file)).get(1).split(",", -1);
      assertThat(first[1]).isEqualTo(first[2]);
    }
  }

  @Test
  void aDivergingRunIsReportedNotHidden() throws IOException {
    Output output = run(folder, "--learning-rate", "1e300");

    assertThat(output.out()).containsPattern("flagship +Adam.* diverged ");
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("null")
        .containsPattern("Adam has [^,]* and diverges, SGD has no spikes");
  }
}
