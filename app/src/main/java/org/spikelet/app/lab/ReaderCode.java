package org.spikelet.app.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.spikelet.app.command.Wrapped;

/**
 * All files of readers that a command has to do with; none for the laboratory's own claims.
 *
 * @param files the files, compiled
 */
record ReaderCode(List<ExperimentFile> files) {

  /**
   * Compiles files. Nothing of them is run.
   *
   * @throws BadExperiment if one cannot be an experiment; the message has all that is wrong
   */
  static ReaderCode compile(List<Path> paths) {
    List<ExperimentFile> files = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (Path path : paths) {
      try {
        files.add(ExperimentFile.compile(path));
      } catch (BadExperiment e) {
        wrong.add(e.getMessage());
      }
    }
    List<String> prefixes = files.stream().map(file -> file.source().prefix()).toList();
    if (prefixes.stream().distinct().count() < prefixes.size()) {
      wrong.add(
          "Two files have the same name ("
              + files.stream().map(ExperimentFile::name).collect(Collectors.joining(", "))
              + "), and would share their runs' files; give each a name of its own.");
    }
    if (!wrong.isEmpty()) {
      throw new BadExperiment(String.join("\n", wrong));
    }
    return new ReaderCode(files);
  }

  /**
   * Asks the files for their claims, and tries them out: runs code of the files.
   *
   * @param settings what was chosen for all claims
   * @throws BadExperiment if the claims cannot be tested
   */
  List<Case> cases(Watch watch, Plan.Settings settings) throws InterruptedException {
    try {
      return WatchedPool.call(watch, "The experiment's file", signs -> cases(signs, settings));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BadExperiment bad) {
        throw bad;
      }
      throw new BadExperiment(explain(e.getCause()) + "\nNothing was run.");
    } catch (WatchedPool.Overdue e) {
      throw new BadExperiment(e.getMessage() + "\nNothing was run.");
    }
  }

  private List<Case> cases(Watch.Running signs, Plan.Settings settings) {
    List<Case> cases = files.stream().flatMap(file -> file.cases().stream()).toList();
    int most = cases.stream().mapToInt(each -> settings.seeds(each.claim())).max().orElse(1);
    new Rehearsal(cases, most, this::explain).check(signs);
    for (Case each : cases) {
      Caveats.of(each.claim(), settings.seeds(each.claim()))
          .forEach(
              words ->
                  System.err.println(
                      Wrapped.message("Claim '" + each.claim().name() + "': " + words)));
    }
    return cases;
  }

  /** Returns the heading of a report. */
  String title() {
    return "Experiments of "
        + files.stream().map(ExperimentFile::name).collect(Collectors.joining(", "));
  }

  /** Returns file and line of the innermost of these calls that is in a file. */
  Optional<String> place(StackTraceElement... trace) {
    return files.stream().flatMap(file -> file.place(trace).stream()).findFirst();
  }

  /** Returns what went wrong, with the line if it came through a file. */
  String explain(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      for (ExperimentFile file : files) {
        if (file.place(each.getStackTrace()).isPresent()) {
          return file.explain(thrown);
        }
      }
    }
    return files.isEmpty() && thrown.getMessage() != null
        ? thrown.getMessage()
        : thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
  }

  /** Returns the line that ends the program at this moment, if one does. */
  Optional<String> exitCall() {
    return Thread.getAllStackTraces().values().stream()
        .filter(
            trace ->
                Arrays.stream(trace)
                    .anyMatch(
                        frame ->
                            frame.getClassName().equals("java.lang.Runtime")
                                && frame.getMethodName().equals("exit")))
        .flatMap(trace -> place(trace).stream())
        .findFirst();
  }
}
