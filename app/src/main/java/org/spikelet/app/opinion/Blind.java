package org.spikelet.app.opinion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.spikelet.app.log.TrainingLog;
import org.spikelet.spikes.detect.SpikeDetector;

/** What this log cannot tell, and what would have to be logged for it. */
final class Blind {

  private Blind() {}

  static List<String> spots(Signals signals) {
    TrainingLog log = signals.log();
    List<String> spots = new ArrayList<>();
    if (log.size() <= SpikeDetector.WARM_UP) {
      spots.add(
          String.format(
              Locale.ROOT,
              "%,d loss%s: a rise is judged by the %d before it, so here only losses that are not finite"
                  + " and lasting changes can be seen, if at all. Log every step.",
              log.size(),
              log.size() == 1 ? "" : "es",
              SpikeDetector.WARM_UP));
    }
    if (log.size() > SpikeDetector.WARM_UP) {
      spots.add(
          String.format(
              Locale.ROOT,
              "Up to step %,.0f, among the first %d losses, only those that are not finite and lasting"
                  + " changes count: the rest is what the later ones are judged by.",
              log.steps()[SpikeDetector.WARM_UP - 1],
              SpikeDetector.WARM_UP));
    }
    Unseen unseen = signals.unseen();
    if (unseen.rounded() > 0) {
      spots.add(
          String.format(
              Locale.ROOT,
              "The losses are rounded to %.1g, and some are hardly larger: %,d rise%s that this may have"
                  + " made out of their scatter %s not counted. Log more digits.",
              unseen.rounding(),
              unseen.rounded(),
              unseen.rounded() == 1 ? "" : "s",
              unseen.rounded() == 1 ? "is" : "are"));
    }
    if (unseen.any()) {
      spots.add(
          String.format(
              Locale.ROOT,
              "Between the steps %,.0f and %,.0f the losses fall or scatter so much that a rise to %d times"
                  + " those just before it may go unseen.",
              log.steps()[unseen.first()],
              log.steps()[unseen.last()],
              Unseen.CLEAR));
    }
    if (log.interval() > 1) {
      spots.add(
          String.format(
              Locale.ROOT,
              "Only one step in %,.0f was logged: a single step and a burst of a few look alike, and so do"
                  + " a norm that leads and one that goes with the loss. If each value is a mean over these"
                  + " steps, as transformers writes it, a spike of one step is also that much lower.",
              log.interval()));
    }
    if (isSmooth(log.losses())) {
      spots.add(
          "The losses go over into each other: they are smoothed, or each step saw the same data. Smoothing"
              + " turns a single point into a jump that decays.");
    }
    if (log.gradientNorms().length == 0) {
      spots.add("No gradient norm: whether it rose before the loss, with it or not at all.");
    }
    if (log.learningRates().length == 0) {
      spots.add("No learning rate: whether it jumped before a rise.");
    }
    if (signals.epochs().isEmpty()) {
      spots.add(
          "No place in the epoch: whether rises come in step with it. --steps-per-epoch N says how long"
              + " it is.");
    }
    spots.add(
        (log.hasIds()
                ? "What the loss of each row was"
                : "Which rows were in a batch, what the loss of each was")
            + ", and what the weights did: so no log tells hard rows from a step too long for sure.");
    return spots;
  }

  private static final double SMOOTH = -0.15;
  private static final int ENOUGH = 100;

  /**
   * Whether one change of the loss tells the next. Where noise is new in each step, a rise is
   * followed by a fall: the signs of successive changes agree in a third of the cases, which makes
   * −⅓.
   */
  private static boolean isSmooth(double[] losses) {
    int from = losses.length / 2;
    double both = 0;
    double square = 0;
    for (int i = from + 2; i < losses.length; i++) {
      double change = Math.signum(losses[i] - losses[i - 1]);
      double before = Math.signum(losses[i - 1] - losses[i - 2]);
      if (Double.isFinite(change * before)) {
        both += change * before;
        square++;
      }
    }
    return square > ENOUGH && both > SMOOTH * square;
  }
}
