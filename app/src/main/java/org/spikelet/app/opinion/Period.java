package org.spikelet.app.opinion;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.spikelet.app.log.TrainingLog;

/**
 * Losses that are high in step with the epoch, or with something else.
 *
 * @param place which part of the epoch
 * @param rows those that are in step
 * @param all how many rows were high
 * @param length of the period, in steps
 * @param at the step of the epoch at which they come, from 1 on; 0 if the epoch is not known
 * @param chance how probable so many would be in one place, without a period
 * @param ofRises whether the rows are those at which rises begin; else those above three scatters
 */
record Period(
    Place place,
    Set<Integer> rows,
    int all,
    double length,
    double at,
    double chance,
    boolean ofRises) {

  /** Which part of the epoch. */
  enum Place {
    LAST,
    FIRST,
    INSIDE,
    UNKNOWN
  }

  private static final int FEWEST = 3;

  /** Of more rises the first are enough, and all pairs of them are compared. */
  private static final int MOST = 3_000;

  private static final double NO_CHANCE = 0.01;

  /** Many rows are high by chance, so fewer of them need be in step, but far beyond chance. */
  private static final double MOST_RISES = 0.6;

  private static final double MOST_HIGH = 0.25;
  private static final double NO_CHANCE_AT_ALL = 1e-4;
  private static final int FEWEST_HIGH = 5;

  /** The commonest distance may be a multiple of the period. */
  private static final int PARTS = 4;

  static Optional<Period> of(Rises.Found found, TrainingLog log, Optional<EpochPlaces> epochs) {
    int[] onsets =
        found.rises().stream().filter(Rise::finite).mapToInt(Rise::onset).limit(MOST).toArray();
    int[] high = found.high().stream().mapToInt(row -> row).toArray();
    if (epochs.isEmpty()) {
      return Optional.of(onsets)
          .filter(rows -> rows.length >= FEWEST)
          .flatMap(r -> regular(r, log));
    }
    Optional<Period> ofRises =
        inEpoch(onsets, log, epochs.get(), true)
            .filter(
                p ->
                    p.chance <= NO_CHANCE && p.rows.size() >= Math.max(FEWEST, MOST_RISES * p.all));
    return ofRises
        .or(() -> atTheEdge(onsets, log, epochs.get()))
        .or(
            () ->
                inEpoch(high, log, epochs.get(), false)
                    .filter(
                        p ->
                            p.chance <= NO_CHANCE_AT_ALL
                                && p.rows.size() >= Math.max(FEWEST_HIGH, MOST_HIGH * p.all)));
  }

  private static Optional<Period> inEpoch(
      int[] rows, TrainingLog log, EpochPlaces epochs, boolean ofRises) {
    if (rows.length < FEWEST) {
      return Optional.empty();
    }
    double interval = log.interval();
    double width = ofRises ? Math.max(2 * interval, 0.03 * epochs.length()) : interval;
    Map<Long, Set<Long>> bins = new HashMap<>();
    // By places first: there may be many rows, and few places.
    for (int row : rows) {
      long place = Math.round(epochs.place(row));
      bins.computeIfAbsent(place, p -> new HashSet<>()).add(epochs.epoch(row));
    }
    double best = 0;
    int most = 0;
    for (long centre : bins.keySet()) {
      Set<Long> different = new HashSet<>();
      bins.forEach(
          (place, numbers) -> {
            if (distance((double) place, (double) centre, epochs.length()) <= width / 2) {
              different.addAll(numbers);
            }
          });
      if (different.size() > most) {
        most = different.size();
        best = (double) centre;
      }
    }
    double centre = best;
    Set<Integer> inStep = new TreeSet<>();
    for (int row : rows) {
      if (distance(epochs.place(row), centre, epochs.length()) <= width / 2 + 0.5) {
        inStep.add(row);
      }
    }
    double share = Math.min(1, (ofRises ? width + interval : interval) / epochs.length());
    double chance = Math.min(1, tail(rows.length, most, share) / share);
    double[] at = inStep.stream().mapToDouble(epochs::place).sorted().toArray();
    return Optional.of(
        new Period(
            place(inStep, log, epochs),
            inStep,
            rows.length,
            epochs.length(),
            at[at.length / 2],
            chance,
            ofRises));
  }

  /** The last and the first step are suspects beforehand: two rises there are much already. */
  private static Optional<Period> atTheEdge(int[] rows, TrainingLog log, EpochPlaces epochs) {
    for (Place edge : List.of(Place.LAST, Place.FIRST)) {
      Set<Integer> there = new TreeSet<>();
      for (int row : rows) {
        if (place(Set.of(row), log, epochs) == edge) {
          there.add(row);
        }
      }
      double share = log.interval() / epochs.length();
      double chance = 2 * tail(rows.length, there.size(), share);
      if (there.size() >= 2 && there.size() >= MOST_RISES * rows.length && chance <= NO_CHANCE) {
        double at = edge == Place.LAST ? epochs.length() : 1;
        return Optional.of(new Period(edge, there, rows.length, epochs.length(), at, chance, true));
      }
    }
    return Optional.empty();
  }

  private static double distance(double a, double b, double length) {
    double d = Math.abs(a - b) % length;
    return Math.min(d, length - d);
  }

  private static Place place(Set<Integer> rows, TrainingLog log, EpochPlaces epochs) {
    double interval = log.interval();
    long last = rows.stream().filter(row -> epochs.length() - epochs.place(row) < interval).count();
    long first = rows.stream().filter(row -> epochs.place(row) <= 1 + 0.01 * interval).count();
    if (last * 2 > rows.size()) {
      return Place.LAST;
    }
    return first * 2 > rows.size() ? Place.FIRST : Place.INSIDE;
  }

  /** At equal distances, or multiples of one: the commonest distance, or a part of it. */
  private static Optional<Period> regular(int[] rows, TrainingLog log) {
    double[] steps = Arrays.stream(rows).mapToDouble(row -> log.steps()[row]).toArray();
    double[] gaps = new double[steps.length - 1];
    Arrays.setAll(gaps, i -> steps[i + 1] - steps[i]);
    Arrays.sort(gaps);
    double usual = gaps[(gaps.length - 1) / 2];
    Optional<Period> best = Optional.empty();
    for (int part = 1; part <= PARTS; part++) {
      Optional<Period> one = regular(rows, steps, usual / part, log.interval());
      if (one.isPresent() && (best.isEmpty() || one.get().chance < best.get().chance)) {
        best = one;
      }
    }
    return best.filter(p -> p.chance * PARTS <= NO_CHANCE);
  }

  private static Optional<Period> regular(
      int[] rows, double[] steps, double guess, double interval) {
    if (guess < 8 * interval) {
      return Optional.empty();
    }
    double width = Math.max(2 * interval, 0.03 * guess);
    Set<Integer> best = Set.of();
    for (double centre : steps) {
      Set<Integer> near = new TreeSet<>();
      for (int i = 0; i < steps.length; i++) {
        if (distance(steps[i], centre, guess) <= width / 2) {
          near.add(rows[i]);
        }
      }
      best = near.size() > best.size() ? near : best;
    }
    double share = Math.min(1, (width + interval) / guess);
    // The length came from the rises: two of them are no evidence.
    double chance = tail(rows.length - 2, best.size() - 2, share) / share;
    boolean enough = best.size() > FEWEST && best.size() >= MOST_RISES * rows.length;
    return enough
        ? Optional.of(new Period(Place.UNKNOWN, best, rows.length, guess, 0, chance, true))
        : Optional.empty();
  }

  /** The probability of so many hits or more in n trials of chance p. */
  static double tail(int n, int hits, double p) {
    double sum = 0;
    double logChoose = 0;
    for (int k = 0; k <= n; k++) {
      if (k > 0) {
        logChoose += Math.log(n - k + 1) - Math.log(k);
      }
      if (k >= hits) {
        sum +=
            Math.exp(logChoose + k * Math.log(p) + (n - k) * Math.log1p(-Math.min(p, 1 - 1e-12)));
      }
    }
    return Math.min(1, sum);
  }
}
