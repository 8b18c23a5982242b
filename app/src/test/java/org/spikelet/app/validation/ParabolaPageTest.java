package org.spikelet.app.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikelet.app.Chromium;

/**
 * The page computes what the recurrence does, to the last bit; skipped without a Chromium. That the
 * recurrence is Adam is {@link OneDimensionTest}'s.
 */
class ParabolaPageTest {

  /** η, β₁, β₂. */
  private static final List<List<Double>> SETTINGS =
      List.of(
          List.of(0.1, 0.9, 0.999),
          List.of(0.01, 0.9, 0.999),
          List.of(0.001, 0.9, 0.999),
          List.of(3.0, 0.9, 0.9995),
          List.of(1.0, 0.9, 0.9999),
          List.of(0.05, 0.9, 0.99),
          List.of(0.1, 0.9, 0.95),
          List.of(0.3, 0.9, 0.9),
          List.of(0.1, 0.5, 0.999),
          List.of(0.01, 0.5, 0.999),
          List.of(0.03, 0.3, 0.98),
          List.of(0.1, 0.0, 0.999),
          List.of(0.02, 0.85, 0.997),
          List.of(0.2, 0.95, 0.993),
          List.of(0.5, 0.99, 0.9993),
          List.of(2.0, 0.7, 0.9997));

  /** Bits of all numbers, low words first, as JavaScript sees them. */
  private static final String SCRIPT =
      """
      const bits = (numbers) => new Uint32Array(numbers.buffer).reduce((h, w) => (Math.imul(h, 31) + w) | 0, 1);
      document.body.textContent = SETTINGS.map((settings) => {
        const run = adamOnParabola(...settings);
        const found = [bits(run.xs), bits(run.divisor), run.onsets.join(" "), firstCrossing(run), run.kind];
        return settings.join(" ") + ": " + found.join(", ");
      }).join("; ") + ";";
      """;

  @TempDir static Path folder;

  @Test
  void thePageHasTheBitsOfTheRecurrence() throws IOException, InterruptedException {
    Chromium.assumeInstalled();
    Path page = folder.resolve("page.html");
    Files.writeString(
        page,
        "<!DOCTYPE html><meta charset=utf-8><body><script>"
            + script()
            + SCRIPT.replace("SETTINGS", SETTINGS.toString())
            + "</script>");

    String dom = Chromium.dom(page, folder, 1280);

    List<String> lines = new ArrayList<>();
    for (String line : dom.substring(dom.indexOf("<body>") + 6).split(";", -1)) {
      lines.add(line.strip());
    }
    assertThat(lines).startsWith(SETTINGS.stream().map(this::expected).toArray(String[]::new));
  }

  private String expected(List<Double> settings) {
    OneDimension run = OneDimension.recurrence(settings.get(0), settings.get(1), settings.get(2));
    int x = 1;
    int divisor = 1;
    for (int t = 0; t < OneDimension.STEPS; t++) {
      x = add(x, run.x(t));
      divisor = add(divisor, run.divisor(t));
    }
    return settings.stream()
            .map(v -> v == Math.rint(v) ? Long.toString(Math.round(v)) : v.toString())
            .collect(Collectors.joining(" "))
        + ": "
        + x
        + ", "
        + divisor
        + ", "
        + run.bursts().stream().map(String::valueOf).collect(Collectors.joining(" "))
        + ", "
        + run.firstCrossing()
        + ", "
        + run.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static int add(int hash, double number) {
    long bits = Double.doubleToRawLongBits(number);
    return (hash * 31 + (int) bits) * 31 + (int) (bits >>> 32);
  }

  private static String script() throws IOException {
    try (InputStream in =
        OneDimension.class.getResourceAsStream("/org/spikelet/app/report/parabola.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
