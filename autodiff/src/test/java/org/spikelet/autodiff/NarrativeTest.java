package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What {@code docs/autodiff.md} tells of y = x · sin x is what happens. */
class NarrativeTest {

  /** Writes down what stands on the tape, as the document does. */
  private static final class Printer implements TapeObserver {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void computed(Tape tape, Operation operation) {
      if (tape.tracks(operation.output())) {
        lines.add(line(tape, operation));
      }
    }

    static String line(Tape tape, Operation operation) {
      String inputs =
          operation.inputs().stream()
              .map(input -> tape.positionOf(input.tensor()))
              .filter(position -> position >= 0)
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
      return String.format(
          Locale.ROOT,
          "%d  %-16s%.4f",
          tape.positionOf(operation.output()),
          operation.name() + (inputs.isEmpty() ? "" : " of " + inputs),
          operation.output().item());
    }
  }

  @Test
  void theTapeHoldsWhatIsPrinted() throws IOException {
    Printer printer = new Printer();
    try (Tape tape = Tape.record(printer)) {
      Tensor x = tape.watch(Tensor.scalar(2));
      printer.lines.add(Printer.line(tape, new Operation("watch", x)));
      Tensor y = x.mul(x.sin());
      assertThat(printer.lines).isEqualTo(printed("forward"));
      printer.lines.clear();

      Gradients first = tape.recordedGradients(y);
      assertThat(printer.lines).isEqualTo(printed("recorded"));
      assertThat(first.of(x).item()).isCloseTo(0.0770, offset(5e-5));
      printer.lines.clear();

      Gradients second = tape.gradients(first.of(x));
      assertThat(printer.lines).isEmpty();
      assertThat(second.of(x).item()).isCloseTo(-2.6509, offset(5e-5));
    }
  }

  /** All Java but the first block, the program, is quoted: from Unary or, the loop, Backward. */
  @Test
  void linesOfTheLibraryAreAsTheyAreThere() throws IOException {
    Path core = Path.of("src/main/java/org/spikelet/autodiff");
    String sources =
        Files.readString(core.resolve("Unary.java"))
            + Files.readString(core.resolve("Backward.java"));
    List<String> quoted = Arrays.stream(text().split("```java\n", -1)).skip(2).toList();

    assertThat(quoted).hasSize(3);
    for (String block : quoted) {
      assertThat(sources).containsIgnoringWhitespaces(block.split("\n```", -1)[0]);
    }
  }

  private static String text() throws IOException {
    return Files.readString(Path.of("../docs/autodiff.md"));
  }

  /** Returns the lines of the block behind a mark in the document. */
  private static List<String> printed(String mark) throws IOException {
    return text()
        .split("<!-- tape: " + mark + " -->\n```\n", -1)[1]
        .split("\n```", -1)[0]
        .lines()
        .toList();
  }
}
