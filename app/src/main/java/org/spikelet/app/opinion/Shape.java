package org.spikelet.app.opinion;

/** How a rise comes and goes. */
enum Shape {
  /** One row, and the rows beside it are as usual. */
  SINGLE("is a single point", "single points"),
  /** Builds up over rows, and goes back. */
  BURST("builds up over several points and goes back", "bursts"),
  /** There at once, and goes back over rows. */
  DECAY("is there at once and decays", "jumps that decay"),
  /** Stays up. */
  LASTING("stays up", "a level that lasts"),
  /** Stays up, and rises on. */
  GROWING("goes on rising", "a loss that grows");

  /** How far up, as a share of the peak, a neighbour of a single point is at most. */
  private static final double ALONE = 0.35;

  /** From how far up on a row belongs to the way up or down. */
  private static final double PART = 0.2;

  private static final double NOISE = 3;
  private static final int LONG = 30;
  private static final int FAR = 400;
  private static final double GONE = 0.25;

  private final String words;
  private final String several;

  Shape(String words, String several) {
    this.words = words;
    this.several = several;
  }

  /** What several of them are called. */
  String several() {
    return several;
  }

  String words() {
    return words;
  }

  static Shape of(Rise rise, double[] losses) {
    boolean lasting = rise.lasting() || lastsToTheEnd(rise, losses);
    if (lasting && comesBack(rise, losses)) {
      return DECAY;
    }
    if (lasting) {
      return grows(rise, losses) ? GROWING : LASTING;
    }
    double alone = Math.max(NOISE, ALONE * rise.height());
    if (levelAt(rise, losses, rise.peak() - 1) < alone
        && levelAt(rise, losses, rise.peak() + 1) < alone) {
      return SINGLE;
    }
    return up(rise, losses) >= 2 ? BURST : DECAY;
  }

  /** The rows on the way up, without the peak. */
  static int up(Rise rise, double[] losses) {
    return rows(rise, losses, -1);
  }

  /** The rows on the way down. */
  static int down(Rise rise, double[] losses) {
    return rows(rise, losses, 1);
  }

  private static int rows(Rise rise, double[] losses, int direction) {
    double part = Math.max(NOISE, PART * rise.height());
    int rows = 0;
    while (rows < FAR && levelAt(rise, losses, rise.peak() + direction * (rows + 1)) >= part) {
      rows++;
    }
    return rows;
  }

  private static double levelAt(Rise rise, double[] losses, int row) {
    return row < 0 || row >= losses.length ? 0 : rise.level(losses[row]);
  }

  /**
   * Whether what is called a level goes back to a quarter of its height within a few hundred rows.
   */
  private static boolean comesBack(Rise rise, double[] losses) {
    double early = rise.level(Robust.of(losses, rise.onset() + 2, rise.onset() + 22).median());
    int later = Math.min(rise.onset() + FAR, losses.length - LONG);
    double late = rise.level(Robust.of(losses, later, later + FAR / 2).median());
    return later > rise.onset() + LONG && late < GONE * early;
  }

  /** The detector calls it a spike as long as it is too short for a shift. */
  private static boolean lastsToTheEnd(Rise rise, double[] losses) {
    if (rise.end() < losses.length - 2 || rise.rows() < LONG) {
      return false;
    }
    int third = rise.rows() / 3;
    double first = rise.level(Robust.of(losses, rise.onset(), rise.onset() + third).median());
    double last = rise.level(Robust.of(losses, rise.end() - third, rise.end()).median());
    return last > first / 2;
  }

  private static boolean grows(Rise rise, double[] losses) {
    int part = Math.max(5, rise.rows() / 4);
    Robust first = Robust.of(losses, rise.onset() + part / 2, rise.onset() + part + part / 2);
    Robust last = Robust.of(losses, rise.end() - part, rise.end());
    double up = rise.level(first.median());
    return rise.level(last.median()) > 1.5 * up
        && last.median() - first.median() > 2 * first.scatter();
  }
}
