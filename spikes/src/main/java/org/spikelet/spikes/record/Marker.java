package org.spikelet.spikes.record;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;

/** Takes {@link Marks} of one step after the other; its cost does not grow with the parameters. */
public final class Marker {

  /** Of how many values of a parameter a print is made. */
  private static final int PRINTED = 16;

  private final List<Parameter> parameters;
  private final List<Parameter> trained;
  private final int[] versions;
  private final int[] most;

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
    Arrays.fill(most, Integer.MAX_VALUE);
    begin();
  }

  /** Leaves out of the next marks what has been changed up to now. */
  public void begin() {
    for (int k = 0; k < versions.length; k++) {
      versions[k] = parameters.get(k).version();
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
      if (changes[k] > most[k]) {
        copies = copies.isEmpty() ? new HashMap<>() : copies;
        copies.put(k, parameter.toArray());
      }
      most[k] = most[k] == Integer.MAX_VALUE ? changes[k] : Math.max(most[k], changes[k]);
    }
    begin();
    double[] squared = new double[trained.size()];
    for (int k = 0; k < squared.length; k++) {
      Parameter parameter = trained.get(k);
      squared[k] = gradients.contains(parameter) ? gradients.sumOfSquares(parameter) : -1;
    }
    return new Marks(changes, squared, prints, copies);
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
