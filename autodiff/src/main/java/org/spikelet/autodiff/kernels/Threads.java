package org.spikelet.autodiff.kernels;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Divides one large array operation among threads.
 *
 * <p>The system property {@code spikelet.threads} says how many threads work at once, the calling
 * one included; without it, as many as there are processors. A part must not depend on how the
 * whole is divided: then the result has the same bits at any number of threads.
 */
public final class Threads {

  /** A part of the operation, from one index to another. */
  @FunctionalInterface
  public interface Part {
    void run(int from, int to);
  }

  /** An operation of less work than this, in multiplications, is not worth waking a thread for. */
  private static final long WORTHWHILE = 1_000_000;

  /** Elements in a cache line: threads should not write to the same one. */
  public static final int LINE = 8;

  /** The work for one element of a pass over memory, which is what takes its time. */
  static final long PASS = 16;

  private static final int THREADS = threads(System.getProperty("spikelet.threads", ""));

  /** More parts than threads, so that one that is held up leaves its work to the others. */
  private static final int PARTS = 4 * THREADS;

  /**
   * How long a thread that has nothing to do waits awake: longer than training a large net leaves
   * it idle, for waking it would take as long as a product of middle size.
   */
  static final long AWAKE_NANOS = 2_000_000;

  private static final Workers WORKERS = new Workers(THREADS - 1, "spikelet-worker-");

  private Threads() {}

  /** Waiting awake must not take a processor from a thread that has something to do. */
  @SuppressWarnings("ThreadPriorityCheck") // a hint to the scheduler is just what is meant
  static void letOthersWork() {
    Thread.yield();
  }

  static int threads(String wanted) {
    if (wanted.isEmpty()) {
      return Runtime.getRuntime().availableProcessors();
    }
    try {
      int threads = Integer.parseInt(wanted);
      if (threads >= 1) {
        return threads;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "spikelet.threads: must be an integer of at least 1, got '" + wanted + "'");
  }

  /** Returns whether so much work, counted in multiplications, is divided at all. */
  public static boolean isWorthwhile(long work) {
    return THREADS > 1 && work >= WORTHWHILE;
  }

  /**
   * Runs a part for every stretch of 0 … n: on several threads if there is much work, else as a
   * whole on this one.
   *
   * @param work of the whole, about, in multiplications
   */
  public static void run(long work, int n, int grain, Part part) {
    if (isWorthwhile(work)) {
      divide(n, grain, part);
    } else {
      part.run(0, n);
    }
  }

  /**
   * Runs a part for every stretch of 0 … n on several threads, each a multiple of the grain long
   * but for the last, and returns when all are done.
   */
  public static void divide(int n, int grain, Part part) {
    int grains = (n + grain - 1) / grain;
    int parts = Math.min(PARTS, grains);
    if (parts <= 1) {
      part.run(0, n);
      return;
    }
    Shared shared = new Shared(n, grain, grains, parts, part);
    WORKERS.offer(shared, Math.min(THREADS, parts) - 1);
    shared.accept(0);
    WORKERS.withdraw(shared);
    shared.await();
  }

  /**
   * The parts of one operation. Each thread begins at a place of its own and takes one after the
   * other, until none is left: so it mostly meets, in one operation after the other, the rows that
   * are in its processor's cache. To fetch them from another's takes longer than to work on them.
   */
  private static final class Shared implements IntConsumer {

    private final int n;
    private final int grain;
    private final int grains;
    private final int parts;
    private final Part part;
    private final AtomicIntegerArray taken;
    private final CountDownLatch left;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Shared(int n, int grain, int grains, int parts, Part part) {
      this.n = n;
      this.grain = grain;
      this.grains = grains;
      this.parts = parts;
      this.part = part;
      this.taken = new AtomicIntegerArray(parts);
      this.left = new CountDownLatch(parts);
    }

    @Override
    public void accept(int thread) {
      int first = (int) ((long) thread * parts / THREADS);
      for (int k = 0; k < parts; k++) {
        int i = (first + k) % parts;
        if (!taken.compareAndSet(i, 0, 1)) {
          continue;
        }
        try {
          part.run(boundary(i), boundary(i + 1));
        } catch (Throwable e) { // a checked one too, thrown as if it were not
          failure.compareAndSet(null, e);
        } finally {
          left.countDown();
        }
      }
    }

    /** As it was thrown: the compiler takes it for an unchecked one. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void rethrow(Throwable thrown) throws T {
      throw (T) thrown;
    }

    private int boundary(int i) {
      return (int) Math.min(n, (long) grains * i / parts * grain);
    }

    void await() {
      boolean interrupted = false;
      for (long end = System.nanoTime() + AWAKE_NANOS;
          left.getCount() > 0 && System.nanoTime() < end; ) {
        letOthersWork();
      }
      while (true) {
        try {
          left.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true; // the arrays are in use: it can only be passed on afterwards
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      Throwable thrown = failure.get();
      if (thrown != null) {
        Shared.<RuntimeException>rethrow(thrown);
      }
    }
  }
}
