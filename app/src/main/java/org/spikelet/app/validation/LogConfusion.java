package org.spikelet.app.validation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongFunction;
import org.spikelet.app.log.LogFile;
import org.spikelet.app.opinion.Finding;
import org.spikelet.app.opinion.Hypothesis;
import org.spikelet.app.opinion.Opinion;

/**
 * Which hypotheses the doctor ranks first for logs of trainings in which something was planted.
 *
 * <p>Arguments: {@code known}, {@code unknown} or {@code last} worlds, the first seed, and how many
 * seeds.
 */
final class LogConfusion {

  /** The ranks of the planted hypotheses. */
  record Score(int logs, int first, int second) {
    Score plus(int rank) {
      return new Score(
          logs + 1, first + (rank == 0 ? 1 : 0), second + (rank == 0 || rank == 1 ? 1 : 0));
    }
  }

  private LogConfusion() {}

  /** Prints a line for each log, and the sums. */
  public static void main(String[] args) throws IOException {
    LongFunction<LogWorld> worlds =
        switch (args[0]) {
          case "known" -> LogWorld::known;
          case "unknown" -> LogWorld::unknown;
          default -> LogWorld::last;
        };
    long from = Long.parseLong(args[1]);
    long seeds = Long.parseLong(args[2]);
    System.out.println(measure(worlds, from, seeds, System.out));
    System.out.println(calm(worlds, from, 4 * seeds, System.out) + " calm logs with a rise");
  }

  /** All plants, each with these seeds. */
  static Score measure(LongFunction<LogWorld> worlds, long from, long seeds, PrintStream out)
      throws IOException {
    Score score = new Score(0, 0, 0);
    for (LogPlant plant : LogPlant.values()) {
      long left = plant == LogPlant.CALM ? 0 : seeds;
      for (long seed = from; left > 0 && seed < from + 80 * seeds; seed++) {
        LogWorld world = worlds.apply(1000L * List.of(LogPlant.values()).indexOf(plant) + seed);
        if (plant.needsMore() && !world.style().full()) {
          continue;
        }
        Optional<Opinion> read = opinion(plant, world);
        if (read.isEmpty()) {
          continue;
        }
        left--;
        Opinion opinion = read.get();
        int rank = rank(opinion, plant.expected(world));
        score = score.plus(rank);
        out.println(line(plant, world, rank, opinion));
      }
    }
    return score;
  }

  /** How many calm logs have a rise. */
  static int calm(LongFunction<LogWorld> worlds, long from, long seeds, PrintStream out)
      throws IOException {
    int wrong = 0;
    for (long seed = from; seed < from + seeds; seed++) {
      LogWorld world = worlds.apply(500_000 + seed);
      Opinion opinion = opinion(LogPlant.CALM, world).orElseThrow();
      if (!opinion.calm()) {
        wrong++;
        out.println(line(LogPlant.CALM, world, -1, opinion));
      }
    }
    return wrong;
  }

  private static Optional<Opinion> opinion(LogPlant plant, LogWorld world) throws IOException {
    String keep = System.getProperty("spikelet.logs", "");
    Path file =
        keep.isEmpty()
            ? Files.createTempFile("planted", ".log")
            : Path.of(keep, plant + "-" + world.seed() + ".log");
    try {
      return plant.write(world, file)
          ? Optional.of(Opinion.of(LogFile.read(file, Optional.empty()), OptionalLong.empty()))
          : Optional.empty();
    } finally {
      if (keep.isEmpty()) {
        Files.delete(file);
      }
    }
  }

  private static int rank(Opinion opinion, Set<Hypothesis> expected) {
    List<Hypothesis> ranked = opinion.findings().stream().map(Finding::hypothesis).toList();
    for (int i = 0; i < ranked.size(); i++) {
      if (expected.contains(ranked.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static String line(LogPlant plant, LogWorld world, int rank, Opinion opinion) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : opinion.findings()) {
      text.append(String.format(Locale.ROOT, " %s %.2f", finding.hypothesis(), finding.fit()));
    }
    return String.format(
        Locale.ROOT,
        "%-4s %-15s %6d %-10s k=%d %s",
        rank == 0 ? "ok" : rank == 1 ? "2nd" : "NO",
        plant,
        world.seed(),
        world.style(),
        world.interval(),
        text);
  }
}
