package org.spikelet.app.opinion;

import org.spikelet.spikes.detect.UsualRange;

/**
 * The rows at which a clear rise would not have counted as a spike: where the loss falls fast, the
 * median of the 200 before is far above the losses of now, and the fall counts as scatter.
 */
final class Unseen {

  /** How many times the losses just before it a clear rise is. */
  static final int CLEAR = 8;

  private static final int NEAR = 11;

  /** One row in so many is looked at. */
  private static final int EVERY = 10;

  private int first = -1;
  private int last = -1;
  private int rounded;
  private double rounding;

  /** Looks at a row that is in no spike. */
  void look(int row, double[] losses, UsualRange usual) {
    if (row % EVERY != 0 || row < NEAR || !usual.known()) {
      return;
    }
    double near = Robust.of(losses, row - NEAR, row).median();
    if (usual.level(CLEAR * near) < usual.onset()) {
      first = first < 0 ? row : first;
      last = row;
    }
  }

  /** Keeps how many rises rounding may have made. */
  void leaveOut(int rises, double step) {
    rounded = rises;
    rounding = step;
  }

  /** Returns how many rises rounding may have made. */
  int rounded() {
    return rounded;
  }

  /** Returns to what the losses are rounded. */
  double rounding() {
    return rounding;
  }

  /** Returns whether there is such a row. */
  boolean any() {
    return first >= 0;
  }

  /** Returns the first such row. */
  int first() {
    return first;
  }

  /** Returns the last such row. */
  int last() {
    return last;
  }
}
