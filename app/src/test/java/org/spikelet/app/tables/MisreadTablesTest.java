package org.spikelet.app.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.spikelet.app.tables.Given.label;
import static org.spikelet.app.tables.Given.lines;
import static org.spikelet.app.tables.Given.targets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are easily taken for others than they are: read as they are meant, or doubted. */
class MisreadTablesTest {

  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("t.csv"), bytes);
  }

  private Path file(String text) throws IOException {
    return file(text.getBytes(StandardCharsets.UTF_8));
  }

  private static PreparedTable read(Path path, Roles roles, String... missing) {
    return PreparedTable.read(
        path,
        TableFormat.GUESSED,
        roles,
        new Rules(MissingChoice.MEAN, List.of(missing), Rules.MAX_CATEGORIES, Scaling.STANDARD));
  }

  private List<String> remarks(String text, Roles roles) throws IOException {
    return read(file(text), roles).account().remarks();
  }

  private static String refusal(Path path, Roles roles) {
    try {
      read(path, roles);
    } catch (BadInput e) {
      return e.getMessage().replace(path.toString(), "t.csv");
    }
    throw new AssertionError("was read");
  }

  @Test
  void decimalCommasAsOftenAsSemicolons() throws IOException {
    String text = lines("price, EUR;rooms;area, m²", 20, i -> i + ",5;" + i % 3 + ";7" + i + ",2");

    PreparedTable table = read(file(text), targets("price, EUR"));

    assertThat(table.data().features()).containsExactly("rooms", "area, m²");
    assertThat(table.rows().words(3))
        .isEqualTo("line 5 of t.csv: price, EUR 3,5, rooms 0, area, m² 73,2");
  }

  @Test
  void moreDecimalCommasThanSemicolons() throws IOException {
    String text = lines("north, °;east, °", 20, i -> "5" + i % 3 + ",5;1" + i + ",25");

    assertThat(read(file(text), targets("north, °")).data().features()).containsExactly("east, °");
  }

  @Test
  void namesWithACommaAreListedInQuotes() throws IOException {
    String text = lines("price, EUR;rooms", 20, i -> i + ",5;" + i % 3);

    assertThat(refusal(file(text), targets("price")))
        .contains("there is no column 'price'; the columns are \"price, EUR\", rooms");
  }

  @Test
  void aClassThatIsWrittenAsIfMissing() throws IOException {
    String text =
        lines("a,class", 20, i -> i * i + "," + (i % 4 == 0 ? "-" : i % 4 == 1 ? "?" : "+"));

    assertThat(refusal(file(text), label("class")))
        .contains(
            "all rows have the label '+' in column 'class'",
            "Cells that stand for a missing label; if one is a class, write another name for it:"
                + " column 'class' ('-' 5 times, '?' 5 times).");
  }

  @Test
  void noneAmongClasses() throws IOException {
    String text =
        lines("a,disorder", 20, i -> i * i + "," + List.of("None", "Apnea", "Insomnia").get(i % 3));

    assertThat(remarks(text, label("disorder")))
        .anyMatch(remark -> remark.endsWith("column 'disorder' ('None' 7 times)."));
  }

  @Test
  void emptyLabelsAreNoClass() throws IOException {
    String text = lines("a,class", 20, i -> i * i + "," + (i % 4 == 0 ? "" : "k" + i % 4));

    assertThat(remarks(text, label("class"))).containsExactly("5 rows without a label left out.");
  }

  @Test
  void noneBesideNotKnown() throws IOException {
    String text =
        lines("veneer,y", 20, i -> List.of("None", "NA", "", "stone").get(i % 4) + "," + i);

    assertThat(remarks(text, targets("y")))
        .contains(
            "Different texts stand for a missing one, and are one value; if one is a category, write"
                + " another name for it: column 'veneer' ('None', 'NA', nothing).");
  }

  @Test
  void aNumberForMissingOnesHoweverItIsWritten() throws IOException {
    String text =
        lines("a,y", 20, i -> List.of("-999.0", "-999", "-9.99E2", "" + i).get(i % 4) + "," + i);

    PreparedTable table = read(file(text), targets("y"), "-999");

    assertThat(table.account().columns().get(0).missing()).isEqualTo(15);
    assertThat(table.account().remarks()).noneMatch(remark -> remark.contains("again and again"));
  }

  @Test
  void aNumberForMissingOnesWithADecimalComma() throws IOException {
    String text = lines("a;y", 20, i -> (i % 4 == 0 ? "-999,0" : i + ",5") + ";" + i);

    assertThat(read(file(text), targets("y"), "-999").account().columns().get(0).missing())
        .isEqualTo(5);
    assertThat(read(file(text), targets("y"), "2.5").account().columns().get(0).missing())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PassengerId", "ID", "Person ID", "user_id", "id", "Row", "No."})
  void ids(String name) throws IOException {
    String text = lines(name + ",a,y", 20, i -> 7 * i % 20 + "," + i * i + "," + i % 7);

    assertThat(remarks(text, targets("y")))
        .containsExactly(
            "Whole numbers that are called ids, and are another in each row, are taken for numbers;"
                + " --ignore leaves them out: column '"
                + name
                + "' (0, 7, 14, …).");
    assertThat(remarks(text, targets(name))).isEmpty();
    assertThat(remarks(text.replace("\n7,", "\n0,"), targets("y"))).isEmpty();
    assertThat(remarks(text.replace("\n7,", "\n7.5,"), targets("y"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"valid", "grid", "humid", "n", "narrow", "acid", "AID"})
  void noIds(String name) throws IOException {
    String text = lines(name + ",a,y", 20, i -> 7 * i % 20 + "," + i * i + "," + i % 7);

    assertThat(remarks(text, targets("y"))).isEmpty();
  }

  @Test
  void aRowOfDataForAHeader() throws IOException {
    String iris = lines("5.1,3.5,setosa", 20, i -> i * i + ".5,1." + i + ",k" + i % 2);
    String years = lines("2019,2020,y", 20, i -> i * i + ",1." + i + "," + i % 7);

    assertThat(refusal(file(iris), label("c3")))
        .contains(
            "The header holds numbers, such as '5.1'; if it is a row of data, add --no-header");
    assertThat(remarks(years, targets("y"))).anyMatch(remark -> remark.contains("such as '2019'"));
    assertThat(remarks(years.replaceFirst("2020", "b"), targets("y"))).isEmpty();
    assertThat(remarks(years.replaceFirst("2019,2020", "a,1"), targets("y"))).isEmpty();
  }

  @Test
  void theHeaderIsNotTheFirstLine() throws IOException {
    assertThat(refusal(file("\n\na,a,y\n1,2,3\n2,3,5\n"), targets("y")))
        .isEqualTo("t.csv: line 3: columns 1 and 2 are both named 'a'; rename one");
  }

  @Test
  void aNameOfTwoLines() throws IOException {
    Path path = file("\"area\nm²\",y\n1,2\n\"area\nm²\",y\nx,3\n4,5\n");

    assertThat(refusal(path, targets("y")))
        .startsWith("t.csv: line 6: column 'area m²': 'x' is not a number;")
        .endsWith("The header comes again, left out: line 4.");
  }

  @Test
  void anOpenQuotationMarkBehindAThousandLines() throws IOException {
    String text = lines("a,t,y", 1_234, i -> i % 9 + ",u," + i % 7) + "1,\"u,2\n3,u,4\n";

    assertThat(refusal(file(text), targets("y")))
        .isEqualTo(
            "t.csv: line 1236: a quotation mark opens a cell that is never closed; close it, or double"
                + " it if it belongs to the text");
  }

  @Test
  void anOpenQuotationMarkWhereAPointPartsThousands() throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      anOpenQuotationMarkBehindAThousandLines();
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 100, 100_000})
  void gzipThatIsCutOff(int length) throws IOException {
    byte[] packed = packed();
    assertThat(packed.length).isGreaterThan(length);

    assertThat(refusal(file(Arrays.copyOf(packed, length)), targets("y")))
        .isEqualTo("t.csv: the gzip file is cut off or damaged; fetch it once more");
  }

  @Test
  void gzipWithAWrongSum() throws IOException {
    byte[] packed = packed();
    packed[packed.length - 8] ^= 1;

    assertThat(refusal(file(packed), targets("y")))
        .isEqualTo("t.csv: the gzip file is cut off or damaged; fetch it once more");
  }

  /** Longer than what the separator is guessed from. */
  private static byte[] packed() throws IOException {
    Random random = new Random(1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(
          lines("a,y", 10_000, i -> random.nextDouble() + "," + random.nextDouble())
              .getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\r\n"})
  void theLineOfAByteThatIsNoLetter(String end) throws IOException {
    Path path = file("a,y\n1,2\n\nä,3\n".replace("\n", end).getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> read(path, targets("y")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("line 4 has the byte E4. As windows-1252 (Latin-1) it reads 'ä,3':");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-32LE", "UTF-32BE", "UTF-16LE", "UTF-16BE"})
  void theMarkOfWideLetters(String charset) throws IOException {
    Path path = file("\uFEFFa,y\n1,2\n2,4\n".getBytes(Charset.forName(charset)));

    assertThat(read(path, targets("y")).data().features()).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"１２", "–5", "٣", "１．５", "－７"})
  void digitsAndDashesThatAreNotThoseOfNumbers(String cell) throws IOException {
    assertThat(refusal(file(lines("a,y", 20, i -> cell + "," + i)), targets("y")))
        .contains("column 'a': 20 cells are no numbers: '" + cell + "' in lines 2, 3,")
        .contains("Write numbers in the digits 0 to 9, and a minus as -, as in -1234.5.");
  }
}
