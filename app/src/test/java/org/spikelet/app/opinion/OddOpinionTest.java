package org.spikelet.app.opinion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikelet.app.log.LogFile;

/** Curves of which the opinion once said more than the log carries. */
class OddOpinionTest {

  @TempDir Path folder;

  private final Random random = new Random(1);

  private Opinion opinion(String header, int rows, IntFunction<String> row) throws IOException {
    StringBuilder text = new StringBuilder(header).append('\n');
    for (int t = 0; t < rows; t++) {
      text.append(t).append(',').append(row.apply(t)).append('\n');
    }
    Path file = Files.writeString(folder.resolve("log.csv"), text);
    return Opinion.of(LogFile.read(file, Optional.empty()), OptionalLong.empty());
  }

  private static String text(Opinion opinion) {
    return Text.of(opinion).replaceAll("\\s+", " ");
  }

  private double noisy(double scatter) {
    return Math.exp(scatter * random.nextGaussian());
  }

  /** Two losses are six times the others; the norm is 3 on average, clipped to 1. */
  @Test
  void aClippedNormIsNotSaidToHaveStayed() throws IOException {
    Opinion opinion =
        opinion(
            "step,loss,grad_norm",
            2000,
            t -> {
              double norm = 3 * noisy(0.1);
              return (t == 700 || t == 1300 ? 6 : 1) * noisy(0.05) + "," + norm / (norm + 1e-6);
            });

    assertThat(opinion.signals().cases()).hasSize(2);
    assertThat(text(opinion))
        .contains("2,000 of 2,000 gradient norms are the largest, 1.000: as after clipping.")
        .doesNotContain("norm did not rise")
        .doesNotContain("not at all");
    assertThat(opinion.findings().get(0).hypothesis()).isEqualTo(Hypothesis.HARD_ROWS);
  }

  /** Clipped at 1.5 where it is about 1: it reaches that only at the rises. */
  @Test
  void aNormThatIsClippedAtTheRisesAloneIsNotSaidToHaveStayed() throws IOException {
    Opinion opinion =
        opinion(
            "step,loss,grad_norm",
            2000,
            t -> {
              boolean rise = t == 700 || t == 1300;
              double norm = (rise ? 10 : 1) * Math.exp(0.35 * (random.nextDouble() - 0.5));
              return (rise ? 6 : 1) * noisy(0.05) + "," + Math.min(norm, 1.5);
            });

    assertThat(opinion.signals().cases()).hasSize(2);
    assertThat(text(opinion))
        .doesNotContain("norm did not rise")
        .doesNotContain("as after clipping");
  }

  /** Without any event, nearly half of such curves once had a level that lasts. */
  @Test
  void smoothedNoiseHasNoLevels() throws IOException {
    int levels = 0;
    for (int curve = 0; curve < 20; curve++) {
      double[] smooth = {0};
      levels +=
          opinion(
                  "step,loss",
                  3000,
                  t -> {
                    smooth[0] = 0.95 * smooth[0] + 0.03 * random.nextGaussian();
                    return "" + (1 + smooth[0]);
                  })
              .signals()
              .cases()
              .size();
    }
    assertThat(levels).isLessThanOrEqualTo(1);
  }

  @Test
  void aLevelInSmoothedNoiseIsStillFound() throws IOException {
    double[] smooth = {0};
    Opinion opinion =
        opinion(
            "step,loss",
            3000,
            t -> {
              smooth[0] = 0.9 * smooth[0] + 0.02 * random.nextGaussian();
              return "" + (1 + smooth[0] + (t < 1500 ? 0 : 0.4));
            });

    assertThat(opinion.signals().cases()).hasSize(1);
    assertThat(opinion.findings().get(0).hypothesis()).isEqualTo(Hypothesis.SHIFT);
  }

  /** As transformers rounds: most losses are 0.0002, and one of 0.0004 is no doubling. */
  @Test
  void whatRoundingMakesOfSmallLossesIsNoSpike() throws IOException {
    IntFunction<String> four = t -> String.format(Locale.ROOT, "%.4f", 2e-4 * noisy(0.35));
    Opinion opinion = opinion("step,loss", 2000, four);

    assertThat(opinion.calm()).isTrue();
    assertThat(text(opinion))
        .containsPattern(
            "The losses are rounded to 0\\.0001, .* \\d+ rises that this may have made");

    Opinion spike = opinion("step,loss", 2000, t -> t == 1500 ? "0.02" : four.apply(t));
    assertThat(spike.signals().cases()).hasSize(1);
    Opinion tiny = opinion("step,loss", 2000, t -> "" + (t == 1500 ? 9e-12 : 1e-12) * noisy(0.05));
    assertThat(tiny.signals().cases()).hasSize(1);
    assertThat(text(tiny)).doesNotContain("are rounded to");
  }

  @Test
  void aLossFarBelowZeroThatFellIsNotSaidToHaveStayed() throws IOException {
    Opinion fell =
        opinion("step,elbo", 2000, t -> "" + (-100 + 1.3 * Math.exp(-t / 400.0) * noisy(0.05)));
    assertThat(fell.findings()).isEmpty();

    Opinion stayed = opinion("step,elbo", 2000, t -> "" + (-100 + 0.1 * random.nextGaussian()));
    assertThat(stayed.findings().get(0).hypothesis()).isEqualTo(Hypothesis.NEVER_FELL);
  }

  @Test
  void theFirstFiftyAreNotJudgedAndThatIsSaid() throws IOException {
    Opinion opinion =
        opinion("step,loss", 2000, t -> "" + (t == 30 ? 50 : Math.exp(-t / 900.0)) * noisy(0.05));

    assertThat(opinion.calm()).isTrue();
    assertThat(text(opinion)).contains("Up to step 49, among the first 50 losses, only those");
  }

  @Test
  void beforeALossIsUsualNoneIsSaidToBeWithinTheUsualRange() throws IOException {
    Opinion opinion =
        opinion("step,loss", 500, t -> t == 3 ? "nan" : "" + (t == 2 ? 1e6 : 1) * noisy(0.05));

    assertThat(text(opinion)).contains("At step 3 the loss is NaN").doesNotContain("usual range");
  }

  @Test
  void aLevelIsNamedByItsFirstStepAndGrowthByItsEnd() throws IOException {
    Opinion level = opinion("step,loss", 2000, t -> "" + (t < 1000 ? 0.3 : 1.2) * noisy(0.05));
    assertThat(text(level)).contains("The one rise stays up (step 1,000).");

    Opinion growth =
        opinion(
            "step,loss",
            2000,
            t -> "" + 0.3 * Math.exp(Math.max(0, t - 1000) / 400.0) * noisy(0.05));
    assertThat(text(growth))
        .containsPattern("the loss grows to near 3\\.\\d+, where it was near 0\\.3");
  }

  /**
   * The same point is lost state where it stands at the restart, as a log of every tenth step shows
   * it.
   */
  @Test
  void aSinglePointWellAfterARestartThatChangedNothingIsNotLostState() throws IOException {
    for (int after : new int[] {0, 30}) {
      Opinion opinion =
          opinion(
              "line,step,loss",
              2000,
              t ->
                  (t < 1000 ? t : t - 50)
                      + ","
                      + (t == 1000 + after ? 6 : 1) * (0.3 + Math.exp(-t / 400.0)) * noisy(0.05));
      Hypothesis first = opinion.findings().get(0).hypothesis();

      assertThat(first).isEqualTo(after == 0 ? Hypothesis.STATE_LOST : Hypothesis.HARD_ROWS);
    }
  }

  /** Two rises that jump and decay, and a norm of which nothing is to be seen there. */
  @Test
  void noLargeGradientIsSupposedWhereTheNormStayed() throws IOException {
    Opinion opinion =
        opinion(
            "step,loss,grad_norm",
            2000,
            t -> {
              int after = t < 1300 ? t - 700 : t - 1300;
              double rise = after < 0 ? 0 : 9 * Math.exp(-after / 12.0);
              return (1 + rise) * noisy(0.05) + "," + noisy(0.1);
            });

    assertThat(opinion.signals().cases()).hasSize(2);
    assertThat(opinion.signals().cases()).allMatch(one -> one.shape() == Shape.DECAY);
    assertThat(text(opinion)).contains("The gradient norm rose before the loss in 0 of 2");
    assertThat(opinion.findings())
        .extracting(Finding::hypothesis)
        .doesNotContain(Hypothesis.LARGE_GRADIENT);
  }
}
