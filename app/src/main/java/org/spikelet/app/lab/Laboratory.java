package org.spikelet.app.lab;

import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.spikelet.app.command.OutputFolder;
import org.spikelet.app.command.Progress;

/**
 * Makes runs, one on each thread, and keeps each result in a file as soon as it is there.
 *
 * <p>A run depends on its recipe and its seed alone, so the results are the same whatever the
 * number of threads and the order.
 */
final class Laboratory {

  /** Telling the bar of every step would only cost time. */
  private static final int TOLD_EVERY = 50;

  private final OutputFolder folder;
  private final Map<Job, Outcome> known;
  private final List<Job> jobs;
  private final AtomicInteger finished;
  private final ReaderCode code;
  private final Watch watch;
  private final AtomicReference<Failed> failure = new AtomicReference<>();

  /**
   * Prepares a laboratory.
   *
   * @param folder keeps the results
   * @param jobs the runs that are wanted
   * @param known those of them that need not be made
   * @param code that a run may come through
   * @param watch looks after the runs
   */
  Laboratory(
      OutputFolder folder, List<Job> jobs, Map<Job, Outcome> known, ReaderCode code, Watch watch) {
    this.folder = folder;
    this.jobs = jobs;
    this.known = known;
    this.code = code;
    this.watch = watch;
    this.finished = new AtomicInteger(known.size());
  }

  /** What came out of a run. */
  private record Result(Job job, Outcome outcome) {}

  /** Why a run came to nothing, on the thread that made it. */
  private static final class Failed extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Job job;

    Failed(Job job, Throwable cause) {
      super(cause);
      this.job = job;
    }
  }

  /**
   * Makes all runs that are not known.
   *
   * @param threads how many at once
   * @return the outcome of each job
   * @throws IOException if a result cannot be kept; those before it are
   */
  Map<Job, Outcome> run(int threads) throws IOException, InterruptedException {
    Map<Job, Outcome> outcomes = new LinkedHashMap<>(known);
    // The longest first: a long run begun last would keep one thread busy alone.
    List<Job> open =
        jobs.stream()
            .filter(job -> !known.containsKey(job))
            .sorted(Comparator.comparingLong(Job::cost).reversed())
            .toList();
    if (open.isEmpty()) {
      return outcomes;
    }
    try (WatchedPool<Result> pool = new WatchedPool<>(threads, watch);
        Progress progress = new Progress("lab", open.stream().mapToLong(Job::allSteps).sum())) {
      open.forEach(job -> pool.submit(job.words(), signs -> make(job, signs, progress)));
      for (int i = 0; i < open.size(); i++) {
        Result result = pool.next(() -> progress.message(counts()));
        outcomes.put(result.job, result.outcome);
      }
      return outcomes;
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (WatchedPool.Overdue e) {
      throw new IllegalStateException(
          e.getMessage() + "\n" + kept() + " Go on with --resume, perhaps with a higher limit.", e);
    }
  }

  private IOException failure(Throwable thrown) {
    if (!(thrown instanceof Failed failed)) {
      throw new IllegalStateException(thrown.getMessage(), thrown);
    }
    Throwable cause = failed.getCause();
    if (cause instanceof IOException && code.place(cause.getStackTrace()).isEmpty()) {
      return new IOException(
          "A result could not be written: "
              + cause.getMessage()
              + " "
              + kept()
              + " Go on with --resume.",
          cause);
    }
    String where =
        String.format(
            "Run %d of %d (%s) failed: ",
            jobs.indexOf(failed.job) + 1, jobs.size(), failed.job.words());
    throw new IllegalStateException(
        where
            + code.explain(cause)
            + "\n"
            + kept()
            + " Go on with --resume."
            + (code.files().isEmpty()
                ? ""
                : " It takes them over as long as the code of the experiment's file is the same."),
        cause);
  }

  private String counts() {
    return finished.get()
        + " of "
        + jobs.size()
        + " runs"
        + watch.oldest().map(words -> ", " + words).orElse("");
  }

  /** Says how many results are kept. */
  String kept() {
    return finished.get()
        + " of "
        + jobs.size()
        + " runs are finished and kept in '"
        + folder.absolute()
        + "'.";
  }

  private Result make(Job job, Watch.Running signs, Progress progress) throws Failed {
    try {
      if (failure.get() != null) {
        throw new CancellationException("another run has failed");
      }
      long[] told = new long[1];
      Outcome outcome =
          Trial.run(
              job.series().recipe(),
              job.seed(),
              job.steps(),
              t -> told[0] += tell(t, signs, progress));
      folder.write(job.file(), file -> OutcomeFile.write(file, job.fingerprint(), outcome));
      finished.incrementAndGet();
      // Not all trainings take all of their steps, and the last few are not told.
      progress.step(Math.max(0, job.allSteps() - told[0]), counts());
      return new Result(job, outcome);
    } catch (Throwable e) {
      failure.compareAndSet(null, new Failed(job, e));
      throw failure.get();
    }
  }

  /** Returns how many steps the bar was told of. */
  private long tell(long t, Watch.Running signs, Progress progress) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("the laboratory was stopped");
    }
    signs.step();
    if (t % TOLD_EVERY != TOLD_EVERY - 1) {
      return 0;
    }
    progress.step(TOLD_EVERY, counts());
    return TOLD_EVERY;
  }
}
