package org.spikelet.app.lab;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.spikelet.app.experiment.Measure;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Optimizer;
import org.spikelet.spikes.detect.Spike;
import org.spikelet.spikes.stability.Sharpness;

/**
 * How near η·λ is to its threshold just before the spikes of a run, and in the calm between them.
 *
 * <p>The run is made a second time, for only then is it known where its spikes begin. The two
 * moments of a spike are 10 steps before its onset, and halfway between that and the end of the
 * spike before.
 */
final class NearThreshold {

  private static final int BEFORE = 10;
  private static final int LEAST_CALM = 60;
  private static final int MOST_SPIKES = 8;
  private static final double NEAR = 0.95;

  /** Where a measurement is taken, and what it counts towards. */
  private enum Moment {
    BEFORE_SPIKE(Measure.NEAR_THRESHOLD_BEFORE, Measure.OVER_THRESHOLD_BEFORE),
    IN_CALM(Measure.NEAR_THRESHOLD_IN_CALM, Measure.OVER_THRESHOLD_IN_CALM);

    final Measure near;
    final Measure over;

    Moment(Measure near, Measure over) {
      this.near = near;
      this.over = over;
    }
  }

  private final Map<Long, Moment> moments = new TreeMap<>();

  private final Supplier<Tensor> loss;
  private final Map<Measure, Integer> counts = new EnumMap<>(Measure.class);
  private Optional<Tensor> vector = Optional.empty();

  /**
   * Chooses the moments.
   *
   * @param spikes of the first run
   * @param loss of the full batch
   */
  NearThreshold(List<Spike> spikes, Supplier<Tensor> loss) {
    this.loss = loss;
    long free = 0;
    for (Spike spike : spikes) {
      if (spike.onset() - free >= LEAST_CALM && moments.size() < 2 * MOST_SPIKES) {
        moments.put(spike.onset() - BEFORE, Moment.BEFORE_SPIKE);
        moments.put((free + spike.onset() - BEFORE) / 2, Moment.IN_CALM);
      }
      free = spike.end();
    }
  }

  /** Measures, if this is one of the moments; changes nothing. */
  void before(long step, Optimizer optimizer) {
    if (!moments.containsKey(step)) {
      return;
    }
    Sharpness sharpness = Sharpness.of(loss, optimizer, step, vector);
    vector = Optional.of(sharpness.vector());
    Moment moment = moments.get(step);
    double ratio = sharpness.ratio();
    counts.merge(moment.near, ratio > NEAR ? 1 : 0, Integer::sum);
    counts.merge(moment.over, ratio > 1 ? 1 : 0, Integer::sum);
  }

  /** Adds the shares of moments at which η·λ was near its threshold. */
  void putInto(Map<Measure, Double> values) {
    double spikes = moments.size() / 2.0;
    counts.forEach((measure, count) -> values.put(measure, count / spikes));
  }
}
