package org.spikelet.app.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.spikelet.app.learn.check.Checker;
import org.spikelet.app.learn.check.Result;
import org.spikelet.app.source.BadSource;
import org.spikelet.app.source.SourceText;

/** The program of a check that failed, pasted: it must give the numbers that the check shows. */
final class Pasted {

  /** What JShell imports by itself. */
  private static final List<String> IMPORTS =
      Stream.of(
              "io",
              "math",
              "net",
              "nio.file",
              "util",
              "util.concurrent",
              "util.function",
              "util.prefs",
              "util.regex",
              "util.stream")
          .map(name -> "import java." + name + ".*;")
          .toList();

  private final List<String> program;
  private final List<String> table;

  private Pasted(String text) {
    List<String> lines = text.lines().toList();
    int begin = lines.indexOf(Checker.PROGRAM) + 2;
    List<String> rest = lines.subList(begin, lines.size());
    int end = rest.indexOf("");
    program = rest.subList(0, end);
    table = rest.subList(end + 1, rest.size());
  }

  /** Runs what the text of a result has, with the classes of the attempt. */
  static void check(Attempt attempt, Result result) throws BadSource, IOException {
    Pasted pasted = new Pasted(result.text());
    assertThat(pasted.program)
        .as("the last line is the expression that is asked for")
        .last()
        .matches(line -> !line.endsWith(";"));
    pasted.checkLines();
    SourceText file = new SourceText(Path.of("Paste.java"), pasted.source());
    Object answer =
        Attempt.inFront(
            Judge.compile(List.of(attempt.file(), file)),
            classes -> run(classes.loadClass("Paste")));
    pasted.compare(answer);
  }

  /** JShell takes a line for complete if all its brackets are closed. */
  private void checkLines() {
    int open = 0;
    for (String line : program) {
      assertThat(open == 0 && line.strip().startsWith("."))
          .as("'%s' comes too late for JShell", line)
          .isFalse();
      open += line.chars().map(Pasted::opens).sum();
    }
  }

  private static int opens(int letter) {
    return "({[".indexOf(letter) >= 0 ? 1 : ")}]".indexOf(letter) >= 0 ? -1 : 0;
  }

  private String source() {
    int last = program.size() - 1;
    int imports = (int) program.stream().filter(line -> line.strip().startsWith("import ")).count();
    return String.join("\n", IMPORTS)
        + "\n"
        + String.join("\n", program.subList(0, imports))
        + "\npublic class Paste {\n  public static Object run() throws Throwable {\n"
        + String.join("\n", program.subList(imports, last))
        + "\nreturn "
        + program.get(last)
        + ";\n}\n}\n";
  }

  /** Returns what comes out, or what is thrown. */
  private static Object run(Class<?> paste) throws ReflectiveOperationException {
    try {
      return paste.getMethod("run").invoke(null);
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
  }

  private void compare(Object answer) {
    String first = table.get(0);
    if (answer instanceof Throwable thrown) {
      assertThat(String.join(" ", table)).contains(thrown.getClass().getSimpleName());
      return;
    }
    List<String> yours =
        table.stream()
            .skip(1)
            .takeWhile(line -> !line.isEmpty())
            .map(line -> line.replace("<-", "").strip().split("\\s+"))
            .map(words -> words[words.length - 2])
            .collect(Collectors.toList());
    // Matrices may be compared with their shapes or without.
    double[] plain = numbers(answer, false).toArray();
    double[] shaped = numbers(answer, true).toArray();
    if (first.strip().startsWith("Yours are ")) {
      assertThat(first)
          .containsPattern("Yours are (" + plain.length + "|" + shaped.length + ") numbers");
      return;
    }
    assertThat(List.of(plain, shaped))
        .as("numbers of the program, of which those are shown: " + yours)
        .anyMatch(numbers -> isPart(numbers, yours));
  }

  /** Whether these numbers are shown, one below the other; a table may have more than them. */
  private static boolean isPart(double[] numbers, List<String> shown) {
    return numbers.length > 0
        && IntStream.rangeClosed(0, shown.size() - numbers.length)
            .anyMatch(
                from ->
                    IntStream.range(0, numbers.length)
                        .allMatch(i -> same(numbers[i], Double.parseDouble(shown.get(from + i)))));
  }

  /** Whether a number is shown as this; ten digits are shown. */
  private static boolean same(double number, double shown) {
    return Double.compare(number, shown) == 0 || Math.abs(number - shown) <= 1e-9 * Math.abs(shown);
  }

  /** Those of arrays and lists one after the other; of a matrix the sides first, if shaped. */
  private static DoubleStream numbers(Object answer, boolean shaped) {
    if (answer instanceof Number number) {
      return DoubleStream.of(number.doubleValue());
    }
    if (answer instanceof Boolean truth) {
      return DoubleStream.of(truth ? 1 : 0);
    }
    if (answer instanceof List<?> list) {
      return list.stream().flatMapToDouble(each -> numbers(each, shaped));
    }
    if (answer.getClass().isArray()) {
      return IntStream.range(0, Array.getLength(answer))
          .mapToObj(i -> Array.get(answer, i))
          .flatMapToDouble(each -> numbers(each, shaped));
    }
    if (!answer.getClass().getSimpleName().equals("Matrix")) {
      return numbers(ask(answer, "value"), shaped);
    }
    return Stream.of("rows", "columns", "toArray")
        .filter(name -> shaped || name.equals("toArray"))
        .flatMapToDouble(name -> numbers(ask(answer, name), shaped));
  }

  private static Object ask(Object answer, String method) {
    try {
      return answer.getClass().getMethod(method).invoke(answer);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no numbers: " + answer, e);
    }
  }
}
