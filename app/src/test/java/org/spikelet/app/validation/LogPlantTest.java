package org.spikelet.app.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * Real trainings with something planted, and their logs read: the figures that were asked for, on a
 * part of the seeds that docs/spikes.md reports.
 */
class LogPlantTest {

  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

  @Test
  void thePlantedHypothesisIsRankedFirst() throws IOException {
    LogConfusion.Score score = LogConfusion.measure(LogWorld::known, 901, 4, NOWHERE);

    assertThat(score.logs()).isEqualTo(52);
    assertThat(score.first()).isGreaterThanOrEqualTo((int) Math.ceil(0.85 * score.logs()));
    assertThat(score.second()).isGreaterThanOrEqualTo((int) Math.ceil(0.95 * score.logs()));
  }

  @Test
  void calmTrainingsHaveNoRise() throws IOException {
    assertThat(LogConfusion.calm(LogWorld::known, 901, 20, NOWHERE)).isLessThanOrEqualTo(1);
  }
}
