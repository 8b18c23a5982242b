package org.spikelet.autodiff.check;

import static org.spikelet.autodiff.check.FailureReport.say;

/** Difference quotients at several steps along a line, and in one sentence what they say. */
final class Reading {

  private static final int ROWS = 9;

  private final Verdict verdict;
  private final Estimate estimate;
  private final Ladder ladder;
  private final double[] u;

  private Reading(Verdict verdict, Ladder ladder, double[] u) {
    this.verdict = verdict;
    this.estimate = verdict.estimate();
    this.ladder = ladder;
    this.u = u;
  }

  /** Looks closely, if that was not done before. */
  static Reading of(Verdict first, double[] u, Tolerance tolerance) {
    Ladder ladder = Ladder.of(first.line());
    Verdict verdict = Verdict.of(first.line(), first.analytic(), ladder, u, tolerance);
    boolean wide = verdict.estimate().step() > ladder.step(0);
    return new Reading(verdict, wide ? Ladder.wider(first.line()) : ladder, u);
  }

  Verdict verdict() {
    return verdict;
  }

  /** The table and the sentence. */
  String text() {
    return table() + "    " + sentence();
  }

  private String table() {
    Series series = ladder.series(u);
    StringBuilder text =
        new StringBuilder("    step h   slope to the left   to the right        over both\n");
    int finest = ladder.size() - 1;
    while (finest > ROWS && !(ladder.step(finest) >= 0.9 * estimate.step())) {
      finest--;
    }
    int last = Math.min(ladder.size() - 1, finest + 2);
    for (int k = Math.max(0, last - ROWS + 1); k <= last; k++) {
      double h = ladder.step(k);
      text.append(
          say(
              "    %-7.1e  %-18.12g  %-18.12g  %.12g\n",
              h, -series.rise(k, -1) / h, series.rise(k, 1) / h, series.central(k)));
    }
    return text.toString();
  }

  private String sentence() {
    double analytic = verdict.analytic();
    if (!Double.isFinite(analytic)) {
      boolean unknown = verdict.kind() == Verdict.Kind.CANNOT_TELL;
      return say("the rule returns %s", analytic) + (unknown ? "; " + doubt("") : "");
    }
    String slope = say("%.10g ± %.2g", estimate.middle(), estimate.spread());
    return switch (verdict.kind()) {
      case WRONG ->
          say("wrong rule: the slope is %s, %.3g away%s", slope, verdict.error(), factor());
      case INSIDE_KINK -> kink("withoutKinks() allows none");
      case OUTSIDE_KINK -> kink("any value between is valid, but this one lies outside");
      case RIGHT ->
          say(
              "too small: the slope is %s, and with %.3g allowed its sign could be wrong;"
                  + " give a tolerance that fits it",
              slope, verdict.allowed());
      case CANNOT_TELL -> "cannot tell: " + doubt(slope);
    };
  }

  private String kink(String meaning) {
    if (!estimate.kinked()) {
      return say(
          "kink: a little off the point, where the slope is %.10g ± %.2g; %s",
          estimate.middle(), estimate.spread(), meaning);
    }
    return say(
        "kink: the slopes of its sides are %.6g and %.6g, each ± %.2g; %s",
        estimate.low(), estimate.high(), estimate.bound(), meaning);
  }

  private String doubt(String slope) {
    return switch (estimate.nature()) {
      case NOT_FINITE ->
          "the function is not finite beside the point, at any step; check further inside";
      case JUMP -> "the function jumps at the point: its slope grows as 1/h; check at another one";
      case KINK -> kink("that is too inaccurate; check further away from the kink");
      case EDGE ->
          "the function jumps on one side of the point: it is a step, or rounded too coarsely;"
              + " check further away from the jump, or compute more precisely";
      case TEETH ->
          say(
              "the slope is %s over wide steps, and the rule's over finer ones: the function jumps"
                  + " or bends again and again; check it without that, or in other units",
              slope);
      case SMOOTH, COARSE, BESIDE_KINK ->
          estimate.bound() < Double.POSITIVE_INFINITY
              ? say(
                  "the function is only exact to %.2g, so its slope is %s where %.2g is allowed;"
                      + " allow more with withTolerance, compute more precisely, or check at"
                      + " another point",
                  estimate.noise(), slope, verdict.allowed())
              : "the slope settles at no step; check at another point, or in other units";
    };
  }

  /** Mistakes that a plain ratio of the two values gives away. */
  private String factor() {
    if (verdict.analytic() == 0) {
      return "; the analytic value is 0: is a rule missing?";
    }
    double ratio = verdict.analytic() / estimate.middle();
    for (double simple : new double[] {-1, 2, 0.5, -2, -0.5, 3, 1. / 3}) {
      if (Math.abs(ratio / simple - 1) < 1e-5) {
        return simple == -1 ? "; the sign is wrong" : say("; analytic / numeric = %.4g", simple);
      }
    }
    return "";
  }
}
