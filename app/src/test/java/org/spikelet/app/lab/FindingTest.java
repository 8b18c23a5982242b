package org.spikelet.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.experiment.Data;
import org.spikelet.app.experiment.Measure;
import org.spikelet.app.experiment.Model;
import org.spikelet.app.experiment.Optimization;
import org.spikelet.app.experiment.Recipe;
import org.spikelet.app.experiment.Setup;
import org.spikelet.optim.Adam;

class FindingTest {

  private static final Recipe ADAM = Setup.FLAGSHIP.adam();

  private static final Recipe AMSGRAD =
      Setup.FLAGSHIP.by(
          Optimization.of("amsgrad", p -> new Adam(p, 1e-3, Adam.DEFAULTS.withAmsgrad())));

  private static final Setup CLEAN = Setup.of("clean", Data.NOISY, Model.PLAIN);

  private static final Setup OUTLIERS = CLEAN.named("outliers").withData(Data.HEAVY_TAILED);

  private static final Case NEEDED =
      of(Claim.of("needed", "is needed").with(ADAM).without(AMSGRAD).isNeededFor(Measure.SPIKES));

  private static final Case REMOVES =
      of(Claim.of("removes", "helps").with(AMSGRAD).without(ADAM).removes(Measure.SPIKES));

  private static final Case BRINGS =
      of(Claim.of("brings", "brings").with(OUTLIERS).without(CLEAN).brings(Measure.SPIKES));

  private static Case of(Claim claim) {
    return new Case(claim, Group.OWN, Source.BUILT_IN);
  }

  private static Series series(Recipe recipe) {
    return new Series(Source.BUILT_IN, recipe);
  }

  private static Finding find(Case subject, Map<Series, List<Outcome>> outcomes) {
    return Finding.of(subject, 2, outcomes);
  }

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
        find(
            NEEDED,
            Map.of(
                series(ADAM), runs(new double[] {8, 12}, new double[] {1, 4}),
                series(AMSGRAD), runs(new double[] {0, 1}, new double[] {2, 2})));

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

    Finding finding = find(NEEDED, Map.of(series(ADAM), calm, series(AMSGRAD), calm));

    assertThat(finding.verdict()).isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void aFactorThatBringsNoSpikesIsRefuted() {
    List<Outcome> calm = runs(new double[] {0, 0}, new double[] {1, 1});

    Finding finding =
        find(
            BRINGS,
            Map.of(
                series(OUTLIERS.adam()), calm,
                series(CLEAN.adam()), calm,
                series(OUTLIERS.sgd()), calm,
                series(CLEAN.sgd()), calm));

    assertThat(finding.verdict()).isEqualTo(Verdict.REFUTED);
  }

  /** The same runs, said the other way round: the same verdict and effect. */
  @Test
  void whatRemovesTheSpikesIsShownAsItWasSaid() {
    Finding finding =
        find(
            REMOVES,
            Map.of(
                series(ADAM), runs(new double[] {8, 12}, new double[] {1, 4}),
                series(AMSGRAD), runs(new double[] {0, 1}, new double[] {2, 6})));

    assertThat(finding.verdict()).isEqualTo(Verdict.SUPPORTED);
    assertThat(finding.contrast().value()).isCloseTo(0.95, Offset.offset(1e-12));
    assertThat(finding.adam()).contains(new Finding.Means(0.5, OptionalDouble.of(10)));
    // What the remedy costs: the geometric mean of 2/1 and 6/4.
    assertThat(finding.endLoss()).hasValueCloseTo(Math.sqrt(3), Offset.offset(1e-12));
  }

  @Test
  void whatBringsSpikesDoesNotRemoveThem() {
    Finding finding =
        find(
            REMOVES,
            Map.of(
                series(ADAM), runs(new double[] {1, 1}, new double[] {1, 1}),
                series(AMSGRAD), runs(new double[] {9, 9}, new double[] {1, 1})));

    assertThat(finding.verdict()).isEqualTo(Verdict.REFUTED);
  }

  @Test
  void lostRunsAreCountedAndHaveNoEndLoss() {
    double lost = Double.POSITIVE_INFINITY;

    Finding finding =
        find(
            NEEDED,
            Map.of(
                series(ADAM), runs(new double[] {8, 12}, new double[] {1, lost}),
                series(AMSGRAD), runs(new double[] {0, 1}, new double[] {3, 2})));

    assertThat(finding.notFinite()).isEqualTo(1);
    assertThat(finding.endLoss()).hasValueCloseTo(3.0, Offset.offset(1e-12));
  }
}
