package org.spikelet.app.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TotalRowTest {

  private static final String ROWS =
      "town,rooms,price\nBonn,2,100.1\nBonn,3,200.2\nTrier,NA,100.4\nTrier,6,300.3\n";

  @TempDir Path folder;

  private List<String> remarks(String last) throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), ROWS + last + "\n");
    return PreparedTable.read(
            file,
            TableFormat.GUESSED,
            new Roles(Optional.empty(), List.of("price"), List.of(), List.of()),
            Rules.DEFAULTS)
        .account()
        .remarks();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Total,11,701",
        "TOTAL:,11,701.0",
        "Grand total,,701.0",
        "Sum,11,701.0",
        "Average,3.67,175.25",
        "Avg.,4,175.3",
        "mean,3.6666666666666665,175.25",
        "Summe,11,701.0"
      })
  void aRowThatSaysSoAndSumsUpIsDoubted(String last) throws IOException {
    String word = last.substring(0, last.indexOf(','));

    assertThat(remarks(last)).anyMatch(r -> r.startsWith("The last row, '" + word + "' in line 6"));
  }

  /** A town of this name, numbers that are no sums, one that is none, sums without the word. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Total,5,201.5",
        "Total,11,702.0",
        "Total,10,701.0",
        "Average,3.66,175.25",
        "Bonn,11,701.0",
        "Totalia,11,701.0"
      })
  void neitherTheWordNorTheNumbersAloneAreEnough(String last) throws IOException {
    assertThat(remarks(last)).noneMatch(remark -> remark.startsWith("The last row"));
  }

  /** Without a target it is left out, and that is said already. */
  @Test
  void aRowThatIsNotTrainedOnIsNotDoubted() throws IOException {
    assertThat(remarks("Total,11,"))
        .contains("1 row without a target left out.")
        .noneMatch(remark -> remark.startsWith("The last row"));
  }
}
