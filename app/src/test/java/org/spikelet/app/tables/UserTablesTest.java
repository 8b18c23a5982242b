package org.spikelet.app.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.spikelet.app.tables.Given.label;
import static org.spikelet.app.tables.Given.lines;
import static org.spikelet.app.tables.Given.targets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as people have them: each is read, or all that is wrong with it is said in one go. */
class UserTablesTest {

  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("t.csv"), bytes);
  }

  private Path file(String text) throws IOException {
    return file(text.getBytes(StandardCharsets.UTF_8));
  }

  private static PreparedTable read(Path path, Roles roles) {
    return PreparedTable.read(path, TableFormat.GUESSED, roles, Rules.DEFAULTS);
  }

  private static TableFormat encoded(Charset charset) {
    return new TableFormat(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(charset),
        TableFormat.FirstLine.NAMES);
  }

  private static Rules missing(MissingChoice choice) {
    return new Rules(choice, List.of(), Rules.MAX_CATEGORIES, Scaling.STANDARD);
  }

  private String refusal(String text, Roles roles) throws IOException {
    Path path = file(text);
    try {
      read(path, roles);
    } catch (BadInput e) {
      return e.getMessage().replace(path.toString(), "t.csv");
    }
    throw new AssertionError("was read");
  }

  private static Account.Entry entry(PreparedTable table, String column) {
    return table.account().columns().stream()
        .filter(entry -> entry.column().equals(column))
        .findFirst()
        .orElseThrow();
  }

  private Path resource(String name) throws IOException {
    try (InputStream in = UserTablesTest.class.getResourceAsStream(name)) {
      return file(in.readAllBytes());
    }
  }

  @Test
  void penguins() throws IOException {
    PreparedTable table = read(resource("/org/spikelet/examples/penguins.csv"), label("species"));

    assertThat(table.data().data().size()).isEqualTo(344);
    assertThat(table.data().outputs()).containsExactly("Adelie", "Chinstrap", "Gentoo");
    assertThat(table.data().features())
        .contains("island=Biscoe", "sex=(missing)", "sex=female", "bill_length_mm")
        .hasSize(11);
    assertThat(entry(table, "sex").missing()).isEqualTo(11);
    assertThat(entry(table, "body_mass_g").done())
        .isEqualTo("standardized; missing ones are the mean, 4,202");
    assertThat(table.account().remarks()).singleElement().asString().startsWith("19 missing cells");
    // Line 5 holds the first penguin with nothing measured: the mean is 0 when standardized.
    int bill = table.data().features().indexOf("bill_length_mm");
    assertThat(table.data().data().inputs().toArray()[3 * 11 + bill]).isZero();
    assertThat(table.rows().name(3)).isEqualTo("line 5");
  }

  @Test
  void penguinsWithoutRowsThatMissAValue() throws IOException {
    PreparedTable table =
        PreparedTable.read(
            resource("/org/spikelet/examples/penguins.csv"),
            TableFormat.GUESSED,
            label("species"),
            missing(MissingChoice.DROP));

    assertThat(table.data().data().size()).isEqualTo(333);
    assertThat(table.data().features()).doesNotContain("sex=(missing)").hasSize(10);
    assertThat(table.account().remarks()).containsExactly("11 rows with missing cells left out.");
    assertThat(table.rows().name(3)).isEqualTo("line 6");
  }

  @Test
  void penguinsThatMayMissNothing() throws IOException {
    Path path = resource("/org/spikelet/examples/penguins.csv");

    assertThatThrownBy(
            () ->
                PreparedTable.read(
                    path, TableFormat.GUESSED, label("species"), missing(MissingChoice.FAIL)))
        .isInstanceOf(BadInput.class)
        .hasMessageContainingAll(
            "19 problems",
            "column 'bill_length_mm': 2 values are missing: 'NA' in lines 5 and 273",
            "column 'sex': 11 values are missing: 'NA' in lines 5, 10, 11, 12, 13, 49, 180, 220 and 3 more",
            "--missing drop");
  }

  @Test
  void carsWithAQuestionMarkAndNames() throws IOException {
    PreparedTable table = read(resource("cars.csv"), targets("mpg"));

    assertThat(table.data().data().size()).isEqualTo(79);
    assertThat(entry(table, "horsepower").missing()).isEqualTo(1);
    assertThat(entry(table, "origin").done()).isEqualTo("3 inputs, 0 or 1: europe, japan, usa");
    assertThat(entry(table, "car_name").done()).isEqualTo("7 inputs, 0 or 1: " + CARS);
    assertThat(table.rows().words(32))
        .startsWith("line 34 of t.csv: mpg ")
        .contains("horsepower ?, weight 3882.");
  }

  private static final String CARS = "hare, heron, kite, lynx, otter, vole, wren";

  @Test
  void aByteOrderMarkBeforeAQuotedHeader() throws IOException {
    PreparedTable table =
        read(
            file("\uFEFF" + lines("\"price, USD\",\"rooms\"", 9, i -> i * i + "," + i)),
            targets("price, USD"));

    assertThat(table.data().outputs()).containsExactly("price, USD");
    assertThat(table.data().features()).containsExactly("rooms");
  }

  @Test
  void semicolonsAndDecimalCommas() throws IOException {
    PreparedTable table =
        read(file(lines("Länge;Preis", 9, i -> i + ",5;" + i + "00,25")), targets("Preis"));

    assertThat(table.account().remarks())
        .containsExactly(
            "Columns are separated by semicolons (guessed; --separator says otherwise).",
            "Decimal commas, as in 1,5 (guessed; --decimal says otherwise).");
    Scale scale = table.data().scales().get(0);
    assertThat(scale.original(table.data().data().targets().toArray()[2]))
        .isCloseTo(200.25, within(1e-9));
  }

  @Test
  void commasThatMayBeThousandsAreAskedFor() throws IOException {
    assertThat(refusal(lines("a;y", 9, i -> (i + 1) + ",234;" + i), targets("y")))
        .contains("the mark may be decimal or part thousands: say --decimal or --thousands")
        .doesNotContain("problems");
    assertThat(refusal(lines("a;y", 9, i -> (i + 1) + ".234;" + i), targets("y")))
        .contains("the mark may be decimal or part thousands: say --decimal or --thousands");
    assertThat(read(file(lines("a;y", 9, i -> i + ".234;" + i)), targets("y")).data().features())
        .containsExactly("a");
    assertThat(refusal(lines("a,y", 9, i -> "\"1,234\"," + i), targets("y")))
        .contains(
            "column 'a': 9 cells are no numbers: '1,234' in lines 2, 3, 4, 5, 6, 7, 8, 9 and 1 more")
        .contains("--decimal ','; if it parts thousands, --thousands ','");
  }

  @Test
  void dates() throws IOException {
    String text =
        lines("day,at,a,y", 30, i -> "2024-01-" + (i + 1) + "," + i % 24 + ":15," + i + "," + i);

    assertThat(refusal(text.replace(",7,7\n", ",x,1d\n"), targets("y")))
        .contains(
            "4 problems",
            "column 'day' holds dates or times, such as '2024-01-1'\n",
            "\nLeave out dates and times with --ignore, or make numbers of them first",
            "column 'at' holds dates",
            "line 9: column 'a': 'x' is not a number",
            "line 9: column 'y': '1d' is not a number");
  }

  @Test
  void twoHundredColumns() throws IOException {
    String header = IntStream.range(0, 200).mapToObj(k -> "x" + k).collect(Collectors.joining(","));
    IntFunction<String> row =
        i ->
            IntStream.range(0, 200)
                .mapToObj(k -> "" + (i * k) % 7)
                .collect(Collectors.joining(","));

    PreparedTable table =
        read(file(lines(header + ",y", 20, i -> row.apply(i) + "," + i)), targets("y"));

    assertThat(AccountTable.lines(table.account()))
        .hasSizeLessThan(60)
        .allMatch(l -> l.length() <= 80);
  }

  @Test
  void twoHundredThousandRows() throws IOException {
    String text =
        lines(
            "a,b,town,y",
            200_000,
            i -> i + "," + i % 97 + "," + "uvw".charAt(i % 3) + "," + i % 11);
    PreparedTable table = read(file(text), targets("y"));

    assertThat(table.data().data().inputs().shape().dimensions()).containsExactly(200_000, 5);
    assertThat(table.rows().words(199_999))
        .isEqualTo("line 200001 of t.csv: y 8, a 199,999, b 82, town v");
  }

  @Test
  void aConstantColumn() throws IOException {
    PreparedTable table = read(file(lines("a,k,y", 9, i -> i + ",7," + i)), targets("y"));

    assertThat(table.data().features()).containsExactly("a");
    assertThat(entry(table, "k").done()).isEqualTo("left out: always 7");
    assertThat(refusal(lines("k,y", 9, i -> "7," + i), targets("y")))
        .contains("no column is left to predict from: column 'k' is left out: always 7");
    assertThat(refusal(lines("a,y", 9, i -> i + ",7"), targets("y")))
        .contains("all rows have the target 7 in column 'y'");
  }

  @Test
  void oneClass() throws IOException {
    assertThat(refusal(lines("a,kind", 9, i -> i + ",u"), label("kind")))
        .isEqualTo(
            "t.csv: all rows have the label 'u' in column 'kind'; there is nothing to learn from one"
                + " class");
  }

  @Test
  void quotesAndLineBreaksInCells() throws IOException {
    PreparedTable table =
        read(
            file(lines("a,note,y", 9, i -> i + ",\"\"\"" + i % 2 + "\"\",\nhe said\"," + i)),
            targets("y"));

    assertThat(table.data().features()).hasSize(3).contains("note=\"0\",\nhe said");
    // Each row takes two lines; it is named by its first.
    assertThat(table.rows().name(0)).isEqualTo("line 2");
    assertThat(table.rows().words(3)).isEqualTo("line 8 of t.csv: y 3, a 3, note \"1\", he said");
  }

  @Test
  void latin1() throws IOException {
    byte[] text = lines("Länge,y", 9, i -> i + "," + i * i).getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> read(file(text), targets("y")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(
            "the text is not UTF-8: line 1 has the byte E4. As windows-1252 (Latin-1) it reads"
                + " 'Länge,y': if that is right, add --encoding windows-1252");
    PreparedTable table =
        PreparedTable.read(
            file(text), encoded(StandardCharsets.ISO_8859_1), targets("y"), Rules.DEFAULTS);
    assertThat(table.data().features()).containsExactly("Länge");
  }

  @Test
  void aHeaderTwice() throws IOException {
    String once = lines("a,y", 9, i -> i + "," + i * i);
    PreparedTable table = read(file(once + once), targets("y"));

    assertThat(table.data().data().size()).isEqualTo(18);
    assertThat(table.account().remarks())
        .containsExactly("The header comes again, left out: line 11.");
    assertThat(table.rows().name(9)).isEqualTo("line 12");
    assertThat(refusal(lines("a,b,a,b,y", 9, i -> "1,2,3,4," + i), targets("y")))
        .contains("columns 1 and 3 are both named 'a'", "columns 2 and 4 are both named 'b'");
  }

  // Of kinds that were not thought of first.

  @Test
  void anIndexAndTrueOrFalseAsPandasWritesThem() throws IOException {
    PreparedTable table =
        read(
            file(lines(",flag,y", 9, i -> i + "," + (i % 2 == 0 ? "True" : "False") + "," + i)),
            targets("y"));

    assertThat(table.data().features()).containsExactly("flag=False", "flag=True");
    assertThat(entry(table, "c1").done()).isEqualTo("left out: counts the rows");
  }

  @Test
  void excelsOwnFirstLineAndTwoByteText() throws IOException {
    String text = lines("sep=|\na|y", 9, i -> i + "|" + i * i);
    byte[] wide = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);

    assertThat(read(file(wide), targets("y")).rows().name(0)).isEqualTo("line 3");
  }

  @Test
  void signsOfMoneyAndPercent() throws IOException {
    assertThat(refusal(lines("price,share,y", 9, i -> "$" + i + ",5%," + i), targets("y")))
        .contains(
            "18 problems",
            "column 'price': 9 cells are no numbers: '$0' in line 2, '$1' in line 3, '$2' in line 4,"
                + " '$3' in line 5, and 5 others",
            "column 'share': 9 cells are no numbers: '5%' in lines 2, 3, 4, 5, 6, 7, 8, 9 and 1 more")
        .containsOnlyOnce("Write numbers without signs of money or percent");
  }

  @Test
  void emptyCellsAtTheEndsOfLinesAndOfTheFile() throws IOException {
    PreparedTable table =
        read(file(lines("a,y,,", 9, i -> i + "," + i * i + ",,,") + ",,,\n,,,\n"), targets("y"));

    assertThat(table.data().features()).containsExactly("a");
    assertThat(table.account().remarks()).containsExactly("2 rows without any value left out.");
  }

  @Test
  void aTitleAboveTheHeader() throws IOException {
    assertThat(refusal(lines("Sales\na,y", 30, i -> i + "," + i * i), targets("y")))
        .contains(
            "lines 2, 3, 4, 5, 6, 7, 8, 9 and 23 more: the row has 2 values, the header names 1")
        .contains("is there a title or a comment above it, or another separator");
  }

  @Test
  void aSecondLineOfUnits() throws IOException {
    assertThat(refusal(lines("a,y\nkg,EUR", 9, i -> i + "," + i * i), targets("y")))
        .contains("line 2: column 'a': 'kg' is not a number")
        .contains("line 2: column 'y': 'EUR' is not a number");
  }

  @Test
  void noHeader() throws IOException {
    String text = lines("0,1", 9, i -> i + "," + i * i);

    assertThat(refusal(text, targets("c2"))).contains("--no-header", "no column 'c2'");
    TableFormat data =
        new TableFormat(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            TableFormat.FirstLine.DATA);
    PreparedTable table =
        PreparedTable.read(file(text.replace("0,1\n", "")), data, targets("c2"), Rules.DEFAULTS);
    assertThat(table.data().data().size()).isEqualTo(9);
    assertThat(table.rows().name(0)).isEqualTo("line 1");
  }

  @Test
  void compressed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(lines("a,y", 9, i -> i + "," + i * i).getBytes(StandardCharsets.UTF_8));
    }

    assertThat(read(file(bytes.toByteArray()), targets("y")).data().data().size()).isEqualTo(9);
  }

  @Test
  void whatIsNoTable() throws IOException {
    assertThat(refusal("[{\"a\": 1}]\n", targets("y"))).contains("looks like JSON");
    assertThatThrownBy(() -> read(file(new byte[] {'P', 'K', 3, 4, 0}), targets("y")))
        .hasMessageContaining("a workbook or a zip archive");
    assertThatThrownBy(() -> read(file(new byte[] {'a', 0, ',', 0}), targets("y")))
        .hasMessageContaining("--encoding UTF-16LE");
    assertThat(refusal("18.0   8   307.0   130\n15.0   8   350.0   165\n", targets("mpg")))
        .contains("parted by runs of spaces");
  }

  @Test
  void quotationMarksThatDoNotPair() throws IOException {
    assertThat(refusal("a,b,y\n1,u,2\n2,\"u,3\n3,u,4\n", targets("y")))
        .contains("line 3: a quotation mark opens a cell that is never closed");
    assertThat(refusal("a,b,y\n1,\"u\"v,2\n2,u,3\n", targets("y")))
        .contains("line 2: a cell goes on after its closing quotation mark");
  }

  @Test
  void manyDifferentTexts() throws IOException {
    assertThat(refusal(lines("town,y", 600, i -> "t" + i % 120 + "," + i), targets("y")))
        .contains(
            "column 'town' holds text with 120 different values, such as 't0'",
            "--max-categories 120 allows that");
    PreparedTable names =
        read(file(lines("name,a,y", 60, i -> "n" + i + "," + i + "," + i)), targets("y"));
    assertThat(entry(names, "name").done()).isEqualTo("left out: like names, 60 values in 60 rows");
  }

  @Test
  void numbersThatAreNames() throws IOException {
    PreparedTable table =
        PreparedTable.read(
            file(lines("zip,y", 9, i -> "0" + i % 3 + "," + i)),
            TableFormat.GUESSED,
            new Roles(Optional.empty(), List.of("y"), List.of(), List.of("zip")),
            Rules.DEFAULTS);

    assertThat(table.data().features()).containsExactly("zip=00", "zip=01", "zip=02");
  }

  @Test
  void theSameFaultInManyCellsIsSaidOnceWithItsPlaces() throws IOException {
    IntFunction<String> row = i -> i + "," + (i < 30 ? "broken" : "" + i) + "," + i * i;

    assertThat(refusal(lines("a,b,y", 90, row), targets("y")))
        .isEqualTo(
            "t.csv: column 'b': 30 cells are no numbers: 'broken' in lines 2, 3, 4, 5, 6, 7, 8, 9 and"
                + " 22 more\n--ignore leaves out a column, --categorical takes its values for names of"
                + " categories, and --missing-values names a text that stands for a missing number.");
  }

  @Test
  void manyColumnsWithTheSameFault() throws IOException {
    String header = IntStream.range(0, 30).mapToObj(k -> "p" + k).collect(Collectors.joining(","));
    String row = "5%,".repeat(30);

    String refusal = refusal(lines(header + ",y", 9, i -> row + i), targets("y"));

    assertThat(refusal)
        .contains("270 problems", "column 'p9': 9 cells")
        .contains("and the like in columns p10, p11, p12, p13, p14, p15, p16, p17 and 12 more\n")
        .containsOnlyOnce("Write numbers without signs");
    assertThat(refusal.lines()).hasSize(14);
  }

  @Test
  void numbersWrittenInManyWaysAreNotTakenForNames() throws IOException {
    assertThat(
            refusal(
                lines("a;c;b;y", 99, i -> i + ",5;,5" + i + ";0." + (10 + i) + ";" + i),
                targets("y")))
        .contains("column 'b': 99 cells are no numbers", "write one mark throughout");
    assertThat(refusal(lines("a,y", 99, i -> (10 + i) + "'000," + i), targets("y")))
        .contains("99 cells are no numbers", "--thousands \"'\"");
    assertThat(refusal(lines("a,y", 99, i -> (10 + i) + "\u202f000," + i), targets("y")))
        .contains("99 cells are no numbers", "--thousands space");
    assertThat(refusal(lines("a,y", 99, i -> i + ".5D-03," + i), targets("y")))
        .contains("99 cells are no numbers", "Write exponents with E");
    assertThat(refusal(lines("a,y", 99, i -> i + " EUR," + i), targets("y")))
        .contains("99 cells are no numbers", "Write numbers without signs of money");
    assertThat(refusal(lines("a,y", 9, i -> "\"1,23,45" + i + "\"," + i), targets("y")))
        .contains("Write numbers without marks between their digits")
        .doesNotContain("--thousands ','");
  }

  @Test
  void whatMayBeMeantOtherwiseIsSaid() throws IOException {
    String text =
        lines(
            "zip,id,day,t,unit,kind",
            40,
            i ->
                String.join(
                    ",",
                    "0" + (1000 + i % 7),
                    "900719925474099" + (10 + i),
                    "202301" + (i % 30 < 9 ? "0" : "") + (1 + i % 30),
                    i % 9 == 0 ? "-999" : "" + i,
                    i % 7 + " kg",
                    List.of("yes", "Yes", "no").get(i % 3)));

    assertThat(read(file(text), label("kind")).account().remarks())
        .containsExactly(
            "Numbers that begin with 0, as ids and postcodes do, are taken for numbers; --categorical"
                + " makes names of them, --ignore leaves them out: column 'zip' (01000).",
            "Whole numbers too long for a double are rounded, so that neighbours become the same;"
                + " --ignore leaves out ids: column 'id' (90071992547409910).",
            "Numbers that may be dates, year, month and day in one, are taken for numbers, with a jump"
                + " after each month: column 'day' (20230101).",
            "-999 comes again and again, far from all other numbers of its column; if it stands for a"
                + " missing one, say --missing-values -999: column 't' (5 cells).",
            "Numbers with a unit are taken for texts; without the unit they are numbers: column"
                + " 'unit' (as in 0 kg).",
            "Texts that differ only in how they are written are different values: column 'kind' (yes,"
                + " Yes).");
  }

  @Test
  void aNumberOfManyDigitsIsSaidByItsFirstAndTheirCount() throws IOException {
    String refused = refusal("a,y\n" + "7".repeat(400) + ",1\n2,3\n", targets("y"));

    assertThat(refused)
        .contains("the value is 77777777… (400 characters)", "'a' (77777777… (400 characters))")
        .doesNotContain("777777777");
    assertThat(refusal("a,y\nn " + "7".repeat(400) + ",1\n2,3\n4,5\n", targets("y")))
        .contains("'n …'");
  }

  @Test
  void nothingIsDoubtedInAnOrdinaryTable() throws IOException {
    String text =
        lines("a,b,town,y", 60, i -> i + "," + 0.5 * i + "," + "uvw".charAt(i % 3) + ",99" + i % 9);

    assertThat(read(file(text), targets("y")).account().remarks()).isEmpty();
  }

  @Test
  void cellsAndClassesAreRefusedInOneGo() throws IOException {
    assertThat(refusal(lines("a,kind", 9, i -> (i == 3 ? "x" : "" + i) + ",u"), label("kind")))
        .contains("2 problems", "line 5: column 'a': 'x'", "all rows have the label 'u'");
    assertThat(refusal(lines("a,y", 9, i -> (i == 3 ? "x" : "" + i) + ",7"), targets("y")))
        .contains("2 problems", "line 5: column 'a': 'x'", "all rows have the target 7");
  }

  @Test
  void numbersWithThousandsAreReadWhenTheMarkIsSaid() throws IOException {
    TableFormat gaps =
        new TableFormat(
            Optional.empty(),
            Optional.empty(),
            Optional.of(' '),
            Optional.empty(),
            TableFormat.FirstLine.NAMES);
    PreparedTable table =
        PreparedTable.read(
            file("a,y\n1\u202f000,1\n1\u00a0500,2\n2 000,3\n"), gaps, targets("y"), Rules.DEFAULTS);

    assertThat(table.rows().words(1)).isEqualTo("line 3 of t.csv: y 2, a 1\u00a0500");
    double[] inputs = table.data().data().inputs().toArray();
    assertThat(inputs[1]).isEqualTo(0, within(1e-12));
    assertThat(inputs[2]).isEqualTo(-inputs[0], within(1e-12));
  }

  @Test
  void aNumberOfManyDigitsIsSaidWithFour() throws IOException {
    PreparedTable table =
        read(file("a,y\n0.1234567890123456789012345,1\n2,3\n3,4\n"), targets("y"));

    assertThat(table.rows().words(0)).isEqualTo("line 2 of t.csv: y 1, a 0.1235");
  }
}
