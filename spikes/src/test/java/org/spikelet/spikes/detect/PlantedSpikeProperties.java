package org.spikelet.spikes.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.spikelet.spikes.Curves;

/**
 * A spike of at least 1 nat on a noisy curve is found, with its onset, peak and end, and nothing
 * else is.
 *
 * <p>At most 0.08 nats of noise, cut at 2.5σ: even with the noise against it a spike stands 0.8
 * nats above the median, more than the ln 2 of an onset.
 */
class PlantedSpikeProperties {

  private static final int STEPS = 1200;

  @Property
  void oneSpikeIsFound(
      @ForAll @Scale(18) @DoubleRange(min = 0, max = 0.08) double sigma,
      @ForAll @Scale(18) @DoubleRange(min = 1, max = 8) double height,
      @ForAll @IntRange(min = 50, max = 800) int onset,
      @ForAll @IntRange(min = 1, max = 290) int length,
      @ForAll @Scale(18) @DoubleRange(min = 0, max = 1) double whereThePeakIs,
      @ForAll @Scale(18) @DoubleRange(min = -5, max = 5) double scale,
      @ForAll long seed) {
    double[] losses = Curves.noisy(STEPS, sigma, seed);
    int peak = onset + (int) (whereThePeakIs * (length - 1));
    for (int t = onset; t < onset + length; t++) {
      losses[t] *= Math.exp(height);
    }
    losses[peak] *= 2;
    for (int t = 0; t < STEPS; t++) {
      losses[t] *= Math.pow(10, scale);
    }

    List<Spike> spikes = SpikeDetector.detect(losses);

    assertThat(spikes).hasSize(1);
    Spike spike = spikes.get(0);
    assertThat(spike.onset()).isEqualTo(onset);
    assertThat(spike.peak()).isEqualTo(peak);
    assertThat(spike.end()).isEqualTo(onset + length);
    assertThat(spike.duration()).isEqualTo(length);
    assertThat(spike.peakLoss()).isEqualTo(losses[peak]);
    assertThat(spike.height()).isCloseTo(height + Math.log(2), offset(3 * sigma + 1e-5));
    assertThat(spike.shift()).isFalse();
  }

  @Property
  void severalSpikesAreToldApart(
      @ForAll @Scale(18) @DoubleRange(min = 0, max = 0.08) double sigma,
      @ForAll @Scale(18) @DoubleRange(min = 1, max = 8) double height,
      @ForAll @IntRange(min = 1, max = 20) int length,
      @ForAll @IntRange(min = 5, max = 60) int gap,
      @ForAll long seed) {
    double[] losses = Curves.noisy(STEPS, sigma, seed);
    for (int k = 0; k < 5; k++) {
      for (int t = 0; t < length; t++) {
        losses[300 + k * (length + gap) + t] *= Math.exp(height);
      }
    }
    List<Spike> spikes = SpikeDetector.detect(losses);
    assertThat(spikes).hasSize(5);
    for (int k = 0; k < 5; k++) {
      assertThat(spikes.get(k).onset()).isEqualTo(300 + k * (length + gap));
      assertThat(spikes.get(k).duration()).isEqualTo(length);
    }
  }
}
