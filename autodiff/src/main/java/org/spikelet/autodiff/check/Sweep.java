package org.spikelet.autodiff.check;

import java.util.Locale;

/**
 * The central difference of Σ u · f along a line for step sizes from 1e−2 to 1e−10, and what their
 * errors say.
 *
 * <p>Truncation falls as h², round-off grows as 1/h (Gill, Murray and Wright 1981, section 8.6): in
 * between, the numeric value settles. If it settles away from the analytic one, the rule is wrong.
 */
final class Sweep {

  private static final int ROWS = 9;

  /** Neighbours that agree this much better than with the analytic value have settled. */
  private static final double SETTLED = 10;

  private final Verdict verdict;
  private final Differences[] rows = new Differences[ROWS];
  private final double[] numeric = new double[ROWS];
  private final double[] error = new double[ROWS];
  private final double left;
  private final double right;

  Sweep(Verdict verdict, double[] u) {
    this.verdict = verdict;
    for (int k = 0; k < ROWS; k++) {
      rows[k] = verdict.line().differences(Math.pow(10, -2 - k) * verdict.line().scale());
      numeric[k] = rows[k].slope(u);
      error[k] = Math.abs(verdict.analytic() - numeric[k]);
    }
    Differences own = verdict.line().differences(verdict.step());
    left = own.leftSlope(u);
    right = own.rightSlope(u);
  }

  /** One line for each step. */
  String table() {
    StringBuilder text = new StringBuilder("    step h   numeric               error\n");
    for (int k = 0; k < ROWS; k++) {
      text.append(
          String.format(
              Locale.ROOT, "    %-7.1e  %-20.12g  %.3g\n", rows[k].step(), numeric[k], error[k]));
    }
    return text.toString();
  }

  /** What the table means, in one line. */
  String reading() {
    if (!Double.isFinite(verdict.analytic())) {
      return say("the rule returns %s", verdict.analytic());
    }
    if (!Double.isFinite(verdict.numeric())) {
      return say("the function is not finite within a step of the point; check further inside");
    }
    if (verdict.kink().exists()) {
      return say(
          "kink: the slope is %.6g to the left and %.6g to the right; %s",
          left,
          right,
          verdict.valid()
              ? "withoutKinks() allows none"
              : "any value between is valid, but this one lies outside");
    }
    int best = settled();
    double spread = Math.abs(numeric[best] - numeric[best + 1]);
    if (grows()) {
      return say(
          "jump: the numeric slope itself grows as 1/h; the function is not continuous here");
    }
    if (error[best] > SETTLED * spread) {
      return say(
          "wrong rule: the error stays at %.3g whatever the step%s", error[best], factor(best));
    }
    // Which of the two errors the check's own step suffers from, its neighbours in the table tell.
    int own = nearest(verdict.step());
    return error[Math.max(own - 1, 0)] > error[Math.min(own + 1, ROWS - 1)]
        ? say(
            "truncation: the error falls as h²; the function curves too much for the step, so check"
                + " it in other units or allow more")
        : say(
            "round-off: the error grows as 1/h; the function is rounded too coarsely for this"
                + " tolerance");
  }

  /** The first of the two neighbours that differ least. */
  private int settled() {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k + 1 < ROWS; k++) {
      double change = Math.abs(numeric[k] - numeric[k + 1]);
      if (change < least) {
        least = change;
        best = k;
      }
    }
    return best;
  }

  /** Whether every numeric value is ten times the one before. */
  private boolean grows() {
    for (int k = 3; k + 1 < ROWS; k++) {
      double ratio = numeric[k + 1] / numeric[k];
      if (!(ratio > 9 && ratio < 11)) {
        return false;
      }
    }
    return true;
  }

  /** Mistakes that a plain ratio of the two values gives away. */
  private String factor(int row) {
    if (verdict.analytic() == 0) {
      return "; the analytic value is 0: is a rule missing?";
    }
    double ratio = verdict.analytic() / numeric[row];
    for (double simple : new double[] {-1, 2, 0.5, -2, -0.5, 3, 1. / 3}) {
      if (Math.abs(ratio / simple - 1) < 1e-5) {
        return simple == -1
            ? "; the sign is wrong"
            : String.format(Locale.ROOT, "; analytic / numeric = %.4g", simple);
      }
    }
    return "";
  }

  private int nearest(double step) {
    double power = -Math.log10(step / verdict.line().scale()) - 2;
    return (int) Math.max(0, Math.min(ROWS - 1, Math.round(power)));
  }

  private static String say(String reading, Object... values) {
    return String.format(Locale.ROOT, "    " + reading, values);
  }
}
