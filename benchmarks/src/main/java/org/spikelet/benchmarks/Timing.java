package org.spikelet.benchmarks;

import java.util.Arrays;

/** The time that a piece of work takes once the JIT compiler has settled. */
public final class Timing {

  /** Long against the clock's grain, short against the time for which a machine stays calm. */
  private static final double BLOCK = 0.02;

  private Timing() {}

  /**
   * Returns the median time in microseconds: the work is repeated to warm up for so many seconds,
   * then for others in blocks of about 20 ms, or of one piece of work that takes longer.
   */
  public static double microseconds(double warmUp, double seconds, Runnable work) {
    long start = System.nanoTime();
    while (secondsSince(start) < warmUp * 0.8) {
      work.run();
    }
    // How often it fits into a block is asked of the warm code alone.
    long warm = System.nanoTime();
    int runs = 0;
    do {
      work.run();
      runs++;
    } while (secondsSince(warm) < warmUp * 0.2);
    int perBlock = (int) Math.max(1, Math.round(runs * BLOCK / secondsSince(warm)));
    double[] times = new double[(int) Math.max(5, seconds / BLOCK)];
    int blocks = 0;
    start = System.nanoTime();
    while (blocks < 5 || (blocks < times.length && secondsSince(start) < seconds)) {
      long from = System.nanoTime();
      for (int i = 0; i < perBlock; i++) {
        work.run();
      }
      times[blocks++] = secondsSince(from) / perBlock * 1e6;
    }
    Arrays.sort(times, 0, blocks);
    return times[blocks / 2];
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
