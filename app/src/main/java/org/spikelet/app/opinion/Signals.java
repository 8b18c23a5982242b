package org.spikelet.app.opinion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.spikelet.app.log.TrainingLog;
import org.spikelet.app.opinion.RateJumps.Jump;
import org.spikelet.app.opinion.Restarts.Restart;

/**
 * All that is to be seen in a log.
 *
 * @param cases the rises, in order
 * @param left how many rises more there are, which are lower
 * @param unseen where a clear rise would not have counted
 * @param jumps of the learning rate
 * @param restarts in order
 * @param epochs where in its epoch each row stands; empty if that is not known
 * @param period with which losses are high, if they are
 * @param trend from the first losses to the last
 */
record Signals(
    TrainingLog log,
    List<Case> cases,
    int left,
    Unseen unseen,
    List<Jump> jumps,
    List<Restart> restarts,
    Optional<EpochPlaces> epochs,
    Optional<Period> period,
    Trend trend) {

  private static final int MOST = 1000;

  /** So many rows after a jump of the rate a rise still belongs to it; lost state shows sooner. */
  private static final int AFTER_JUMP = 300;

  private static final int AFTER_RESTART = 40;
  private static final int WARM_UP = 200;

  static Signals of(TrainingLog log, OptionalLong stepsPerEpoch) {
    Rises.Found found = withoutScatter(Rises.of(log.losses()), log, stepsPerEpoch);
    List<Rise> all = found.rises();
    List<Rise> rises =
        all.stream()
            .sorted(Comparator.comparingDouble(Rise::height).reversed())
            .limit(MOST)
            .sorted(Comparator.comparingInt(Rise::onset))
            .toList();
    Optional<EpochPlaces> epochs = EpochPlaces.of(log, stepsPerEpoch);
    Optional<Period> period = Period.of(found, log, epochs);
    List<Jump> jumps = RateJumps.of(log.learningRates());
    List<Restart> restarts = Restarts.of(log);
    List<Case> cases = new ArrayList<>();
    Ceiling ceiling = Ceiling.of(log.gradientNorms());
    for (Rise rise : rises) {
      cases.add(
          new Case(
              rise,
              shape(rise, log.losses()),
              timing(rise, log, ceiling),
              period.filter(p -> p.rows().contains(rise.onset()) || p.rows().contains(rise.peak())),
              jumps.stream().filter(j -> isAfter(rise, j.row(), AFTER_JUMP)).reduce((a, b) -> b),
              RateJumps.risesBefore(log.learningRates(), rise.onset(), WARM_UP),
              restarts.stream()
                  .filter(r -> isAfter(rise, r.row(), AFTER_RESTART))
                  .reduce((a, b) -> b)));
    }
    return new Signals(
        log,
        cases,
        all.size() - rises.size(),
        found.unseen(),
        jumps,
        restarts,
        epochs,
        period,
        Trend.of(log.losses()));
  }

  /** Small rises in one row of a hundred, and in no period, are this loss's own scatter. */
  private static Rises.Found withoutScatter(
      Rises.Found found, TrainingLog log, OptionalLong stepsPerEpoch) {
    List<Rise> others =
        found.rises().stream().filter(rise -> rise.kind() != Rise.Kind.SMALL).toList();
    int small = found.rises().size() - others.size();
    boolean many = small > Math.max(10, log.size() / 100);
    return many && Period.of(found, log, EpochPlaces.of(log, stepsPerEpoch)).isEmpty()
        ? new Rises.Found(others, found.high(), found.unseen())
        : found;
  }

  /**
   * Of steps that were not logged a norm that did not rise says nothing: it may be another's; nor
   * does one that was clipped.
   */
  private static Optional<GradientTiming> timing(Rise rise, TrainingLog log, Ceiling ceiling) {
    return GradientTiming.of(rise, log.losses(), log.gradientNorms())
        .filter(
            timing ->
                timing.rose()
                    || (log.interval() <= 1 && !ceiling.isReached(rise, log.gradientNorms())));
  }

  /** A rate may be logged a row late, and a median finds a level's place to a few rows. */
  private static boolean isAfter(Rise rise, int row, int most) {
    int early = rise.kind() == Rise.Kind.LEVEL ? 5 : 1;
    return rise.onset() >= row - early && rise.onset() <= row + most;
  }

  private static Shape shape(Rise rise, double[] losses) {
    return rise.finite() ? Shape.of(rise, losses) : Shape.GROWING;
  }

  List<Rise> rises() {
    return cases.stream().map(Case::rise).toList();
  }
}
