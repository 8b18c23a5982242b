package org.spikelet.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.app.Output;

/** What the doctor prints of targets of unusual size. */
class FiguresTest {

  @TempDir Path folder;

  private Output doctor(String header, IntFunction<String> row, String... more) throws IOException {
    String text =
        IntStream.range(0, 60).mapToObj(row).collect(Collectors.joining("\n", header + "\n", "\n"));
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    List<String> args =
        new ArrayList<>(
            List.of("doctor", "--data", file.toString(), "--hidden", "4", "--steps", "60"));
    args.addAll(List.of("--out", folder.resolve("out").toString()));
    args.addAll(List.of(more));
    return Output.of(args.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "497123.4, 9e5, '497,000'",
    "2003.44, 6, 2003.4",
    "2003.44, 60, '2,003'",
    "1e9, 0.002, '1,000,000,000'",
    "1000000000.00214, 0.002, '1,000,000,000.0021'",
    "1.7e15, 3e12, '1.7000e+15'",
    "0, 5, 0",
    "Infinity, Infinity, Infinity"
  })
  void asManyDigitsAsTellNumbersApart(double x, double deviation, String words) {
    assertThat(Numbers.among(deviation, x).replace(",", "")).isEqualTo(words.replace(",", ""));
  }

  @Test
  void yearsAreNotRoundedToDecades() throws IOException {
    Output output = doctor("a,year", i -> Math.sin(i) + "," + (2001 + i % 9), "--targets", "year");

    Matcher range =
        Pattern.compile("lie\\s+from\\s+([\\d,.]+)\\s+to\\s+([\\d,.]+)").matcher(output.out());
    assertThat(range.find()).as(output.out() + output.err()).isTrue();
    assertThat(List.of(range.group(1), range.group(2)))
        .allSatisfy(year -> assertThat(year).containsPattern("\\d,\\d{3}\\.\\d"));
  }

  @Test
  void theFirstStepsAreComparedWithNothing() throws IOException {
    Output output = doctor("a,y", i -> Math.sin(i) + "," + i % 9, "--targets", "y");

    assertThat(output.out().replaceAll("\\s+", " "))
        .contains(
            "No spikes in 60 steps: behind the first 50, which are compared with nothing, the loss"
                + " never rose by ln 2");
  }

  @Test
  void moreTargetsThanAreTold() throws IOException {
    IntFunction<String> row =
        i ->
            IntStream.range(0, 6)
                .mapToObj(k -> "" + i * (k + 1) % 7)
                .collect(Collectors.joining(","));
    Output five = doctor("q,r,s,t,u,v", row, "--targets", "r,s,t,u,v");
    Output four = doctor("q,r,s,t,u,v", row, "--targets", "r,s,t,u");

    assertThat(five.out()).contains("Of the 5 targets these are the first 4.");
    assertThat(four.out()).contains("redictions of u").doesNotContain("targets these");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4", "8", "16"})
  void squaresThatOverflowWhileItTrains(String batch) throws IOException {
    Output output =
        doctor(
            "a,y",
            i -> Math.sin(i) + "," + (i == 30 ? "1e300" : i % 9),
            "--targets",
            "y",
            "--no-standardize",
            "--batch-size",
            batch);

    assertThat(output.out()).contains("not finite");
    assertThat(output.exitCode()).as(output.err()).isZero();
  }
}
