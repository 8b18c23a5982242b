package org.spikelet.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.app.experiment.Measure;
import org.spikelet.app.lab.OutcomeFile.State;

class OutcomeFileTest {

  private static final Fingerprint THIS_RUN = new Fingerprint("this run", "");

  private static final Outcome OUTCOME =
      new Outcome(
          Map.of(
              Measure.SPIKES,
              1.0 / 3,
              Measure.UPWARD_VARIATION,
              1.0 / 7,
              Measure.EARLY_SPIKES,
              0.25,
              Measure.NOT_FINITE,
              1.0),
          Double.POSITIVE_INFINITY,
          1234,
          List.of(),
          List.of(new Outcome.Stretch(0.1, Double.POSITIVE_INFINITY), new Outcome.Stretch(1, 2)));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("outcome.json");
    Files.write(file, written(OUTCOME));
  }

  private static byte[] written(Outcome outcome) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutcomeFile.write(out, THIS_RUN, outcome);
    return out.toByteArray();
  }

  private State state() {
    OutcomeFile.Content content = OutcomeFile.read(file, THIS_RUN);
    assertThat(content.outcome().isPresent()).isEqualTo(content.state() == State.COMPLETE);
    return content.state();
  }

  @Test
  void whatIsReadBackIsTheSameToTheLastDigit() {
    assertThat(OutcomeFile.read(file, THIS_RUN).outcome()).contains(OUTCOME);
  }

  @Test
  void aResultOfAnotherRunIsNotTaken() {
    assertThat(OutcomeFile.read(file, new Fingerprint("another run", "")).state())
        .isEqualTo(State.OF_ANOTHER_RUN);
  }

  @Test
  void aResultOfOtherCodeIsKnownAndNotTaken() throws IOException {
    Fingerprint old = new Fingerprint("this run", "old");
    try (OutputStream out = Files.newOutputStream(file)) {
      OutcomeFile.write(out, old, OUTCOME);
    }

    assertThat(OutcomeFile.read(file, old).outcome()).contains(OUTCOME);
    assertThat(OutcomeFile.read(file, new Fingerprint("this run", "new")).state())
        .isEqualTo(State.OF_OTHER_SOURCE);
    assertThat(OutcomeFile.read(file, new Fingerprint("another run", "old")).state())
        .isEqualTo(State.OF_ANOTHER_RUN);
    assertThat(state()).isEqualTo(State.OF_ANOTHER_RUN);
  }

  @Test
  void aMissingFileIsNoResult() {
    assertThat(OutcomeFile.read(folder.resolve("missing"), THIS_RUN).state())
        .isEqualTo(State.MISSING);
  }

  @Test
  void aFolderInItsPlaceCannotBeRead() {
    assertThat(OutcomeFile.read(folder, THIS_RUN).state()).isEqualTo(State.UNREADABLE);
  }

  @Test
  void everyFlippedBitIsFound() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, flipped);
      assertThat(state()).as("bit %d", bit).isEqualTo(State.DAMAGED);
    }
  }

  @Test
  void everyMissingEndAndEveryByteTooManyIsFound() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(state()).as("%d bytes", length).isNotEqualTo(State.COMPLETE);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertThat(state()).isEqualTo(State.DAMAGED);
  }

  @Test
  void aFileOfAnEarlierVersionIsKnownAndNotTaken() throws IOException {
    String whole = Files.readString(file);
    Files.writeString(file, whole.replaceFirst(",\"checksum\":\"[0-9a-f]{64}\"", ""));

    assertThat(state()).isEqualTo(State.WITHOUT_CHECKSUM);
  }

  /** Whole by its checksum, and yet without something that it needs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"fingerprint\":\"this run\",",
        "\"SPIKES\":0.3333333333333333,",
        "\"EARLY_SPIKES\":0.25,",
        "\"NOT_FINITE\":1.0,",
        "\"endLoss\":\"Infinity\",",
        "\"steps\":1234,",
        "\"curve\":[\"0.1 Infinity\",\"1.0 2.0\"],"
      })
  void everyFieldIsNeeded(String field) throws Exception {
    String whole = Files.readString(file);
    String without = whole.replace(field, "");
    assertThat(without).isNotEqualTo(whole);
    String fields = without.substring(0, without.lastIndexOf(','));
    byte[] sum =
        MessageDigest.getInstance("SHA-256").digest(fields.getBytes(StandardCharsets.UTF_8));
    Files.writeString(file, fields + ",\"checksum\":\"" + HexFormat.of().formatHex(sum) + "\"}");

    assertThat(state()).isEqualTo(State.DAMAGED);
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

    assertThat(state()).isNotEqualTo(State.COMPLETE);
  }
}
