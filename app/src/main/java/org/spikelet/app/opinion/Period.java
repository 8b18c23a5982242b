package org.spikelet.app.opinion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.spikelet.app.log.TrainingLog;

/**
 * Rises that come in step with the epoch, or with something else.
 *
 * @param place which part of the epoch
 * @param rises those that are in step
 * @param all how many rises there were
 * @param length of the period, in steps
 * @param at the step of the epoch at which they come, from 1 on; 0 if the epoch is not known
 * @param chance how probable so many would be in one place, without a period
 */
record Period(Place place, List<Rise> rises, int all, double length, double at, double chance) {

  /** Which part of the epoch. */
  enum Place {
    LAST,
    FIRST,
    INSIDE,
    UNKNOWN
  }

  private static final int FEWEST = 3;
  private static final double MOST = 0.6;
  private static final double NO_CHANCE = 0.01;

  static Optional<Period> of(List<Rise> rises, TrainingLog log, Optional<EpochPlaces> epochs) {
    List<Rise> finite = rises.stream().filter(Rise::finite).toList();
    if (finite.size() < FEWEST) {
      return Optional.empty();
    }
    return epochs.isPresent() ? inEpoch(finite, log, epochs.get()) : regular(finite, log);
  }

  private static Optional<Period> inEpoch(List<Rise> rises, TrainingLog log, EpochPlaces epochs) {
    double interval = log.interval();
    double width = Math.max(2 * interval, 0.03 * epochs.length());
    List<Rise> best = List.of();
    for (Rise around : rises) {
      double centre = epochs.place(around.onset());
      List<Rise> near =
          rises.stream()
              .filter(
                  rise ->
                      distance(epochs.place(rise.onset()), centre, epochs.length()) <= width / 2)
              .toList();
      best = near.size() > best.size() ? near : best;
    }
    Set<Long> different = new HashSet<>();
    best.forEach(rise -> different.add(epochs.epoch(rise.onset())));
    double share = Math.min(1, (width + interval) / epochs.length());
    double chance = Math.min(1, tail(rises.size(), different.size(), share) / share);
    if (different.size() < FEWEST || different.size() < MOST * rises.size() || chance > NO_CHANCE) {
      return Optional.empty();
    }
    List<Rise> inStep = best;
    double[] at =
        inStep.stream().mapToDouble(rise -> epochs.place(rise.onset())).sorted().toArray();
    return Optional.of(
        new Period(
            place(inStep, log, epochs),
            inStep,
            rises.size(),
            epochs.length(),
            at[at.length / 2],
            chance));
  }

  private static double distance(double a, double b, double length) {
    double d = Math.abs(a - b) % length;
    return Math.min(d, length - d);
  }

  private static Place place(List<Rise> rises, TrainingLog log, EpochPlaces epochs) {
    double interval = log.interval();
    long last =
        rises.stream()
            .filter(rise -> epochs.length() - epochs.place(rise.onset()) < interval)
            .count();
    long first =
        rises.stream().filter(rise -> epochs.place(rise.onset()) <= 1 + 0.01 * interval).count();
    if (last * 2 > rises.size()) {
      return Place.LAST;
    }
    return first * 2 > rises.size() ? Place.FIRST : Place.INSIDE;
  }

  /** At equal distances, or multiples of one. */
  private static Optional<Period> regular(List<Rise> rises, TrainingLog log) {
    double[] steps = rises.stream().mapToDouble(rise -> log.steps()[rise.onset()]).toArray();
    double[] gaps = new double[steps.length - 1];
    Arrays.setAll(gaps, i -> steps[i + 1] - steps[i]);
    double[] sorted = gaps.clone();
    Arrays.sort(sorted);
    double length = sorted[(sorted.length - 1) / 2];
    double interval = log.interval();
    if (length < 8 * interval) {
      return Optional.empty();
    }
    double width = Math.max(2 * interval, 0.03 * length);
    List<Rise> best = List.of();
    for (int around = 0; around < steps.length; around++) {
      double centre = steps[around];
      List<Rise> near = new ArrayList<>();
      for (int i = 0; i < steps.length; i++) {
        if (distance(Math.abs(steps[i] - centre), 0, length) <= width / 2) {
          near.add(rises.get(i));
        }
      }
      best = near.size() > best.size() ? near : best;
    }
    double share = Math.min(1, (width + interval) / length);
    // The length came from the rises: two of them are no evidence.
    double chance = tail(rises.size() - 2, best.size() - 2, share) / share;
    if (best.size() < FEWEST + 1 || best.size() < MOST * rises.size() || chance > NO_CHANCE) {
      return Optional.empty();
    }
    return Optional.of(new Period(Place.UNKNOWN, best, rises.size(), length, 0, chance));
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
