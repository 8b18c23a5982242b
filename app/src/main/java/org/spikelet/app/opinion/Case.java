package org.spikelet.app.opinion;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A rise, and all that stands beside it in the log.
 *
 * @param shape how it comes and goes; of one that is not finite, that of what came before
 * @param gradient when the norm rose; empty if it was not logged
 * @param inPeriod whether it is in step with others
 * @param jump of the learning rate just before
 * @param warming whether the learning rate was rising
 * @param restart just before
 */
record Case(
    Rise rise,
    Shape shape,
    Optional<GradientTiming> gradient,
    Optional<Period> inPeriod,
    Optional<RateJumps.Jump> jump,
    boolean warming,
    Optional<Restarts.Restart> restart) {

  /** A loss that is no number ends most trainings. */
  private static final double OF_NAN = 3;

  private static final double OF_LASTING = 2;
  private static final double OF_CONTEXT = 2;

  /** So many rows after a jump of the rate a rise belongs to it without much doubt. */
  private static final int SOON = 30;

  /** So many rows after a restart lost state shows at the latest. */
  private static final int AT_ONCE = 5;

  boolean isNan() {
    return !rise.finite();
  }

  boolean gradientLeads() {
    return gradient.filter(g -> g.rose() && g.lead() >= 1).isPresent();
  }

  boolean gradientWith() {
    return gradient.filter(g -> g.rose() && g.lead() < 1).isPresent();
  }

  private boolean gradientStill() {
    return gradient.filter(g -> !g.rose()).isPresent();
  }

  /** How much this rise counts beside the others. */
  double weight() {
    double weight = isNan() ? OF_NAN : shape.compareTo(Shape.LASTING) >= 0 ? OF_LASTING : 1;
    return jump.isPresent() || restart.isPresent() ? weight * OF_CONTEXT : weight;
  }

  /** How well each hypothesis fits, from 0 to 1: what is seen nearer to the rise counts more. */
  Map<Hypothesis, Double> fits() {
    Map<Hypothesis, Double> fits = new EnumMap<>(Hypothesis.class);
    if (isNan()) {
      boolean rose = rise.onset() < rise.peak();
      fits.put(Hypothesis.NAN_AFTER_RISE, rose || gradientLeads() ? 0.9 : 0.4);
      fits.put(Hypothesis.NAN_SUDDEN, rose ? 0.4 : gradientLeads() ? 0.6 : 0.9);
    } else {
      byShape(fits);
    }
    inPeriod.ifPresent(period -> fits.put(hypothesis(period.place()), 1.0));
    jump.ifPresent(
        j ->
            fits.put(
                Hypothesis.LEARNING_RATE,
                rise.onset() > j.row() + SOON ? 0.75 : isNan() ? 0.85 : 1.0));
    if (jump.isEmpty() && warming && shape != Shape.SINGLE) {
      fits.put(Hypothesis.LEARNING_RATE, 0.6);
    }
    if (restart.filter(r -> r.loss() == Restarts.Loss.FROM_START).isPresent()) {
      fits.put(Hypothesis.NEW_RUN, 1.0);
    } else if (restart.isPresent()) {
      fits.put(
          Hypothesis.STATE_LOST, shape == Shape.LASTING ? 0.6 : isApartFromRestart() ? 0.5 : 1.0);
    }
    return fits;
  }

  /** A single point some rows after a restart that changed nothing else; lost state decays. */
  boolean isApartFromRestart() {
    return shape == Shape.SINGLE
        && restart
            .filter(r -> r.loss() == Restarts.Loss.AS_BEFORE && rise.onset() > r.row() + AT_ONCE)
            .isPresent();
  }

  static Hypothesis hypothesis(Period.Place place) {
    return switch (place) {
      case LAST -> Hypothesis.LAST_BATCH;
      case FIRST -> Hypothesis.FIRST_BATCH;
      case INSIDE -> Hypothesis.SAME_PLACE;
      case UNKNOWN -> Hypothesis.REGULAR;
    };
  }

  private void byShape(Map<Hypothesis, Double> fits) {
    switch (shape) {
      case SINGLE -> {
        fits.put(Hypothesis.HARD_ROWS, gradientWith() ? 0.9 : gradientStill() ? 0.4 : 0.8);
        fits.put(Hypothesis.MEASUREMENT, gradientWith() ? 0.3 : gradientStill() ? 0.9 : 0.7);
        if (gradientLeads()) {
          fits.put(Hypothesis.LARGE_GRADIENT, 0.85);
        }
      }
      case BURST -> {
        boolean sudden = gradientLeads() && gradient.get().sudden();
        fits.put(Hypothesis.INSTABILITY, sudden ? 0.7 : 0.9);
        fits.put(Hypothesis.LARGE_GRADIENT, sudden ? 0.9 : 0.5);
        fits.put(Hypothesis.HARD_ROWS, 0.3);
      }
      case DECAY -> {
        fits.put(Hypothesis.LARGE_GRADIENT, gradientLeads() ? 1.0 : 0.75);
        fits.put(Hypothesis.INSTABILITY, gradientLeads() ? 0.5 : 0.65);
        fits.put(Hypothesis.HARD_ROWS, gradientWith() ? 0.6 : 0.4);
      }
      case LASTING -> {
        boolean thrown = gradientLeads() && gradient.get().sudden();
        fits.put(Hypothesis.SHIFT, thrown ? 0.7 : 0.9);
        fits.put(Hypothesis.LARGE_GRADIENT, thrown ? 0.9 : 0.4);
        fits.put(Hypothesis.DIVERGED, 0.3);
      }
      case GROWING -> {
        fits.put(Hypothesis.DIVERGED, 0.9);
        fits.put(Hypothesis.SHIFT, 0.5);
      }
    }
    if (gradientStill()) { // a gradient that threw the weights would have been seen
      fits.computeIfPresent(Hypothesis.LARGE_GRADIENT, (hypothesis, fit) -> fit / 4);
    }
  }
}
