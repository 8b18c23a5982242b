package org.spikelet.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeFileTest {

  private static final Outcome OUTCOME =
      new Outcome(
          Map.of(Measure.SPIKES, 1.0 / 3, Measure.NOT_FINITE, 1.0),
          Double.POSITIVE_INFINITY,
          1234,
          List.of(),
          List.of(new Outcome.Stretch(0.1, Double.POSITIVE_INFINITY), new Outcome.Stretch(1, 2)));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("outcome.json");
    OutcomeFile.write(file, "this run", OUTCOME);
  }

  @Test
  void whatIsReadBackIsTheSameToTheLastDigit() {
    assertThat(OutcomeFile.read(file, "this run")).contains(OUTCOME);
  }

  @Test
  void aResultOfAnotherRunIsNotTaken() {
    assertThat(OutcomeFile.read(file, "another run")).isEmpty();
  }

  @Test
  void aMissingFileIsNoResult() {
    assertThat(OutcomeFile.read(folder.resolve("missing"), "this run")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "{\"fingerprint\":\"this run\"}",
        "{\"fingerprint\":\"this run\",\"UNKNOWN\":1,\"steps\":5}",
        "{\"fingerprint\":\"this run\",\"steps\":5,\"curve\":[\"1 x\"]}",
        "{\"fingerprint\":\"this run\",\"steps\":5,\"curve\":[\"1\"]}",
        "{\"fingerprint\":\"this run\",\"steps\":5,"
      })
  void aDamagedFileIsNoResult(String content) throws IOException {
    Files.writeString(file, content);

    assertThat(OutcomeFile.read(file, "this run")).isEmpty();
  }
}
