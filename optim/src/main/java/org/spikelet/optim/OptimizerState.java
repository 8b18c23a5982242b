package org.spikelet.optim;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.spikelet.autodiff.Parameter;

/**
 * A copy of all that changes in an optimizer from step to step: moments, counts, and the schedule.
 *
 * <p>Made by {@link Optimizer#save()}. It holds 8 bytes for each number of the optimizer's state:
 * for Adam 16 bytes for each weight.
 */
public final class OptimizerState {

  private final Map<String, double[][]> arrays = new LinkedHashMap<>();
  private long[] updates = {};
  private long steps;
  private Schedule schedule = Schedule.constant(0);

  OptimizerState() {}

  /** Copies into this. The arrays are made once, and used again. */
  void write(Map<String, double[][]> from, long[] updates, long steps, Schedule schedule) {
    arrays.keySet().retainAll(from.keySet());
    for (Map.Entry<String, double[][]> entry : from.entrySet()) {
      double[][] source = entry.getValue();
      double[][] target = arrays.get(entry.getKey());
      if (target == null) {
        arrays.put(
            entry.getKey(), Arrays.stream(source).map(double[]::clone).toArray(double[][]::new));
      } else {
        copy(source, target);
      }
    }
    if (this.updates.length != updates.length) {
      this.updates = new long[updates.length];
    }
    System.arraycopy(updates, 0, this.updates, 0, updates.length);
    this.steps = steps;
    this.schedule = schedule;
  }

  /** Returns a copy that saving over this one does not change. */
  public OptimizerState copy() {
    OptimizerState copy = new OptimizerState();
    copy.write(arrays, updates, steps, schedule);
    return copy;
  }

  /** Copies out of this. */
  void read(Function<String, double[][]> to, List<Parameter> parameters, long[] updates) {
    check(parameters);
    arrays.forEach((name, source) -> copy(source, to.apply(name)));
    System.arraycopy(this.updates, 0, updates, 0, updates.length);
  }

  private void check(List<Parameter> parameters) {
    boolean fits = updates.length == parameters.size();
    for (double[][] array : arrays.values()) {
      for (int k = 0; fits && k < array.length; k++) {
        fits = array[k].length == parameters.get(k).size();
      }
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "restore: the state was saved for other parameters: it has %s of them, the optimizer %s; restore it to an optimizer of the same model"
              .formatted(updates.length, parameters.size()));
    }
  }

  private static void copy(double[][] source, double[][] target) {
    for (int k = 0; k < source.length; k++) {
      System.arraycopy(source[k], 0, target[k], 0, source[k].length);
    }
  }

  Set<String> names() {
    return arrays.keySet();
  }

  /** Returns the number of steps taken when it was saved. */
  public long steps() {
    return steps;
  }

  Schedule schedule() {
    return schedule;
  }

  /** Returns whether all numbers have the same bits. What is not there yet counts as zeros. */
  @Override
  public boolean equals(Object other) {
    return other instanceof OptimizerState that
        && steps == that.steps
        && Arrays.equals(updates, that.updates)
        && covers(that)
        && that.covers(this);
  }

  /** Whether the other has the same numbers in all arrays of this one. */
  private boolean covers(OptimizerState other) {
    return arrays.entrySet().stream()
        .allMatch(
            entry -> {
              double[][] own = entry.getValue();
              double[][] zeros =
                  Arrays.stream(own).map(a -> new double[a.length]).toArray(double[][]::new);
              return Arrays.deepEquals(own, other.arrays.getOrDefault(entry.getKey(), zeros));
            });
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(updates) + Long.hashCode(steps);
  }
}
