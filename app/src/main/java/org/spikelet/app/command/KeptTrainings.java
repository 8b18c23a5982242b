package org.spikelet.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/**
 * What there is of trainings while a command still runs, in a folder of its own until the report
 * has everything: however the process ends, no finished training is lost, and another call can go
 * on with those that had begun.
 */
public final class KeptTrainings {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  /** The options of the call that has made a folder. */
  private static final String REPORT = "report.html";

  private static final String OPTIONS = "options.txt";

  private static final String TRAINING = ".spk";
  private static final String LOSSES = "losses.csv";

  /** What is called so is the only training there is. */
  public static final String ONLY = "training";

  private final OutputFolder folder;
  private final Arguments arguments;
  private final GivenOptions options;
  private final int total;
  private final Set<String> finished = new ConcurrentSkipListSet<>();
  private final Map<String, Long> begun = new ConcurrentSkipListMap<>();
  private volatile Optional<OutputFolder> unfinished = Optional.empty();
  private volatile boolean resumable;
  private volatile boolean lost;
  private volatile boolean reported;

  /** None yet of so many trainings. */
  public KeptTrainings(OutputFolder folder, Arguments arguments, int total) {
    this.folder = folder;
    this.arguments = arguments;
    this.options = arguments.options();
    this.total = total;
  }

  /** How a call begins. */
  public enum Start {
    /** All trainings are made. */
    ANEW,
    /** Those that are kept are taken over. */
    RESUME
  }

  /**
   * Keeps the trainings so that another call can go on with them.
   *
   * @throws IllegalArgumentException if what is to be taken over has other options: the message
   *     says which
   */
  public void begin(Start start) throws IOException {
    resumable = true;
    if (start == Start.RESUME) {
      resume();
    } else {
      beginAnew();
    }
  }

  /** Takes over what the latest call with the same options has kept, if there is anything. */
  private void resume() throws IOException {
    List<Path> earlier = earlier();
    for (Path path : earlier) {
      if (options.differences(Files.readAllLines(path.resolve(OPTIONS))).isEmpty()) {
        unfinished = Optional.of(folder.inner(path.getFileName().toString()));
        remember(path);
        return;
      }
    }
    if (!earlier.isEmpty()) {
      throw new IllegalArgumentException(
          "What is kept in '"
              + earlier.get(0)
              + "'\nwas begun with other options:\n- "
              + String.join(
                  "\n- ", options.differences(Files.readAllLines(earlier.get(0).resolve(OPTIONS))))
              + "\nTake the same ones, or leave out --resume to begin anew. Nothing is changed.");
    }
    System.err.println("Nothing is kept in '" + folder.absolute() + "'; this begins anew.");
  }

  private void beginAnew() throws IOException {
    List<Path> earlier = earlier();
    if (!earlier.isEmpty()) {
      System.err.println(
          "An earlier call has kept trainings in\n'"
              + earlier.get(0)
              + "'.\nThis begins anew; to go on with them, stop it and add --resume.");
    } else if (Files.exists(folder.path(REPORT))) {
      System.err.println(
          Wrapped.message(
              "'%s' holds a report, which that of this call will replace; to keep it, choose another --out."
                  .formatted(folder.absolute())));
    }
  }

  /** Those of earlier calls, the latest first. */
  private List<Path> earlier() throws IOException {
    try (Stream<Path> paths = Files.list(folder.absolute())) {
      return paths
          .filter(path -> path.getFileName().toString().startsWith(FolderFiles.UNFINISHED))
          .filter(path -> Files.isRegularFile(path.resolve(OPTIONS)))
          .sorted((a, b) -> b.compareTo(a))
          .toList();
    }
  }

  private void remember(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(LOSSES)) {
          finished.add(without(name, LOSSES));
        } else if (name.endsWith(TRAINING)) {
          begun.put(without(name, TRAINING), -1L);
        }
      }
    }
  }

  private static String without(String name, String end) {
    String training = name.substring(0, name.length() - end.length()).replaceAll("-$", "");
    return training.isEmpty() ? ONLY : training;
  }

  /** Returns the file in which a training is kept that has begun; empty if none is taken over. */
  public Optional<Path> begun(String training) {
    return unfinished
        .map(kept -> kept.path(file(training)))
        .filter(path -> resumable && Files.isRegularFile(path));
  }

  /** Returns whether a training is to be kept while it runs. */
  public boolean isResumable() {
    return resumable;
  }

  /** Keeps a training that runs. If there is no room the command goes on. */
  public void keep(String training, long steps, OutputFolder.Saver saver) {
    if (attempt(kept -> kept.save(file(training), saver))) {
      begun.put(training, steps);
    }
  }

  /** Remembers that a training cannot be taken over. */
  public void notTakenOver(String training) {
    begun.remove(training);
    finished.remove(training);
  }

  /** Remembers to where a training that is taken over has come. */
  public void takenOver(String training, long steps) {
    begun.put(training, steps);
  }

  private static String file(String training) {
    return training + TRAINING;
  }

  /** Keeps the losses of a training that has ended. If there is no room the command goes on. */
  public void finish(String training, OutputFolder.Content losses) {
    String name = training.equals(ONLY) ? LOSSES : training + "-" + LOSSES;
    if (attempt(kept -> kept.write(name, losses))) {
      finished.add(training);
    }
  }

  /** Keeps something beside the trainings. */
  public void keepToo(String name, OutputFolder.Content content) {
    attempt(kept -> kept.write(name, content));
  }

  @FunctionalInterface
  private interface Attempt {
    void in(OutputFolder kept) throws IOException;
  }

  private boolean attempt(Attempt attempt) {
    try {
      attempt.in(unfinished());
      return true;
    } catch (IOException e) {
      if (!lost) {
        System.err.println(
            "The command goes on, but keeps nothing until its end: " + e.getMessage());
      }
      lost = true;
      return false;
    }
  }

  private synchronized OutputFolder unfinished() throws IOException {
    if (unfinished.isEmpty()) {
      OutputFolder made = folder.inner(unusedName());
      if (resumable) {
        made.write(OPTIONS, out -> out.write(options.text()));
      }
      unfinished = Optional.of(made);
    }
    return unfinished.get();
  }

  /** That of another command that did not end well stays. */
  private String unusedName() {
    String name = FolderFiles.UNFINISHED + LocalDateTime.now(ZoneId.systemDefault()).format(TIME);
    String unused = name;
    for (int k = 2; Files.exists(folder.path(unused)); k++) {
      unused = name + "-" + k;
    }
    return unused;
  }

  /**
   * Writes the report and all that belongs to it, and lets go what is kept: it is in there.
   *
   * @throws IOException if that fails; the message also says what is kept
   */
  public void report(List<OutputFolder.Document> documents) throws IOException {
    try {
      folder.writeTogether(documents);
    } catch (IOException e) {
      throw new IOException(e.getMessage() + " " + words(), e);
    }
    reported = true;
    if (unfinished.isPresent()) {
      unfinished.get().delete();
    }
  }

  /**
   * Says what is kept, where, and how to go on. Waits for nobody: a process that ends has no time.
   */
  public String words() {
    if (reported) {
      return "Everything is finished and in '" + folder.absolute() + "'.";
    }
    Map<String, Long> running = new TreeMap<>(begun);
    running.keySet().removeAll(finished);
    Optional<Path> where = unfinished.map(OutputFolder::absolute);
    if (where.isEmpty() || (finished.isEmpty() && running.isEmpty())) {
      return total == 1
          ? "The training was not finished, and nothing is kept.%nBegin anew with: %s"
              .formatted(again(false))
          : "None of the %d trainings was finished, and nothing is kept.%nBegin anew with: %s"
              .formatted(total, again(false));
    }
    return "%s in%n'%s'.%n%s: %s"
        .formatted(
            total == 1 ? ofOne(running) : ofMany(running),
            where.get(),
            resumable ? "Go on with" : "Begin anew with",
            again(resumable));
  }

  private static String ofOne(Map<String, Long> running) {
    return running.isEmpty()
        ? "The training is finished and kept"
        : "The training is kept" + steps(running.values().iterator().next());
  }

  private String ofMany(Map<String, Long> running) {
    String done = finished.size() + " of " + total + " trainings are finished";
    if (running.isEmpty()) {
      return done + " and kept";
    }
    List<String> words = new ArrayList<>();
    running.forEach((name, steps) -> words.add(name + steps(steps)));
    return done + ".\nKept: " + String.join(", ", words) + ",";
  }

  private static String steps(long steps) {
    return steps < 0 ? "" : String.format(Locale.ROOT, " up to step %,d", steps);
  }

  private String again(boolean resume) {
    List<String> words = new ArrayList<>(arguments.given());
    if (resume && !words.contains("--resume")) {
      words.add("--resume");
    }
    return Arguments.line(words);
  }
}
