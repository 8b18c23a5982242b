package org.spikelet.app.lab;

/** What an experiment says of a claim. */
enum Verdict {
  /** The contrast is at least 0.7, and its interval lies above 0. */
  SUPPORTED,
  /** The interval lies below 0.3. */
  REFUTED,
  /** Neither: the runs do not settle it. */
  UNDETERMINED;

  private static final double LARGE = 0.7;
  private static final double SMALL = 0.3;

  /** Judges a contrast. */
  static Verdict of(Contrast contrast) {
    if (contrast.value() >= LARGE && contrast.low() > 0) {
      return SUPPORTED;
    }
    return contrast.high() < SMALL ? REFUTED : UNDETERMINED;
  }

  /** Returns the word in lower case. */
  String word() {
    return switch (this) {
      case SUPPORTED -> "supported";
      case REFUTED -> "refuted";
      case UNDETERMINED -> "undetermined";
    };
  }
}
