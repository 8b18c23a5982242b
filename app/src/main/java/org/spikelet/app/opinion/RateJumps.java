package org.spikelet.app.opinion;

import java.util.ArrayList;
import java.util.List;

/** Where the learning rate jumped up: by half at least, and not as a step of a warm-up. */
final class RateJumps {

  /**
   * A jump.
   *
   * @param row the first with the new rate
   * @param from the rate before
   * @param to the rate after
   */
  record Jump(int row, double from, double to) {}

  private static final double LEAST = 1.5;

  /** What a schedule changes from row to row near a jump, if it is one. */
  private static final double SMOOTH = 1.2;

  private RateJumps() {}

  static List<Jump> of(double[] rates) {
    List<Jump> jumps = new ArrayList<>();
    for (int i = 1; i < rates.length; i++) {
      double from = rates[i - 1];
      double to = rates[i];
      boolean up = to > from * LEAST && from > 0;
      // The last step of a cosine schedule may be 0: with a restart the rate comes from there.
      boolean fromZero = from == 0 && to > 0 && i > 2 && rates[i - 2] > 0;
      boolean ramp = i > 1 && rates[i - 2] > 0 && from > rates[i - 2] * SMOOTH;
      boolean first = i == 1 && rates.length > 2 && rates[2] > to * SMOOTH;
      if ((up || fromZero) && !ramp && !first) {
        jumps.add(new Jump(i, from, to));
      }
    }
    return jumps;
  }

  /** Whether the rate rose by a fifth within so many rows before a row. */
  static boolean risesBefore(double[] rates, int row, int rows) {
    int from = Math.max(0, row - rows);
    return rates.length > row && row > from && rates[row] > rates[from] * SMOOTH;
  }
}
