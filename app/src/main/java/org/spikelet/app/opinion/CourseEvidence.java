package org.spikelet.app.opinion;

import static org.spikelet.app.opinion.Evidence.NAMED;
import static org.spikelet.app.opinion.Evidence.words;

import java.util.List;
import org.spikelet.spikes.detect.SpikeDetector;

/** What the course of the whole loss speaks for: no number, no fall, a level that lasts. */
final class CourseEvidence {

  private CourseEvidence() {}

  static void notFinite(List<Case> cases, Signals signals, List<String> evidence) {
    double[] losses = signals.log().losses();
    double[] steps = signals.log().steps();
    for (Case one : cases.stream().limit(NAMED).toList()) {
      int first = one.rise().onset();
      while (Double.isFinite(losses[first])) {
        first++;
      }
      int after = first;
      while (after < losses.length && !Double.isFinite(losses[after])) {
        after++;
      }
      int rose = first - one.rise().onset();
      evidence.add(
          words("At step %,.0f the loss is %s; ", steps[first], losses[first])
              + (first == 0
                  ? "it is the first that was logged"
                  : rose > 0
                      ? words(
                          "it had been rising for %d logged step%s, to %.3g",
                          rose, rose == 1 ? "" : "s", losses[first - 1])
                      : words(
                          "the one before is %.3g%s",
                          losses[first - 1],
                          first > SpikeDetector.WARM_UP ? ", within the usual range" : ""))
              + (after == losses.length
                  ? ", and it never is a number again."
                  : words(". From step %,.0f on it is a number again.", steps[after])));
      one.gradient()
          .filter(g -> !g.finite())
          .ifPresent(g -> evidence.add("The gradient norm is not finite there either."));
    }
    Evidence.interval(signals).ifPresent(evidence::add);
  }

  static void neverFell(Hypothesis hypothesis, Signals signals, List<String> evidence) {
    Trend trend = signals.trend();
    evidence.add(
        words(
            "It begins near %.4g and ends near %.4g; the lowest tenth of the log lies near %.4g.",
            trend.first(), trend.last(), trend.lowest()));
    if (trend.guess(signals.log().size()) > 0) {
      evidence.add(
          words(
              "%.3f is ln %d: the cross-entropy of a guess among %2$d classes.",
              Math.log(trend.guess(signals.log().size())), trend.guess(signals.log().size())));
    }
    evidence.add(
        "Against it: a policy's loss, or that of two nets against each other, need not fall.");
    double first = signals.log().steps()[0];
    if (first > 50 * signals.log().interval()) {
      evidence.add(words("The log begins at step %,.0f: what was before is not in it.", first));
    }
    double[] rates = signals.log().learningRates();
    if (hypothesis == Hypothesis.RATE_TOO_SMALL) {
      Robust usual = Robust.of(rates, 0, rates.length);
      evidence.add(
          rates.length == 0
              ? "The learning rate was not logged."
              : words("The learning rate is %.3g in the median.", usual.median()));
    }
    double[] norms = signals.log().gradientNorms();
    if (norms.length > 0) {
      evidence.add(
          words(
              "The gradient norm is %.3g in the median.",
              Robust.of(norms, 0, norms.length).median()));
    }
  }

  static void level(List<Case> cases, Signals signals, List<String> evidence) {
    double[] steps = signals.log().steps();
    double[] losses = signals.log().losses();
    for (Case one : cases.stream().filter(c -> !c.isNan()).limit(NAMED).toList()) {
      Rise rise = one.rise();
      boolean grows = one.shape() == Shape.GROWING;
      int from = grows ? rise.end() - Math.max(5, rise.rows() / 10) : rise.onset();
      double after = Robust.of(losses, from, rise.end()).median();
      evidence.add(
          words(
              "From step %,.0f on the loss %s near %.4g, where it was near %.4g; %s.",
              steps[rise.onset()],
              grows ? "grows to" : "is",
              after,
              rise.usual().median(),
              rise.end() >= losses.length - 2
                  ? words("so until the end, %,d logged steps", rise.rows())
                  : words("for %,d logged steps", rise.rows())));
      signals
          .epochs()
          .ifPresent(
              e ->
                  evidence.add(
                      words(
                          "That is %.0f %% into epoch %d.",
                          100 * Math.min(1, (e.place(rise.onset()) - 1) / e.length()),
                          e.epoch(rise.onset()))));
    }
    signals.restarts().stream()
        .filter(r -> r.loss() == Restarts.Loss.STAYS_UP)
        .limit(NAMED)
        .forEach(
            r ->
                evidence.add(
                    words("It begins where the run was started again, at step %,.0f.", r.step())));
  }
}
