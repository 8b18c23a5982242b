package org.spikelet.app.learn.check;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.spikelet.app.command.Wrapped;

/**
 * Ends a process whose work does not end, or is ended by the work itself, and says by which line.
 *
 * <p>The limit is on the time of the processor, so that a slow or busy machine ends nothing that
 * would have come to its end; only a thread that waits is measured by the clock.
 */
public final class Limit {

  /** The exit code of a process in which there was no memory left to say so. */
  public static final int OUT_OF_MEMORY = 77;

  private static final long LOOKS_EVERY_MS = 50;

  /** For somebody who waits, this is how many times the limit of the processor's time. */
  private static final int PATIENCE = 6;

  private final Thread work;
  private final String className;
  private final Duration limit;
  private final Path file;
  private final AtomicBoolean told = new AtomicBoolean();

  /** What to do when all is done. */
  interface Last {
    void run() throws IOException;
  }

  private Limit(Thread work, String className, Duration limit, Path file) {
    this.work = work;
    this.className = className;
    this.limit = limit;
    this.file = file;
  }

  /**
   * Begins to look at a thread.
   *
   * @param className the class of the course that is checked
   */
  static Limit on(Thread work, String className, Duration limit, Path file) {
    Limit made = new Limit(work, className, limit, file);
    Runtime.getRuntime().addShutdownHook(new Thread(made::ended));
    Thread watch = new Thread(made::watch);
    watch.setDaemon(true);
    watch.start();
    return made;
  }

  /** Does what is last, and ends the process, whatever threads there still are. */
  void finish(Last last) throws IOException {
    if (told.compareAndSet(false, true)) {
      last.run();
      Runtime.getRuntime().halt(0);
    }
  }

  private void watch() {
    long begin = System.nanoTime();
    try {
      while (worked().compareTo(limit) < 0
          && System.nanoTime() - begin < PATIENCE * limit.toNanos()) {
        TimeUnit.MILLISECONDS.sleep(LOOKS_EVERY_MS);
      }
    } catch (InterruptedException e) {
      return; // nobody interrupts it but the end of the process
    } catch (OutOfMemoryError e) {
      Runtime.getRuntime().halt(OUT_OF_MEMORY); // the learner's code may catch its own for ever
    }
    tell(
        "endless",
        Checker.place(className, work.getStackTrace())
            + ": still running after "
            + limit.toSeconds()
            + " s, where a check takes less than 5. Does a loop never end, or is the same work"
            + " done again and again?");
  }

  private static Duration worked() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Somebody called System.exit. */
  private void ended() {
    String place =
        Thread.getAllStackTraces().values().stream()
            .filter(
                trace ->
                    Arrays.stream(trace)
                        .anyMatch(frame -> frame.getClassName().equals("java.lang.Runtime")))
            .map(trace -> Checker.place(className, trace))
            .findFirst()
            .orElse("It");
    tell(
        "exit",
        place + ": ends the program by System.exit. Return, or throw an exception, instead.");
  }

  private void tell(String hint, String words) {
    try {
      finish(() -> new Result(false, hint, Wrapped.text(words, 0) + "\n").write(file));
    } catch (IOException e) {
      Runtime.getRuntime().halt(1);
    }
  }
}
