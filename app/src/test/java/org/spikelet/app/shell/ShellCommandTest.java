package org.spikelet.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.spikelet.app.Output;

/** {@code spikelet shell}, fed through a pipe. */
class ShellCommandTest {

  private static final String KEYBOARD = "spikelet.keyboard";
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private final InputStream before = System.in;

  @BeforeEach
  void thereIsNoKeyboard() {
    System.setProperty(KEYBOARD, "false");
  }

  @AfterEach
  void asBefore() {
    System.clearProperty(KEYBOARD);
    System.setIn(before);
  }

  private static Output shell(String... lines) {
    return shellOf(String.join("\n", lines) + "\n");
  }

  private static Output shellOf(String text) {
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    return Output.of("shell");
  }

  /** And a tape may stay open from one line to the next: all of them run on one thread. */
  @Test
  void theLibraryIsImportedAndPrintsWell() {
    Output output =
        shell(
            "System.out.println(Tensor.vector(1, 2, 3).square())",
            "Module net = Sequential.of(Dense.of(3, 4, new SplittableRandom(1)), Activation.TANH)",
            "System.out.println(net)",
            "System.out.println(new Adam(net.parameters()).getClass().getSimpleName() + \" é\")",
            "Tape tape = Tape.record()",
            "Tensor w = tape.watch(Tensor.scalar(3))",
            "Tensor y = w.square()",
            "System.out.println(tape.gradients(y).of(w).item())");

    assertThat(output.err()).isEmpty();
    assertThat(output.out().lines())
        .containsExactly(
            "Tensor(3) [1.0, 4.0, 9.0]",
            "Sequential, 16 to train",
            "  0: Dense 3→4",
            "  1: TANH",
            "Adam é",
            "6.0");
    assertThat(output.exitCode()).isZero();
  }

  @Test
  void theThreeLinesOfTheGreetingRun() throws IOException {
    String greeting =
        Files.readString(Path.of("src/main/resources/org/spikelet/app/shell/greeting.txt"));
    List<String> lines =
        greeting.lines().filter(line -> line.startsWith("  ")).map(String::strip).toList();
    assertThat(lines).hasSize(3);

    Output output = shell(lines.toArray(String[]::new));

    assertThat(output.err()).isEmpty();
    assertThat(output.out()).contains("matmul(c1, weight)", "gives dweight");
  }

  @Test
  void theExitCodeTellsOfAFailedLine() {
    Output wrong =
        shell(
            "int a = \"a\";",
            "Tensor.vector(1, 2).matmul(Tensor.vector(1, 2, 3))",
            "System.out.println(1 + 1)");
    assertThat(wrong.err()).contains("incompatible types", "matmul: inner dimensions differ");
    assertThat(wrong.out()).isEqualToIgnoringNewLines("2");
    assertThat(wrong.exitCode()).isEqualTo(1);

    assertThat(shell("/exit 3").exitCode()).isEqualTo(3);
  }

  @Test
  void whatIsNotRunIsSaidAndTheCodeIsNotZero() {
    Output gone = shell("System.out.println(1)", "System.exit(0)", "System.out.println(2)");
    assertThat(gone.out()).startsWith("1\n").doesNotContain("2\n");
    assertThat(gone.err()).contains("lines after that were not", "'/exit 3'");
    assertThat(gone.exitCode()).isEqualTo(1);

    Output unfinished = shell("System.out.println(1)", "int f() {", "System.out.println(2);");
    assertThat(unfinished.out()).isEqualToIgnoringNewLines("1");
    assertThat(unfinished.err()).contains("The input ends within a snippet, which was not run.");
    assertThat(unfinished.exitCode()).isEqualTo(1);
  }

  /** Nor are lines after it read; and a last line needs no end. */
  @Test
  void anExitIsNoUnfinishedInput() {
    for (Output output :
        List.of(shell("/exit", "int f() {"), shellOf("/exit"), shellOf("int a = 1"), shellOf(""))) {
      assertThat(output).isEqualTo(new Output(0, "", ""));
    }
    assertThat(shellOf("/exit 99").exitCode()).isEqualTo(99);
  }

  /** All blocks of the README that are no test and no quotation, one after the other. */
  @Test
  void theReadmesSnippetsRunAsTheyStand() throws IOException {
    List<String> lines = new ArrayList<>();
    // What they take as given.
    lines.add(
        "Dataset data = new Dataset(Tensor.ones(Shape.of(8, 14)), Tensor.zeros(Shape.of(8)))");
    lines.add("Tensor x = data.inputs(), t = data.targets()");
    int blocks = 0;
    for (String block : blocks("README.md")) {
      if (block.startsWith("/**") || block.contains("jqwik") || block.contains("@Property")) {
        continue;
      }
      blocks++;
      lines.add(block);
      if (block.contains("class FirstNet")) {
        lines.add("FirstNet.main(new String[0])");
      }
      if (block.contains("class Cube ")) {
        lines.add("Tensor cube(Tensor x) { return Cube.cube(x); }");
      }
    }
    lines.add("System.out.println(sharpest.value() >= 0)");
    assertThat(blocks).isGreaterThanOrEqualTo(6);

    Output output = shell(lines.toArray(String[]::new));

    assertThat(output.err()).isEmpty();
    assertThat(output.out()).contains("right on held-out rows: ").endsWith("true\n");
    assertThat(output.exitCode()).isZero();
  }

  @Test
  void theSnippetsOnTheTapeRunAsTheyStand() throws IOException {
    List<String> blocks = blocks("docs/tape-viewer.md");
    assertThat(blocks).hasSizeGreaterThanOrEqualTo(2);

    Output output = shell(blocks.toArray(String[]::new));

    assertThat(output.err()).isEmpty();
    assertThat(output.out()).contains("Walk back 1");
    assertThat(output.exitCode()).isZero();
  }

  private static List<String> blocks(String page) throws IOException {
    return BLOCK
        .matcher(Files.readString(Path.of("..").resolve(page)))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
