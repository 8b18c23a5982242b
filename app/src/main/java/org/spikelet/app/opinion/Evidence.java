package org.spikelet.app.opinion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What in a log speaks for a hypothesis, in words. */
final class Evidence {

  static final int NAMED = 5;

  private Evidence() {}

  static List<String> of(Hypothesis hypothesis, Signals signals) {
    List<String> evidence = new ArrayList<>();
    List<Case> cases = cases(hypothesis, signals);
    switch (hypothesis) {
      case LAST_BATCH, FIRST_BATCH, SAME_PLACE, REGULAR ->
          signals.period().ifPresent(p -> period(p, signals, evidence));
      case LEARNING_RATE -> rate(cases, signals, evidence);
      case NEW_RUN, STATE_LOST, RESUMED -> restarts(signals, evidence);
      case NAN_AFTER_RISE, NAN_SUDDEN -> CourseEvidence.notFinite(cases, signals, evidence);
      case NEVER_FELL, RATE_TOO_SMALL -> CourseEvidence.neverFell(hypothesis, signals, evidence);
      case SHIFT, DIVERGED -> CourseEvidence.level(cases, signals, evidence);
      case MEASUREMENT -> {
        Repeats.words(signals.cases(), signals.log().steps()).ifPresent(evidence::add);
        shapes(cases, signals, evidence);
      }
      default -> shapes(cases, signals, evidence);
    }
    return List.copyOf(evidence);
  }

  private static void period(Period period, Signals signals, List<String> evidence) {
    evidence.add(
        words(
            "%d of %d %s come %s (%s).",
            period.rows().size(),
            period.all(),
            period.ofRises()
                ? "rises"
                : "losses that lie above their usual range by three scatters",
            switch (period.place()) {
              case LAST -> words("on the last of the %,.0f steps of an epoch", period.length());
              case FIRST -> words("on the first of the %,.0f steps of an epoch", period.length());
              case INSIDE ->
                  words("near step %,.0f of the %,.0f of an epoch", period.at(), period.length());
              case UNKNOWN -> words("every %,.0f steps or a multiple of that", period.length());
            },
            steps(period.rows().stream().toList(), signals)));
    evidence.add(
        period.chance() < 1e-6
            ? "At random steps they would practically never fall together like this."
            : words(
                "At random steps they fall together like this with a chance of %.1g.",
                period.chance()));
    Repeats.words(signals.cases(), signals.log().steps()).ifPresent(evidence::add);
    SharedRows.words(
            signals.log(), signals.cases().stream().filter(c -> c.inPeriod().isPresent()).toList())
        .ifPresent(evidence::add);
    if (period.place() == Period.Place.UNKNOWN) {
      evidence.add(
          words(
              "If an epoch has %,.0f steps, it is the epoch: --steps-per-epoch says where in it.",
              period.length()));
    }
    interval(signals).ifPresent(evidence::add);
  }

  private static void rate(List<Case> cases, Signals signals, List<String> evidence) {
    double[] steps = signals.log().steps();
    cases.stream()
        .filter(c -> c.jump().isPresent())
        .limit(NAMED)
        .forEach(
            c -> {
              RateJumps.Jump jump = c.jump().get();
              evidence.add(
                  words(
                      "At step %,.0f the learning rate goes from %.3g to %.3g; the loss rises from step %,.0f on.",
                      steps[jump.row()], jump.from(), jump.to(), steps[c.rise().onset()]));
            });
    long warming = cases.stream().filter(c -> c.jump().isEmpty() && c.warming()).count();
    if (warming > 0) {
      evidence.add(
          words(
              "In %d of the rises the learning rate was rising at the time, without a jump.",
              warming));
    }
    List<RateJumps.Jump> taken = cases.stream().flatMap(c -> c.jump().stream()).toList();
    int without = 0;
    for (RateJumps.Jump jump : signals.jumps()) {
      Restarts.Loss loss = Restarts.loss(signals.log().losses(), jump.row());
      boolean up = loss == Restarts.Loss.DECAYS || loss == Restarts.Loss.STAYS_UP;
      if (!taken.contains(jump) && up) {
        evidence.add(
            words(
                "At step %,.0f the learning rate goes from %.3g to %.3g; the loss moves up there%s.",
                steps[jump.row()],
                jump.from(),
                jump.to(),
                loss == Restarts.Loss.DECAYS ? " and comes back" : ""));
      }
      without += !taken.contains(jump) && loss == Restarts.Loss.AS_BEFORE ? 1 : 0;
    }
    if (without > 0) {
      evidence.add(
          words(
              "Against it: after %d other jump%s the loss did not rise.",
              without, without == 1 ? "" : "s"));
    }
    int others = signals.cases().size() - cases.size();
    if (others > 0) {
      evidence.add(words("%d other rise%s came without it.", others, others == 1 ? "" : "s"));
    }
  }

  private static void restarts(Signals signals, List<String> evidence) {
    signals.restarts().stream()
        .limit(NAMED)
        .forEach(
            r ->
                evidence.add(
                    words(
                        r.repeats()
                            ? "After step %,.0f the log goes on with step %,.0f, so steps were repeated; %s."
                            : "After step %,.0f the log goes on with step %,.0f, so steps are missing; %s.",
                        r.before(),
                        r.step(),
                        switch (r.loss()) {
                          case AS_BEFORE -> "the loss goes on within its scatter";
                          case DECAYS -> "the loss jumps up and comes back";
                          case STAYS_UP -> "the loss moves up and stays";
                          case FROM_START -> "the loss begins where it began at first";
                          case UNKNOWN -> "too few points to compare";
                        })));
    if (signals.log().learningRates().length == 0) {
      evidence.add("The learning rate was not logged: a schedule begun anew looks the same.");
    }
  }

  private static void shapes(List<Case> cases, Signals signals, List<String> evidence) {
    double[] losses = signals.log().losses();
    for (Shape shape : Shape.values()) {
      List<Case> alike = cases.stream().filter(c -> c.shape() == shape && !c.isNan()).toList();
      if (alike.isEmpty()) {
        continue;
      }
      double[] up = alike.stream().mapToDouble(c -> Shape.up(c.rise(), losses)).sorted().toArray();
      double[] down =
          alike.stream().mapToDouble(c -> Shape.down(c.rise(), losses)).sorted().toArray();
      String course =
          shape == Shape.SINGLE || shape.compareTo(Shape.LASTING) >= 0
              ? ""
              : words(
                  ", %.0f logged step%s up and %.0f down%s",
                  Robust.middle(up),
                  Math.round(Robust.middle(up)) == 1 ? "" : "s",
                  Robust.middle(down),
                  alike.size() == 1 ? "" : " in the median");
      evidence.add(
          words(
              signals.cases().size() == 1
                  ? "The one rise %3$s%4$s (%5$s)."
                  : alike.size() == 1
                      ? "%d of %d rises %s%s (%s)."
                      : "%d of %d rises, each of which %s%s (%s).",
              alike.size(),
              signals.cases().size(),
              shape.words(),
              course,
              steps(alike.stream().map(c -> named(c, shape)).toList(), signals)));
    }
    gradient(cases, evidence);
    SharedRows.words(signals.log(), cases).ifPresent(evidence::add);
    if (signals.log().gradientNorms().length == 0) {
      evidence.add(
          "The gradient norm was not logged: whether it rose before the loss or with it would tell more.");
    }
    interval(signals).ifPresent(evidence::add);
  }

  /** A level's largest loss may come long after its beginning. */
  private static int named(Case one, Shape shape) {
    return shape.compareTo(Shape.LASTING) >= 0 ? one.rise().onset() : one.rise().peak();
  }

  private static void gradient(List<Case> cases, List<String> evidence) {
    List<GradientTiming> known = cases.stream().flatMap(c -> c.gradient().stream()).toList();
    if (!known.isEmpty()) {
      long lead = known.stream().filter(g -> g.rose() && g.lead() >= 1).count();
      long rose = known.stream().filter(GradientTiming::rose).count();
      evidence.add(
          known.size() == 1
              ? "The gradient norm "
                  + (rose == 0
                      ? "did not rise."
                      : lead == 1 ? "rose before the loss." : "rose with the loss.")
              : words(
                  "The gradient norm rose before the loss in %d of %d, with it in %d, and not at all in %d.",
                  lead, known.size(), rose - lead, known.size() - rose));
    }
  }

  /** Where logging every k steps hides what would separate. */
  static Optional<String> interval(Signals signals) {
    double interval = signals.log().interval();
    return interval <= 1
        ? Optional.empty()
        : Optional.of(
            words(
                "Logged every %,.0f steps: whether a rise is one step or a burst of up to %,.0f, and what rose"
                    + " first within them, cannot be seen.",
                interval, 2 * interval - 1));
  }

  private static String steps(List<Integer> rows, Signals signals) {
    double[] steps = signals.log().steps();
    String named =
        rows.stream()
            .limit(NAMED)
            .map(row -> words("%,.0f", steps[row]))
            .collect(Collectors.joining(", "));
    return (rows.size() == 1 ? "step " : "steps ") + named + (rows.size() > NAMED ? ", …" : "");
  }

  static String words(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Those that a hypothesis fits. */
  static List<Case> cases(Hypothesis hypothesis, Signals signals) {
    return signals.cases().stream().filter(c -> c.fits().containsKey(hypothesis)).toList();
  }
}
