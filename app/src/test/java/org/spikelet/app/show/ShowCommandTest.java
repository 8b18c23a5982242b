package org.spikelet.app.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.app.Output;

/** {@code spikelet show}, run as a command. */
class ShowCommandTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"01", "02", "03", "04", "05", "06", "07", "08", "question"})
  void eachProgramHasAPageAndATable(String program) throws IOException {
    Path page = folder.resolve("tape.html");
    Output written = Output.of("show", program, "--out", page.toString());

    assertThat(written.exitCode()).as(written.err()).isZero();
    assertThat(written.out()).startsWith("Page: " + page + " (").hasLineCount(2);
    assertThat(page).content().contains("the tape of step 1</title>", "\"type\":\"added\"");
    assertThat(Files.size(page)).isLessThan(1_000_000);

    Output table = Output.of("show", program, "--text");
    assertThat(table.exitCode()).isZero();
    assertThat(table.out()).contains("Walk back 1, from t");
    assertThat(table.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void theLinesOfTheProgramsAreQuoted() throws IOException {
    Path page = folder.resolve("tape.html");
    Output.of("show", "03", "--out", page.toString());
    assertThat(page).content().contains("Losses.binaryCrossEntropy(net.forward(inputs), targets)");

    Output.of("show", "question", "--out", page.toString());
    assertThat(page).content().contains("Tensor prediction = net.forward(batch.inputs());");
  }

  @Test
  void aLaterStepIsShown() {
    String first = Output.of("show", "question", "--text").out();
    Output later = Output.of("show", "question", "--step", "100", "--text");

    assertThat(later.out()).contains("the tape of step 100");
    assertThat(loss(later.out())).isLessThan(loss(first));
  }

  /** Of the last operation before the walk back. */
  private static double loss(String table) {
    String line =
        table
            .lines()
            .takeWhile(text -> !text.startsWith("Walk"))
            .filter(text -> !text.isBlank())
            .reduce("", (before, text) -> text);
    return Double.parseDouble(line.substring(line.lastIndexOf(' ')));
  }

  /** Example 04 has 520 steps, and then writes its picture into the current folder. */
  @Test
  void theProgramEndsWithTheStep() {
    Path picture = Path.of("moons.png");
    assertThat(picture).doesNotExist();

    Output output = Output.of("show", "04", "--step", "500", "--text");

    assertThat(output.exitCode()).isZero();
    assertThat(output.out()).startsWith("Example 04").doesNotContain("epoch");
    assertThat(picture).doesNotExist();
  }

  @Test
  void whatCannotBeShownIsSaid() {
    assertThat(Output.of("show", "09").err())
        .contains("There is no program '09' to show. Choose one of 01, 02,", "question.");
    assertThat(Output.of("show", "02", "--step", "100").err())
        .contains("--step", "must be at most 61, for the program takes no more, got 100");
    Output none = Output.of("show", "03", "--step", "0");
    assertThat(none.err()).contains("must be from 1 to 500, got 0");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(Output.of("show", "03", "--text", "--out", "x.html").err())
        .contains("leave out --out or --text");
    assertThat(Path.of("x.html")).doesNotExist();
  }

  @Test
  void anotherFileIsLeftAsItIs() throws IOException {
    Path mine = Files.writeString(folder.resolve("mine.html"), "mine");

    Output output = Output.of("show", "03", "--out", mine.toString());

    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.err()).contains(mine.toString(), "left as it is").hasLineCount(1);
    assertThat(mine).hasContent("mine");
  }

  @Test
  void aFolderThatIsNotThereIsSaidSo() {
    Output output = Output.of("show", "03", "--out", folder.resolve("none/tape.html").toString());

    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.err()).contains("there is no such folder").hasLineCount(1);
  }
}
