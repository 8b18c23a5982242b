package org.spikelet.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ContrastTest {

  private static final Offset<Double> CLOSE = Offset.offset(1e-12);

  private static Contrast contrast(double[] with, double[] without) {
    return Contrast.of(samples(with), samples(without));
  }

  private static List<Contrast.Sample> samples(double[] values) {
    return Arrays.stream(values).mapToObj(value -> new Contrast.Sample(value, 5)).toList();
  }

  @Test
  void aShortRunWeighsLess() {
    List<Contrast.Sample> with = List.of(new Contrast.Sample(100, 10), new Contrast.Sample(1, 990));

    assertThat(Contrast.mean(with)).isCloseTo(1.99, CLOSE);
    assertThat(Contrast.mean(List.of())).isZero();
  }

  @Test
  void isTheShareThatGoesWithTheFactor() {
    Contrast contrast = contrast(new double[] {8, 12}, new double[] {2, 3});

    assertThat(contrast.value()).isCloseTo(0.75, CLOSE);
  }

  @Test
  void isNegativeIfTheFactorHoldsSpikesBack() {
    assertThat(contrast(new double[] {1, 1}, new double[] {4, 4}).value()).isCloseTo(-0.75, CLOSE);
  }

  @Test
  void withoutAnySpikeThereIsNoEffectAndTheClaimIsRefuted() {
    Contrast contrast = contrast(new double[3], new double[3]);

    assertThat(contrast).isEqualTo(new Contrast(0, 0, 0));
    assertThat(Verdict.of(contrast)).isEqualTo(Verdict.REFUTED);
  }

  @Test
  void theIntervalOfEqualSeedsIsAPoint() {
    Contrast contrast = contrast(new double[] {4, 4, 4}, new double[] {1, 1, 1});

    assertThat(contrast).isEqualTo(new Contrast(0.75, 0.75, 0.75));
    assertThat(Verdict.of(contrast)).isEqualTo(Verdict.SUPPORTED);
  }

  /** With two pairs each resample is one of three, with chances ¼, ½ and ¼. */
  @Test
  void theIntervalOfTwoSeedsReachesToEach() {
    Contrast contrast = contrast(new double[] {10, 10}, new double[] {0, 8});

    assertThat(contrast.value()).isCloseTo(0.6, CLOSE);
    assertThat(contrast.low()).isCloseTo(0.2, CLOSE);
    assertThat(contrast.high()).isCloseTo(1, CLOSE);
    assertThat(Verdict.of(contrast)).isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void pairsStayTogether() {
    // The ratio is the same in each pair, so that no resample changes it.
    Contrast contrast = contrast(new double[] {1, 10, 100}, new double[] {0.5, 5, 50});

    assertThat(contrast.low()).isCloseTo(0.5, CLOSE);
    assertThat(contrast.high()).isCloseTo(0.5, CLOSE);
  }

  @Test
  void oneSeedSettlesNothing() {
    assertThat(Verdict.of(contrast(new double[] {5}, new double[] {0})))
        .isNotEqualTo(Verdict.SUPPORTED);
    assertThat(Verdict.of(contrast(new double[] {0}, new double[] {0})))
        .isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void theLimitsOfTheVerdicts() {
    assertThat(Verdict.of(new Contrast(0.7, 0.01, 1))).isEqualTo(Verdict.SUPPORTED);
    assertThat(Verdict.of(new Contrast(0.7, 0, 1))).isEqualTo(Verdict.UNDETERMINED);
    assertThat(Verdict.of(new Contrast(0.69, 0.5, 1))).isEqualTo(Verdict.UNDETERMINED);
    assertThat(Verdict.of(new Contrast(0.1, -1, 0.3))).isEqualTo(Verdict.UNDETERMINED);
    assertThat(Verdict.of(new Contrast(0.1, -1, 0.29))).isEqualTo(Verdict.REFUTED);
  }
}
