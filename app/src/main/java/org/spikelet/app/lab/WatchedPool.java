package org.spikelet.app.lab;

import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Threads for work that may never end: while somebody waits for a result, the watch is asked every
 * second. What does not end dies with the process.
 *
 * @param <T> what comes out
 */
final class WatchedPool<T> implements AutoCloseable {

  /** Work to do. */
  @FunctionalInterface
  interface Task<T> {
    /** Does it, and gives signs of life. */
    T run(Watch.Running signs) throws Exception;
  }

  /** Something took longer than it may. */
  static final class Overdue extends Exception {
    private static final long serialVersionUID = 1;

    Overdue(String message) {
      super(message);
    }
  }

  private final Watch watch;
  private final ExecutorService threads;
  private final CompletionService<T> done;

  WatchedPool(int count, Watch watch) {
    this.watch = watch;
    this.threads =
        Executors.newFixedThreadPool(
            count,
            work -> {
              Thread thread = new Thread(work, "spikelet-lab");
              thread.setDaemon(true);
              return thread;
            });
    this.done = new ExecutorCompletionService<>(threads);
  }

  /** Does one thing, and returns what comes out. */
  static <T> T call(Watch watch, String words, Task<T> task)
      throws InterruptedException, ExecutionException, Overdue {
    try (WatchedPool<T> pool = new WatchedPool<>(1, watch)) {
      pool.submit(words, task);
      return pool.next(() -> {});
    }
  }

  void submit(String words, Task<T> task) {
    Future<T> unused =
        done.submit(
            () -> {
              try (Watch.Running signs = watch.begin(words)) {
                return task.run(signs);
              }
            });
  }

  /**
   * Waits for the next result, in the order in which they come.
   *
   * @param tick is run every second
   * @throws Overdue if something has taken too long
   */
  T next(Runnable tick) throws InterruptedException, ExecutionException, Overdue {
    while (true) {
      Future<T> result = done.poll(1, TimeUnit.SECONDS);
      if (result != null) {
        return result.get();
      }
      tick.run();
      watch.news().forEach(System.err::println);
      if (watch.overdue().isPresent()) {
        throw new Overdue(watch.overdue().get());
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
