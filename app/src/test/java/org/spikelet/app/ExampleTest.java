package org.spikelet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The numbered programs, run as commands. */
class ExampleTest {

  private static final Pattern FILE = Pattern.compile("Example(\\d\\d)\\w+\\.java");

  @Test
  void number() {
    Output output = run("01");

    double derivative = number(output, "dy/dx += (\\S+)");
    assertThat(derivative).isEqualTo(4 * Math.sin(2) + 4 * Math.cos(2));
    double second = number(output, "d²y/dx² += (\\S+)");
    assertThat(second).isCloseTo(8 * Math.cos(2) - 2 * Math.sin(2), within(1e-14));
  }

  @Test
  void line() {
    Output output = run("02");

    assertThat(number(output, "step 60 .* y = (\\S+) x")).isCloseTo(3, within(0.05));
    assertThat(number(output, "step 60 .* x (\\S+)")).isCloseTo(-1, within(0.05));
  }

  @Test
  void xor() {
    Output output = run("03");

    assertThat(number(output, "0 xor 0 .* says (\\S+)")).isLessThan(0.05);
    assertThat(number(output, "0 xor 1 .* says (\\S+)")).isGreaterThan(0.95);
    assertThat(number(output, "1 xor 0 .* says (\\S+)")).isGreaterThan(0.95);
    assertThat(number(output, "1 xor 1 .* says (\\S+)")).isLessThan(0.05);
  }

  @Test
  void digits() {
    assertThat(number(run("05"), "right on 449 held-out pictures: (\\S+) %")).isGreaterThan(95);
  }

  @Test
  void penguins() {
    Output output = run("06");

    assertThat(output.out())
        .contains("344 penguins; 2 left out, for they were not measured; 9 of unknown sex kept");
    assertThat(number(output, "held-out penguins: (\\S+) %")).isGreaterThan(95);
  }

  @Test
  void names() {
    Output output = run("07");

    assertThat(number(output, "step 6000 +loss (\\S+) on held-out names")).isLessThan(2.15);
    assertThat(output.out()).containsPattern("made up:\\n(  [a-z]+.*\\n){10}$");
  }

  @Test
  void gpt() {
    Output output = run("08");

    assertThat(number(output, "step 1000 +loss (\\S+) on held-out names")).isLessThan(2.55);
    assertThat(number(output, "step  600 +loss (\\S+) on held-out names")).isLessThan(2.25);
    String[] parts = output.out().split("made up:\n", -1);
    assertThat(parts).hasSize(3);
    for (String names : List.of(parts[1], parts[2])) {
      assertThat(names.lines().limit(10)).hasSize(10).allMatch(name -> name.startsWith("  "));
    }
  }

  /** A new program is only reached if the list has it, and only found if the README has it. */
  @Test
  void everyProgramIsInTheListAndInTheReadme() throws IOException {
    Path examples = Path.of("../examples/src/main/java/org/spikelet/examples");
    List<String> ids = Example.ALL.stream().map(Example::id).toList();
    try (Stream<Path> files = Files.list(examples)) {
      assertThat(
              files
                  .map(file -> FILE.matcher(file.getFileName().toString()))
                  .filter(Matcher::matches)
                  .map(file -> file.group(1))
                  .sorted())
          .as(
              "the numbers of the files Example….java in %s: add a new program to Example.ALL, in"
                  + " the order of the numbers",
              examples)
          .containsExactlyElementsOf(ids);
    }
    String readme = Files.readString(Path.of("../README.md"));
    assertThat(ids)
        .as("programs with a row `./spikelet …` in the table of README.md")
        .allMatch(id -> readme.contains("| `./spikelet " + id + "` |"));
  }

  @Test
  void eachHasHelp() {
    for (Example example : Example.ALL) {
      Output output = Output.of(example.id(), "--help");

      assertThat(output.exitCode()).isZero();
      assertThat(output.out()).contains("spikelet " + example.id(), example.title());
    }
  }

  private static Output run(String id) {
    Output output = Output.of(id);
    assertThat(output.err()).isEmpty();
    assertThat(output.exitCode()).isZero();
    return output;
  }

  private static double number(Output output, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(output.out());
    assertThat(matcher.find()).as("%s in %s", pattern, output.out()).isTrue();
    return Double.parseDouble(matcher.group(1));
  }

  private static Offset<Double> within(double tolerance) {
    return Offset.offset(tolerance);
  }
}
