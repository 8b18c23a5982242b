package org.spikelet.autodiff.kernels;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Threads that take tasks from a queue. They start when there is something to do and end when there
 * has been nothing for a second, so that they do not outlive the program's classes.
 *
 * <p>Nobody may rely on them: who offers a task does all of it if no worker comes. So a worker that
 * cannot be started only costs time. An interrupt means nothing to a worker, which waits for
 * nothing but tasks.
 */
final class Workers {

  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int most;
  private final String name;
  private final BlockingQueue<IntConsumer> queue = new LinkedBlockingQueue<>();

  /** How many there are; each counts itself out before it looks at the queue for the last time. */
  private final AtomicInteger alive = new AtomicInteger();

  /** At most so many, named with a number after this. */
  Workers(int most, String name) {
    this.most = most;
    this.name = name;
  }

  /**
   * Asks so many workers to run a task, each with its number, 1, 2, …; when there is no more to do,
   * it has to be withdrawn.
   */
  void offer(IntConsumer task, int times) {
    for (int i = 0; i < times; i++) {
      queue.add(task);
    }
    for (int count = alive.get(); count < most; count = alive.get()) {
      if (alive.compareAndSet(count, count + 1) && !start(count + 1)) {
        return;
      }
    }
  }

  /** Takes back what no worker has begun: the queue holds only what is going on. */
  void withdraw(IntConsumer task) {
    while (!queue.isEmpty() && queue.remove(task)) {
      // Once for each time that it was offered.
    }
  }

  /** How many tasks nobody has taken. */
  int waiting() {
    return queue.size();
  }

  /** Returns whether there is one more; the system may have no thread left. */
  private boolean start(int number) {
    boolean started = false;
    try {
      // Nothing of the thread that happens to start it: no thread-locals, no class loader.
      Thread thread = new Thread(null, () -> work(number), name + number, 0, false);
      thread.setContextClassLoader(null);
      thread.setDaemon(true);
      thread.start();
      started = true;
    } catch (OutOfMemoryError e) {
      // "unable to create native thread": the caller does the work alone.
    } finally {
      if (!started) {
        alive.decrementAndGet();
      }
    }
    return started;
  }

  private void work(int number) {
    boolean counted = true;
    try {
      while (true) {
        IntConsumer task = next();
        if (task == null) {
          alive.decrementAndGet();
          counted = false;
          // What was offered before that had counted on this thread.
          task = queue.poll();
          if (task == null) {
            return;
          }
          alive.incrementAndGet();
          counted = true;
        }
        task.accept(number);
      }
    } finally {
      if (counted) {
        alive.decrementAndGet();
      }
    }
  }

  /** Waits awake at first, for waking takes long; null if there is nothing for long. */
  private IntConsumer next() {
    long start = System.nanoTime();
    IntConsumer task = queue.poll();
    while (task == null && System.nanoTime() - start < Threads.AWAKE_NANOS) {
      Threads.letOthersWork();
      task = queue.poll();
    }
    while (task == null && System.nanoTime() - start < KEPT_NANOS) {
      try {
        task = queue.poll(KEPT_NANOS, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        // Not the end: whoever interrupts all threads means those that wait for something else.
      }
    }
    return task;
  }
}
