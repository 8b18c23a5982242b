import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Makes the table of a comparison from its times: lines of round, contender, setting and
 * microseconds, with tabs between.
 *
 * <p>A cell has the median of the rounds; and for all but the first contender, by which it is
 * divided, the median of the ratios of the same round. The last column is the first contender's
 * share of the processor's peak, the second argument, in GFLOP/s.
 */
final class Table {

  /** Setting, contender, round: microseconds. */
  private final Map<String, Map<String, Map<String, Double>>> times = new LinkedHashMap<>();

  private final Set<String> contenders = new LinkedHashSet<>();

  public static void main(String[] arguments) throws IOException {
    Table table = new Table();
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      String[] cells = line.split("\t", -1);
      table.contenders.add(cells[1]);
      table
          .times
          .computeIfAbsent(cells[2], setting -> new LinkedHashMap<>())
          .computeIfAbsent(cells[1], contender -> new LinkedHashMap<>())
          .put(cells[0], Double.valueOf(cells[3]));
    }
    table.print(Double.parseDouble(arguments[1]));
  }

  private void print(double peak) {
    System.out.println("| | " + String.join(" | ", contenders) + " | share of the peak |");
    System.out.println("|---" + "|---".repeat(contenders.size() + 1) + "|");
    String first = contenders.iterator().next();
    times.forEach(
        (setting, row) -> {
          List<String> cells = new ArrayList<>();
          for (String contender : contenders) {
            Map<String, Double> rounds = row.get(contender);
            cells.add(
                rounds == null ? "" : cell(setting, rounds, row.getOrDefault(first, Map.of())));
          }
          cells.add(share(setting, row.getOrDefault(first, Map.of()), peak));
          System.out.println("| " + name(setting) + " | " + String.join(" | ", cells) + " |");
        });
  }

  private static String share(String setting, Map<String, Double> times, double peak) {
    double flops = flops(setting);
    return flops == 0 || times.isEmpty()
        ? "–"
        : String.format(Locale.ROOT, "%.0f %%", 100 * flops / median(times) / 1000 / peak);
  }

  /** Returns the floating-point operations of the products; 0 where they are not counted. */
  private static double flops(String setting) {
    if (setting.startsWith("matmul ")) {
      double n = Double.parseDouble(setting.substring(7));
      return 2 * n * n * n;
    }
    if (!setting.contains(" x ")) {
      return 0;
    }
    String[] sides = setting.split(" x ", -1);
    double[] widths = Arrays.stream(sides[0].split("-", -1)).mapToDouble(Double::parseDouble).toArray();
    double weights = 0;
    for (int i = 1; i < widths.length; i++) {
      weights += widths[i - 1] * widths[i];
    }
    // Forward, and back to the weights and to the inputs, but not to those of the first layer.
    return 2 * Double.parseDouble(sides[1]) * (3 * weights - widths[0] * widths[1]);
  }

  private static double median(Map<String, Double> times) {
    return median(times.values().stream().mapToDouble(t -> t).toArray());
  }

  private static String name(String setting) {
    return setting.startsWith("matmul ")
        ? setting.replace("matmul ", "matmul, n = ")
        : setting.replace(" x ", ", b = ");
  }

  private static String cell(String setting, Map<String, Double> times, Map<String, Double> first) {
    double median = median(times);
    String time =
        median < 1000
            ? String.format(Locale.ROOT, "%.0f µs", median)
            : String.format(Locale.ROOT, median < 10_000 ? "%.2f ms" : "%.1f ms", median / 1000);
    if (setting.startsWith("matmul ")) {
      double n = Double.parseDouble(setting.substring(7));
      time += String.format(Locale.ROOT, ", %.1f GFLOP/s", 2 * n * n * n / median / 1000);
    }
    double[] ratios =
        times.keySet().stream()
            .filter(first::containsKey)
            .mapToDouble(round -> times.get(round) / first.get(round))
            .toArray();
    return times == first || ratios.length == 0
        ? time
        : time + String.format(Locale.ROOT, " (%.2f ×)", median(ratios));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int half = values.length / 2;
    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }
}
