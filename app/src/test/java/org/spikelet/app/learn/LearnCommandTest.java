package org.spikelet.app.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.app.Output;
import org.spikelet.app.learn.check.Checker;
import org.spikelet.app.source.BadSource;
import org.spikelet.app.source.SourceText;

class LearnCommandTest {

  private static final Chapter FIRST = Chapter.ALL.get(0);
  private static final String FIRST_SLOPE =
      "return (f.applyAsDouble(x + h) - f.applyAsDouble(x - h)) / (2 * h);";
  private static final Chapter FOURTH = Chapter.ALL.get(3);

  @TempDir Path folder;

  private Output learn(String... words) {
    String[] all = new String[words.length + 3];
    all[0] = "learn";
    System.arraycopy(words, 0, all, 1, words.length);
    all[all.length - 2] = "--folder";
    all[all.length - 1] = folder.toString();
    return Output.of(all);
  }

  private Path write(Chapter chapter, String text) throws IOException {
    Path file = folder.resolve("course").resolve(chapter.fileName());
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void helpFitsTheTerminal() {
    Output output = Output.of("learn", "--help");

    assertThat(output.exitCode()).isZero();
    assertThat(output.out()).contains("--check", "--solution", "--folder", "CHAPTER");
    assertThat(output.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }

  @Test
  void aChapterIsOpenedCompletedAndLeftBehind() throws IOException {
    assertThat(learn().out()).contains(" 4  Walking back", "Next: ./spikelet learn 1");

    Output opened = learn("1");
    assertThat(opened.exitCode()).isZero();
    assertThat(opened.out()).contains("CHAPTER 1", "Your file is new", "Slope.java");
    assertThat(opened.out().lines())
        .filteredOn(line -> !line.contains(folder.toString()))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    assertThat(learn().out()).contains("open", "Next: complete ");

    Output unwritten = learn("1", "--check");
    assertThat(unwritten.exitCode()).isEqualTo(1);
    assertThat(unwritten.out()).contains("Not written yet: the gap 'slope' at Slope.java:");

    write(FIRST, FIRST.exercise().solved());
    Output passed = learn("1", "--check");
    assertThat(passed.exitCode()).isZero();
    assertThat(passed.out()).contains("  ok     the slope of a straight line", "Passed. Next:");
    assertThat(learn().out()).contains("done", "Next: ./spikelet learn 2");
  }

  @Test
  void nothingOfTheLearnersIsOverwritten() throws IOException {
    Path file = write(FOURTH, "mine");
    Path other = Files.writeString(folder.resolve("project.xml"), "an editor's");

    assertThat(learn("4").out()).contains("there already, and left as it is", "earlier chapters");
    assertThat(file).hasContent("mine");
    assertThat(other).hasContent("an editor's");
    assertThat(folder.resolve("course/Tape.java"))
        .hasContent(Chapter.ALL.get(2).exercise().shipped());
  }

  /** Whatever passed as it is, is used; all else is ours. */
  @Test
  void earlierChaptersAreTheLearnersWhereTheyPassed() throws IOException {
    write(FIRST, FIRST.exercise().solved());
    learn("1", "--check");
    Chapter rules = Chapter.ALL.get(1);
    write(rules, "this does not even compile");
    write(FOURTH, FOURTH.exercise().solved());

    Output output = learn("4", "--check");
    assertThat(output.exitCode()).as(output.out() + output.err()).isZero();
    assertThat(output.out().replaceAll("\\s+", " "))
        .contains("With our Rules.java, Tape.java: yours have not passed as they are.");
  }

  @Test
  void aFileThatChangedIsNotDoneAnyMore() throws IOException {
    write(FIRST, FIRST.exercise().solved());
    learn("1", "--check");
    write(FIRST, FIRST.exercise().shipped());

    assertThat(learn().out()).contains("changed since it passed");
  }

  @Test
  void aSolutionIsShownWithItsReasons() {
    Output output = learn("4", "--solution");

    assertThat(output.exitCode()).isZero();
    assertThat(output.out()).contains("gap walk:", "+= passed[k];", "Why so:");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void errorsOfTheCompilerHaveFileAndLine() throws IOException {
    write(FIRST, FIRST.exercise().with(Map.of("slope", "return 1 +;")));

    Output output = learn("1", "--check");
    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.err())
        .contains("Slope.java does not compile:", "Slope.java:13:", "return 1 +;");
    assertThat(output.err()).doesNotContain("\tat ");
  }

  /** A file whose class is another one would leave ours to be checked. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "package course;",
        "public final class Slope { }",
        "package mine; public final class Slope { }",
        "package course; final class Slop { }"
      })
  void aFileWithoutItsClassDoesNotPass(String text) throws IOException {
    write(FIRST, text);

    Output output = learn("1", "--check");
    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.err()).contains("Slope.java has no class course.Slope");
    assertThat(learn().out()).doesNotContain("done");
  }

  @Test
  void aFileThatCannotBeReadStopsNothingElse() throws IOException {
    Path file = write(FIRST, "");
    Files.write(file, new byte[] {(byte) 0xF6});
    Chapter second = Chapter.ALL.get(1);
    write(second, second.exercise().solved());

    assertThat(learn().out()).contains("cannot be read", "12  Memory");
    assertThat(learn("1", "--check").err()).contains("is not UTF-8");
    assertThat(learn("2", "--check").out()).contains("With our Slope.java", "Passed.");
  }

  @Test
  void aDamagedListOfWhatPassedIsWrittenAnew() throws IOException {
    write(FIRST, FIRST.exercise().solved());
    Files.writeString(folder.resolve(".passed"), "\\u00zz=1");

    assertThat(learn().exitCode()).isZero();
    assertThat(learn("1", "--check").exitCode()).isZero();
    assertThat(learn().out()).contains("done");
  }

  @Test
  void aFileInTheWayIsNamed() throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("course"), "");

    Output output = learn("1");
    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.err())
        .contains(inTheWay.resolve("Slope.java") + "' could not be written (", "--folder");
  }

  /** In the picture a function is asked for what no property has tried. */
  @Test
  void whatFailsOnlyInThePictureIsSaidWithItsLine() throws IOException {
    String code = "if (x == 1.5) { return 1 / 0; } " + FIRST_SLOPE;
    write(FIRST, FIRST.exercise().with(Map.of("slope", code)));

    Output output = learn("1", "--check");
    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.out())
        .contains("  ok     the caller's array", "All of this holds", "Slope.java:13: Arithmetic")
        .doesNotContain("System.exit", "Passed");
  }

  /** What a file does in its first gap, and what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "endless | while (h != -1) { h += 0; } return 0; | :13: still running after",
        "endless | while (true) { try { Thread.sleep(9); } catch (InterruptedException e) { } }"
            + " | :13: still running after",
        "exit | System.exit(0); return 0; | :13: ends the program by System.exit",
        "exit | Runtime.getRuntime().exit(3); return 0; | :13: ends the program",
        "'' | Runtime.getRuntime().halt(3); return 0; | exit code 3",
        "'' | return new int[2][3][2].length + new int[0][7].length / 0; | :13:"
            + " ArithmeticException",
        "'' | return new double[1 << 30].length; | :13: OutOfMemoryError",
        "'' | return at(f, x, h); | :13: StackOverflowError",
        "'' | throw new IllegalStateException(\"mine\"); | :13: IllegalStateException: mine"
      })
  void whatAFileDoesIsSaidWithItsLine(String hint, String code, String words)
      throws BadSource, IOException, InterruptedException {
    String text = FIRST.exercise().with(Map.of("slope", code));
    SourceText source = new SourceText(Path.of("Slope.java"), text);

    Judge.Outcome outcome = new Judge(Duration.ofSeconds(1)).check(FIRST, List.of(source));

    assertThat(outcome.result().passed()).isFalse();
    assertThat(outcome.result().hint()).isEqualTo(hint);
    assertThat(outcome.result().text()).contains(words);
  }

  /** By each path from the output the numbers are right, and never come to an end. */
  @Test
  void aWalkAlongEachPathIsEnded() throws BadSource, IOException, InterruptedException {
    String code =
        "back(output, 1, gradients); return gradients; }"
            + " private static void back(Value v, double g, double[] gradients) {"
            + " gradients[v.index()] += g; double[] p = v.back(g);"
            + " for (int k = 0; k < p.length; k++) back(v.inputs().get(k), p[k], gradients);";
    SourceText source =
        new SourceText(Path.of("Backward.java"), FOURTH.exercise().with(Map.of("walk", code)));

    Judge.Outcome outcome = new Judge(Duration.ofSeconds(4)).check(FOURTH, List.of(source));

    assertThat(outcome.result().hint()).isEqualTo("endless");
    assertThat(outcome.result().text().replaceAll("\\s+", " "))
        .contains("Backward.java:", "the same work done again and again?");
  }

  /** As somebody would who pastes it; the learner's own number comes out, not the right one. */
  @Test
  void theProgramOfAFailureRunsInJShell() throws IOException, InterruptedException {
    String code = "return (f.applyAsDouble(x + h) - f.applyAsDouble(x - h)) / h;";
    write(FIRST, FIRST.exercise().with(Map.of("slope", code)));
    List<String> lines = learn("1", "--check").out().lines().toList();
    String start = "  jshell --class-path ";
    String classPath =
        lines.stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
    List<String> program =
        lines.stream()
            .skip(lines.indexOf(Checker.PROGRAM) + 2L)
            .takeWhile(line -> !line.isEmpty())
            .toList();
    Path input = Files.writeString(folder.resolve("input"), String.join("\n", program) + "\n");

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jshell").toString(),
                "--feedback",
                "concise",
                "--class-path",
                classPath.substring(start.length()).replace("\"", ""))
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(program).contains("    DoubleUnaryOperator f = x -> x;");
    assertThat(answer).contains("==> 2.0").doesNotContain("rror");
  }

  @Test
  void whatAFilePrintsIsShown() throws IOException {
    write(
        FIRST, FIRST.exercise().with(Map.of("slope", "System.out.println(\"h=\" + h); return 0;")));

    assertThat(learn("1", "--check").out()).contains("Your code printed:", "    h=0.5");
  }

  @Test
  void whatAFilePrintsDoesNotMoveTheCursor() throws IOException {
    String code = "System.out.print(\"\\u001b[2J\"); return 0;";
    write(FIRST, FIRST.exercise().with(Map.of("slope", code)));

    assertThat(learn("1", "--check").out()).contains("    ?[2J").doesNotContain("\u001b");
  }

  /** A mistake often shows in a file of an earlier chapter, in what it was called with. */
  @Test
  void anExceptionNamesTheLearnersLineToo() throws IOException {
    Chapter layers = Chapter.ALL.get(7);
    write(layers, layers.exercise().with(Map.of("dense", "return weights.matmul(x).plus(bias);")));

    assertThat(learn("8", "--check").out())
        .containsPattern("Graph.java:\\d+, called from Layers.java:\\d+: Illegal");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "13 | There are the chapters 1 to 12, not '13'",
        "0 | There are the chapters 1 to 12, not '0'",
        "-1 | There are the chapters 1 to 12, not '-1'",
        "1.5 | There are the chapters 1 to 12, not '1.5'",
        "99999999999 | There are the chapters 1 to 12, not '99999999999'",
        "--check | Which chapter?",
        "3,--check | There is no",
        "3,--check,--solution | mutually exclusive",
        "x | There are the chapters 1 to 12, not 'x'"
      })
  void wrongUsageIsExplained(String words, String message) {
    Output output = learn(words.split(",", -1));

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.err()).contains(message);
  }
}
