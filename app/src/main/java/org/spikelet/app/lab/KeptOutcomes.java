package org.spikelet.app.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The results of finished runs in a folder: its own and those of its shards. */
final class KeptOutcomes {

  /** The folder of the runs that are made in one piece. */
  static final String RUNS = "runs";

  /** Of many files only the first few are named. */
  private static final int NAMED = 3;

  private final Path folder;
  private final List<Path> shards;
  private final Map<OutcomeFile.State, List<String>> unusable =
      new EnumMap<>(OutcomeFile.State.class);

  /** Those in this folder. */
  KeptOutcomes(Path folder) {
    this.folder = folder;
    this.shards = shards(folder.resolve(Shard.FOLDER));
  }

  private static List<Path> shards(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> Shard.count(file.getFileName().toString()) > 0).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("'" + folder + "' cannot be read: " + e.getMessage(), e);
    }
  }

  /** Returns of how many parts the shards there are; 0 if there are none. */
  int shards() {
    return shards.stream()
        .mapToInt(file -> Shard.count(file.getFileName().toString()))
        .max()
        .orElse(0);
  }

  /** Returns the outcomes that can be used. */
  Map<Job, Outcome> of(List<Job> jobs) {
    Map<Job, Outcome> outcomes = new LinkedHashMap<>();
    for (Job job : jobs) {
      find(job).ifPresent(outcome -> outcomes.put(job, outcome));
    }
    return outcomes;
  }

  /** Whether there is a file of one of these runs, in the folder of those that are made in one. */
  boolean exist(List<Job> jobs) {
    return jobs.stream().anyMatch(job -> Files.exists(folder.resolve(RUNS).resolve(job.file())));
  }

  private Optional<Outcome> find(Job job) {
    OutcomeFile.State state = OutcomeFile.State.MISSING;
    for (Path path : Stream.concat(Stream.of(folder.resolve(RUNS)), shards.stream()).toList()) {
      OutcomeFile.Content content = OutcomeFile.read(path.resolve(job.file()), job.fingerprint());
      if (content.outcome().isPresent()) {
        return content.outcome();
      }
      if (content.state() != OutcomeFile.State.MISSING) {
        state = content.state();
      }
    }
    if (state != OutcomeFile.State.MISSING) {
      unusable.computeIfAbsent(state, unused -> new ArrayList<>()).add(job.file());
    }
    return Optional.empty();
  }

  /** Says which files were there and could not be used: a line for each reason. */
  void sayWhatIsMadeAnew(PrintStream out, int total) {
    unusable.forEach(
        (state, files) ->
            out.printf(
                "%d of %d files in '%s' are %s; their runs are made anew: %s%s%n",
                files.size(),
                total,
                folder.toAbsolutePath().normalize(),
                state.words(),
                String.join(", ", files.subList(0, Math.min(NAMED, files.size()))),
                files.size() > NAMED ? ", ..." : ""));
  }
}
