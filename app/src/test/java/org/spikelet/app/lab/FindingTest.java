package org.spikelet.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FindingTest {

  private static final Claim REMEDY =
      Claim.aboutAdam(
          "remedy",
          Claim.Group.REMEDY_HEAVY_TAILS,
          "helps",
          "with and without",
          Setups.FLAGSHIP,
          Optimization.AMSGRAD);

  private static final Claim FACTOR =
      Claim.about(
          "factor",
          Claim.Group.ANSWER,
          "brings spikes",
          "with and without",
          Setups.OUTLIERS,
          Setups.CLEAN);

  /** Runs of 1,000 steps with so many spikes and these end losses. */
  private static List<Outcome> runs(double[] spikes, double[] endLosses) {
    List<Outcome> runs = new ArrayList<>();
    for (int i = 0; i < spikes.length; i++) {
      runs.add(
          new Outcome(Map.of(Measure.SPIKES, spikes[i]), endLosses[i], 1000, List.of(), List.of()));
    }
    return runs;
  }

  @Test
  void aRemedyThatTakesTheSpikesAwayIsSupported() {
    Finding finding =
        Finding.of(
            REMEDY,
            Map.of(
                Setups.FLAGSHIP.adam(), runs(new double[] {8, 12}, new double[] {1, 4}),
                Setups.FLAGSHIP.by(Optimization.AMSGRAD),
                    runs(new double[] {0, 1}, new double[] {2, 2})));

    assertThat(finding.verdict()).isEqualTo(Verdict.SUPPORTED);
    assertThat(finding.contrast().value()).isCloseTo(0.95, Offset.offset(1e-12));
    assertThat(finding.adam()).contains(new Finding.Means(10, OptionalDouble.of(0.5)));
    assertThat(finding.sgd()).isEmpty();
    // The geometric mean of 2/1 and 2/4.
    assertThat(finding.endLoss()).hasValueCloseTo(1.0, Offset.offset(1e-12));
    assertThat(finding.seeds()).isEqualTo(2);
    assertThat(finding.notFinite()).isZero();
  }

  @Test
  void whereThereIsNothingToTakeAwayARemedyIsNotJudged() {
    List<Outcome> calm = runs(new double[] {0, 0}, new double[] {1, 1});

    Finding finding =
        Finding.of(
            REMEDY,
            Map.of(Setups.FLAGSHIP.adam(), calm, Setups.FLAGSHIP.by(Optimization.AMSGRAD), calm));

    assertThat(finding.verdict()).isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void aFactorThatBringsNoSpikesIsRefuted() {
    List<Outcome> calm = runs(new double[] {0, 0}, new double[] {1, 1});

    Finding finding =
        Finding.of(
            FACTOR,
            Map.of(
                Setups.OUTLIERS.adam(), calm,
                Setups.CLEAN.adam(), calm,
                Setups.OUTLIERS.sgd(), calm,
                Setups.CLEAN.sgd(), calm));

    assertThat(finding.verdict()).isEqualTo(Verdict.REFUTED);
  }

  @Test
  void lostRunsAreCountedAndHaveNoEndLoss() {
    double lost = Double.POSITIVE_INFINITY;

    Finding finding =
        Finding.of(
            REMEDY,
            Map.of(
                Setups.FLAGSHIP.adam(), runs(new double[] {8, 12}, new double[] {1, lost}),
                Setups.FLAGSHIP.by(Optimization.AMSGRAD),
                    runs(new double[] {0, 1}, new double[] {3, 2})));

    assertThat(finding.notFinite()).isEqualTo(1);
    assertThat(finding.endLoss()).hasValueCloseTo(3.0, Offset.offset(1e-12));
  }
}
