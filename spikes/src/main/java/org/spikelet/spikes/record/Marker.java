package org.spikelet.spikes.record;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;

/**
 * Takes {@link Marks} of one step after the other. But for Σg², and for a copy where a parameter
 * was changed unusually often, the cost does not grow with the sizes of the parameters.
 */
public final class Marker {

  /** Of how many values of a parameter a print is made. */
  private static final int PRINTED = 16;

  /** After how many steps a parameter is copied again that is changed as often as at the last. */
  private static final int APART = 128;

  private final List<Parameter> parameters;
  private final List<Parameter> trained;
  private final int[] versions;
  private final int[] most;
  private final int[] before;
  private final long[] copied;
  private long taken;

  /**
   * Begins with the present state.
   *
   * @param parameters all of the state
   * @param trained those that the optimizer trains
   */
  public Marker(List<Parameter> parameters, List<Parameter> trained) {
    this.parameters = parameters;
    this.trained = trained;
    versions = new int[parameters.size()];
    most = new int[parameters.size()];
    before = new int[parameters.size()];
    copied = new long[parameters.size()];
    Arrays.fill(before, Integer.MAX_VALUE);
    begin();
  }

  /** Leaves out of the next marks what has been changed up to now. */
  public void begin() {
    for (int k = 0; k < versions.length; k++) {
      versions[k] = parameters.get(k).version();
    }
  }

  /** Runs something whose changes are left out of the next marks, as it puts all of them back. */
  void leaveOut(Runnable work) {
    int[] before = parameters.stream().mapToInt(Parameter::version).toArray();
    try {
      work.run();
    } finally {
      for (int k = 0; k < versions.length; k++) {
        versions[k] += parameters.get(k).version() - before[k];
      }
    }
  }

  /**
   * Marks a step that has ended.
   *
   * @param gradients what the optimizer was given
   */
  public Marks take(Gradients gradients) {
    int[] changes = new int[versions.length];
    long[] prints = new long[versions.length];
    Map<Integer, double[]> copies = Map.of();
    for (int k = 0; k < versions.length; k++) {
      Parameter parameter = parameters.get(k);
      changes[k] = parameter.version() - versions[k];
      prints[k] = print(parameter);
      // What is changed ever more often, or every other step, must not be copied each time.
      if (changes[k] > before[k] && (changes[k] > 2 * most[k] || taken - copied[k] >= APART)) {
        copies = copies.isEmpty() ? new HashMap<>() : copies;
        copies.put(k, parameter.toArray());
        copied[k] = taken;
        most[k] = changes[k];
      }
      before[k] = changes[k];
    }
    taken++;
    begin();
    double[] squared = new double[trained.size()];
    for (int k = 0; k < squared.length; k++) {
      Parameter parameter = trained.get(k);
      squared[k] = gradients.contains(parameter) ? gradients.sumOfSquares(parameter) : -1;
    }
    return new Marks(changes, squared, prints, copies);
  }

  /** Writes what is remembered from step to step. */
  void write(Numbers out) {
    out.putLongs(taken);
    for (int k = 0; k < versions.length; k++) {
      out.putLongs(parameters.get(k).version() - versions[k], most[k], before[k], copied[k]);
    }
  }

  /** Puts back what was written. */
  void read(Numbers in) {
    taken = in.nextLong();
    for (int k = 0; k < versions.length; k++) {
      versions[k] = parameters.get(k).version() - in.nextInt();
      most[k] = in.nextInt();
      before[k] = in.nextInt();
      copied[k] = in.nextLong();
    }
  }

  private static long print(Parameter parameter) {
    int size = parameter.size();
    int stride = Math.max(1, size / PRINTED);
    long print = 0;
    for (int i = 0; i < size; i += stride) {
      print = 31 * print + Double.doubleToLongBits(parameter.at(i));
    }
    return print;
  }
}
