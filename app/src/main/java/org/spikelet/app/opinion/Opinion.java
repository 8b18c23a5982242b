package org.spikelet.app.opinion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.spikelet.app.log.TrainingLog;

/**
 * A first opinion on a training, from its log alone: hypotheses, ranked by how well they fit what
 * is seen, and what would tell the first from the second. None of them is a cause: a log shows what
 * happened, and only a second run with one thing changed shows why.
 *
 * @param signals what is to be seen
 * @param findings the hypotheses, that which fits best first; empty if the log is calm
 */
public record Opinion(Signals signals, List<Finding> findings) {

  private static final int MOST = 4;
  private static final double LEAST = 0.25;

  /** Rows within which two things are close, and the chance that they are by accident. */
  private static final double CLOSE = 20;

  private static final double CHANCE = 0.1;

  /**
   * Looks at a log.
   *
   * @param stepsPerEpoch if it is known; otherwise it is taken from the epochs in the log
   */
  public static Opinion of(TrainingLog log, OptionalLong stepsPerEpoch) {
    Signals signals = Signals.of(log, stepsPerEpoch);
    Map<Hypothesis, Double> fits = fits(signals);
    List<Hypothesis> ranked =
        fits.keySet().stream()
            .filter(h -> fits.get(h) >= LEAST)
            .sorted(Comparator.comparingDouble((Hypothesis h) -> -fits.get(h)))
            .limit(MOST)
            .toList();
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < ranked.size(); i++) {
      Hypothesis hypothesis = ranked.get(i);
      Separation separation =
          i + 1 < ranked.size()
              ? Separation.between(hypothesis, ranked.get(i + 1))
              : Separation.of(hypothesis);
      findings.add(
          new Finding(
              hypothesis,
              Title.of(hypothesis, signals),
              fits.get(hypothesis),
              Evidence.of(hypothesis, signals),
              Optional.of(separation).filter(s -> s.other().isPresent() || ranked.size() == 1)));
    }
    return new Opinion(signals, List.copyOf(findings));
  }

  private static Map<Hypothesis, Double> fits(Signals signals) {
    Map<Hypothesis, Double> fits = new EnumMap<>(Hypothesis.class);
    double total = signals.cases().stream().mapToDouble(Case::weight).sum();
    for (Case one : signals.cases()) {
      one.fits().forEach((h, fit) -> fits.merge(h, fit * one.weight() / total, Double::sum));
    }
    boolean calm = signals.cases().isEmpty();
    Trend trend = signals.trend();
    if (trend.neverFell(signals.log().size()) || trend.guess(signals.log().size()) > 0) {
      fits.put(Hypothesis.NEVER_FELL, calm ? 0.9 : 0.5);
      fits.put(Hypothesis.RATE_TOO_SMALL, calm ? 0.6 : 0.3);
    }
    besideRises(signals, fits);
    if (Repeats.words(signals.cases(), signals.log().steps()).isPresent()) {
      fits.merge(Hypothesis.MEASUREMENT, 0.98, Math::max);
    }
    for (Restarts.Restart restart : signals.restarts()) {
      switch (restart.loss()) {
        case FROM_START -> fits.merge(Hypothesis.NEW_RUN, 0.98, Math::max);
        case AS_BEFORE, UNKNOWN -> fits.merge(Hypothesis.RESUMED, calm ? 0.8 : 0.3, Math::max);
        case DECAYS -> fits.merge(Hypothesis.STATE_LOST, 0.8, Math::max);
        case STAYS_UP -> fits.merge(Hypothesis.SHIFT, calm ? 0.8 : 0.5, Math::max);
      }
    }
    return fits;
  }

  /** What shows beside the rises, or without any. */
  private static void besideRises(Signals signals, Map<Hypothesis, Double> fits) {
    boolean calm = signals.cases().isEmpty();
    signals
        .period()
        .filter(p -> !p.ofRises())
        .ifPresent(p -> fits.merge(Case.hypothesis(p.place()), calm ? 0.8 : 0.95, Math::max));
    for (RateJumps.Jump jump : signals.jumps()) {
      Restarts.Loss loss = Restarts.loss(signals.log().losses(), jump.row());
      if (loss == Restarts.Loss.DECAYS || loss == Restarts.Loss.STAYS_UP) {
        fits.merge(Hypothesis.LEARNING_RATE, calm ? 0.8 : 0.6, Math::max);
      }
      if (onlyAfter(jump, signals)) {
        fits.merge(Hypothesis.LEARNING_RATE, 0.95, Math::max);
      }
    }
    // Of many rises one just after a restart, or a jump, may be chance; of few hardly.
    double losses = signals.log().size();
    for (Case one : signals.cases()) {
      double near = signals.cases().size() * CLOSE / losses;
      boolean close =
          one.jump().filter(j -> one.rise().onset() - j.row() < CLOSE).isPresent()
              || (one.restart().isPresent() && !one.isApartFromRestart());
      if (close && near < CHANCE) {
        fits.merge(
            hypothesis(one),
            one.shape() == Shape.LASTING && one.restart().isPresent() ? 0.6 : 0.95,
            Math::max);
      }
    }
  }

  /** Whether all rises come after a jump, more of them than chance would put there. */
  private static boolean onlyAfter(RateJumps.Jump jump, Signals signals) {
    List<Rise> rises = signals.rises();
    double share = 1 - jump.row() / (double) signals.log().size();
    return rises.size() >= 3
        && rises.stream().allMatch(rise -> rise.onset() >= jump.row())
        && Math.pow(share, rises.size()) < CHANCE / 2;
  }

  private static Hypothesis hypothesis(Case one) {
    return one.restart()
        .map(r -> r.loss() == Restarts.Loss.FROM_START ? Hypothesis.NEW_RUN : Hypothesis.STATE_LOST)
        .orElse(Hypothesis.LEARNING_RATE);
  }

  /** Returns whether nothing rose. */
  public boolean calm() {
    return signals.cases().isEmpty();
  }
}
