package org.spikelet.app.lab;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.spikelet.app.experiment.Measure;
import org.spikelet.spikes.detect.Spike;

/**
 * What came out of one run.
 *
 * @param values by measure
 * @param endLoss the median loss of the last 500 steps; infinite if the loss did not stay finite
 * @param steps how many steps were taken
 * @param spikes the spikes of the batch loss; empty in an outcome that was read from a file
 * @param curve the loss, thinned out: least and largest of each of up to 300 stretches of steps
 */
record Outcome(
    Map<Measure, Double> values,
    double endLoss,
    long steps,
    List<Spike> spikes,
    List<Stretch> curve) {

  /**
   * Some steps in a row.
   *
   * @param least the smallest loss
   * @param largest the largest loss, perhaps infinite
   */
  record Stretch(double least, double largest) {}

  /** Copies the values and the lists. */
  Outcome {
    spikes = List.copyOf(spikes);
    curve = List.copyOf(curve);
    values = Collections.unmodifiableMap(new EnumMap<>(values));
  }

  /**
   * Returns what was counted, 0 if nothing was; a rate weighs as much as there were steps. A run
   * that was lost has come to no weights, and has no say in what is measured of them.
   */
  Contrast.Sample sample(Measure measure) {
    if (measure.isOfSolution() && !values.containsKey(measure)) {
      return new Contrast.Sample(0, 0);
    }
    return new Contrast.Sample(
        values.getOrDefault(measure, 0.0), measure.isRate() ? (double) steps : 1);
  }
}
