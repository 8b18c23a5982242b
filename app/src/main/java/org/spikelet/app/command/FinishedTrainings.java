package org.spikelet.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is finished while a command still runs, in a folder of its own until the report has
 * everything: however the process ends, no finished training is lost.
 */
public final class FinishedTrainings {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final OutputFolder folder;
  private final int total;
  private final AtomicInteger kept = new AtomicInteger();
  private volatile Optional<OutputFolder> unfinished = Optional.empty();
  private volatile boolean lost;
  private volatile boolean reported;

  /** None yet of so many trainings. */
  public FinishedTrainings(OutputFolder folder, int total) {
    this.folder = folder;
    this.total = total;
  }

  /** Keeps what came out of one more training. If there is no room the command goes on. */
  public void keep(String name, OutputFolder.Content content) {
    if (keepToo(name, content)) {
      kept.incrementAndGet();
    }
  }

  /** Keeps something beside the trainings; returns whether there was room. */
  public boolean keepToo(String name, OutputFolder.Content content) {
    try {
      unfinished().write(name, content);
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
      unfinished = Optional.of(folder.inner(unusedName()));
    }
    return unfinished.get();
  }

  /** That of another command that did not end well stays. */
  private String unusedName() {
    String name = OutputFolder.UNFINISHED + LocalDateTime.now(ZoneId.systemDefault()).format(TIME);
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

  /** Says what is kept, and where. Waits for nobody: a process that ends has no time. */
  public String words() {
    if (reported) {
      return "Everything is finished and in '" + folder.absolute() + "'.";
    }
    Optional<Path> where = unfinished.map(OutputFolder::absolute);
    int count = kept.get();
    if (count == 0 || where.isEmpty()) {
      return total == 1
          ? "The training was not finished, and nothing is kept."
          : "None of the " + total + " trainings was finished, and nothing is kept.";
    }
    return (total == 1
            ? "The training is finished and kept in '"
            : count + " of " + total + " trainings are finished and kept in '")
        + where.get()
        + "'.";
  }
}
