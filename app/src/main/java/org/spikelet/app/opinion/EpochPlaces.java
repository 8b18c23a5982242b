package org.spikelet.app.opinion;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.spikelet.app.log.TrainingLog;

/** Where in its epoch each row stands. */
final class EpochPlaces {

  private final double length;
  private final double[] places;
  private final double[] numbers;

  private EpochPlaces(double length, double[] places, double[] numbers) {
    this.length = length;
    this.places = places;
    this.numbers = numbers;
  }

  /** The steps of an epoch. */
  double length() {
    return length;
  }

  /** Which step of its epoch a row's is, from 1 on; the epoch's length for the last. */
  double place(int row) {
    return places[row];
  }

  /** Which epoch. */
  long epoch(int row) {
    return (long) numbers[row];
  }

  /**
   * Finds the places from the epochs that were logged, or from the number of steps that was given.
   * Empty if neither is known, or if less than two rows belong to an epoch.
   */
  static Optional<EpochPlaces> of(TrainingLog log, OptionalLong given) {
    if (given.isPresent()) {
      return Optional.of(counted(log, given.getAsLong()));
    }
    double[] epochs = log.epochs();
    if (epochs.length < 4) {
      return Optional.empty();
    }
    boolean whole = Arrays.stream(epochs).allMatch(e -> Double.isNaN(e) || e == Math.rint(e));
    return (whole ? whole(log) : fractional(log))
        .filter(places -> places.length >= 2 * log.interval());
  }

  private static EpochPlaces counted(TrainingLog log, long length) {
    double[] steps = log.steps();
    double first = steps[0] <= 0 ? 0 : 1;
    double[] places = new double[steps.length];
    double[] numbers = new double[steps.length];
    for (int i = 0; i < steps.length; i++) {
      double index = Math.max(0, steps[i] - first);
      places[i] = index % length + 1;
      numbers[i] = Math.floor(index / length);
    }
    return new EpochPlaces(length, places, numbers);
  }

  /** Epochs 0, 0, 0, 1, 1, 1: a step's place is counted from the first of its epoch. */
  private static Optional<EpochPlaces> whole(TrainingLog log) {
    double[] steps = log.steps();
    double[] epochs = log.epochs();
    int n = epochs.length;
    double[] lengths = new double[n];
    double[] places = new double[n];
    int count = 0;
    double start = steps[0];
    for (int i = 0; i < n; i++) {
      if (i > 0 && epochs[i] != epochs[i - 1] && !Double.isNaN(epochs[i])) {
        if (steps[i] > start && epochs[i] > epochs[i - 1]) {
          lengths[count++] = steps[i] - start;
        }
        start = steps[i];
      }
      places[i] = steps[i] - start + 1;
    }
    if (count == 0) {
      return Optional.empty();
    }
    double[] sorted = Arrays.copyOf(lengths, count);
    Arrays.sort(sorted);
    return Optional.of(new EpochPlaces(sorted[count / 2], places, epochs));
  }

  /** Epochs 0.01, 0.02: the share is the place. */
  private static Optional<EpochPlaces> fractional(TrainingLog log) {
    double[] steps = log.steps();
    double[] epochs = log.epochs();
    int n = epochs.length;
    double[] slopes = new double[n];
    int count = 0;
    // Over many rows: epochs are often rounded to two places.
    int far = Math.max(1, Math.min(1000, n / 4));
    for (int i = far; i < n; i += Math.max(1, far / 8)) {
      if (steps[i] > steps[i - far] && epochs[i] > epochs[i - far]) {
        slopes[count++] = (steps[i] - steps[i - far]) / (epochs[i] - epochs[i - far]);
      }
    }
    if (count == 0) {
      return Optional.empty();
    }
    double[] sorted = Arrays.copyOf(slopes, count);
    Arrays.sort(sorted);
    double length = sorted[count / 2];
    double[] places = new double[n];
    double[] numbers = new double[n];
    for (int i = 0; i < n; i++) {
      double number = Math.floor(epochs[i]);
      double place = (epochs[i] - number) * length;
      boolean last = place < 0.5 && number > 0;
      places[i] = last ? length : Math.max(1, place);
      numbers[i] = last ? number - 1 : number;
    }
    return Optional.of(new EpochPlaces(length, places, numbers));
  }
}
