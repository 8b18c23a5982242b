package org.spikelet.app.opinion;

/**
 * Where the loss began and where it ended.
 *
 * @param first the median of the first losses
 * @param lowest the lowest median of a tenth of the log
 * @param last the median of the last tenth
 * @param late the highest median of a tenth in the second half
 * @param scatter within the tenths
 */
record Trend(double first, double lowest, double last, double late, double scatter) {

  private static final int PARTS = 10;
  private static final int FEWEST = 20;
  private static final int FIRST = 30;

  /**
   * A fall by less than a thirtieth is none, but below 0, where no loss is a share; or within the
   * scatter.
   */
  private static final double FALL = 1.0 / 30;

  static Trend of(double[] losses) {
    int part = Math.max(1, losses.length / PARTS);
    double first = Robust.of(losses, 0, Math.min(part, FIRST)).median();
    double lowest = Double.POSITIVE_INFINITY;
    double late = Double.NEGATIVE_INFINITY;
    double scatter = 0;
    for (int k = 0; k < PARTS; k++) {
      Robust robust = Robust.of(losses, k * part, (k + 1) * part);
      if (!Double.isNaN(robust.median())) {
        lowest = Math.min(lowest, robust.median());
        late = 2 * k >= PARTS ? Math.max(late, robust.median()) : late;
        scatter += robust.scatter() / PARTS;
      }
    }
    double last = Robust.of(losses, losses.length - part, losses.length).median();
    return new Trend(first, lowest, last, late, scatter);
  }

  /** Whether the loss was never clearly below where it began; one of 0 says nothing of that. */
  boolean neverFell(int size) {
    double fall = first - lowest;
    return size >= FEWEST
        && !Double.isNaN(fall)
        && !(first == 0 && lowest == 0)
        && !(fall > Math.max(lowest < 0 ? 0 : FALL * first, scatter));
  }

  /** How near to ln k a loss must be to be that of a guess among k classes. */
  private static final double NEAR = 0.006;

  private static final int MOST_CLASSES = 20;

  /** The number of classes among which a guess has this loss; 0 if there is none. */
  int guess(int size) {
    // A loss that is still falling only passes there.
    boolean stays = late - last <= Math.max(2 * NEAR * last, scatter / 2);
    for (int k = 2; k <= MOST_CLASSES && size >= FEWEST && stays; k++) {
      boolean near = Math.abs(last / Math.log(k) - 1) < NEAR;
      if (near && lowest > last * (1 - 2 * NEAR) && first < 2 * last) {
        return k;
      }
    }
    return 0;
  }
}
