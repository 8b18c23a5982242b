package org.spikelet.app.opinion;

import static org.spikelet.app.opinion.Evidence.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a hypothesis is called in an opinion. */
final class Title {

  private Title() {}

  /** What may be behind it, and in brackets what was seen. */
  static String of(Hypothesis hypothesis, Signals signals) {
    List<String> seen = new ArrayList<>();
    List<Case> cases = Evidence.cases(hypothesis, signals);
    switch (hypothesis) {
      case LAST_BATCH, FIRST_BATCH, SAME_PLACE, REGULAR ->
          signals
              .period()
              .ifPresent(
                  p ->
                      seen.add(
                          p.place() == Period.Place.UNKNOWN
                              ? words("every %,.0f steps", p.length())
                              : words("step %,.0f of %,.0f", p.at(), p.length())));
      case HARD_ROWS, MEASUREMENT, LARGE_GRADIENT, INSTABILITY, SHIFT, DIVERGED -> {
        shape(cases).ifPresent(shape -> seen.add(shape.several()));
        norm(cases).ifPresent(seen::add);
      }
      case NAN_AFTER_RISE, NAN_SUDDEN -> norm(cases).ifPresent(seen::add);
      default -> {}
    }
    return title(hypothesis, signals.trend(), signals.log().size())
        + (seen.isEmpty() ? "" : " (" + String.join("; ", seen) + ")");
  }

  /** A loss that fell to that of a guess did come down, and not further. */
  private static String title(Hypothesis hypothesis, Trend trend, int size) {
    boolean fell = trend.guess(size) > 0 && !trend.neverFell(size);
    return fell
        ? hypothesis
            .title()
            .replace("The loss hardly came down:", "The loss never came below that of a guess:")
        : hypothesis.title();
  }

  /** That of most of these. */
  private static Optional<Shape> shape(List<Case> cases) {
    return Stream.of(Shape.values())
        .filter(
            s ->
                2 * cases.stream().filter(c -> c.shape() == s && !c.isNan()).count() > cases.size())
        .findFirst();
  }

  /** When the norm rose in most of these, if it was logged. */
  private static Optional<String> norm(List<Case> cases) {
    List<GradientTiming> known = cases.stream().flatMap(c -> c.gradient().stream()).toList();
    long lead = known.stream().filter(g -> g.rose() && g.lead() >= 1).count();
    long with = known.stream().filter(g -> g.rose() && g.lead() < 1).count();
    long still = known.size() - lead - with;
    if (lead * 2 > known.size()) {
      int[] rows =
          known.stream()
              .filter(g -> g.rose() && g.lead() >= 1)
              .mapToInt(GradientTiming::lead)
              .sorted()
              .toArray();
      int rowsAhead = rows[rows.length / 2];
      return Optional.of(
          words(
              "the gradient norm rose first, by %d logged step%s",
              rowsAhead, rowsAhead == 1 ? "" : "s"));
    }
    if (with * 2 > known.size()) {
      return Optional.of("the gradient norm rose with the loss");
    }
    return still * 2 > known.size()
        ? Optional.of("the gradient norm did not rise")
        : Optional.empty();
  }
}
