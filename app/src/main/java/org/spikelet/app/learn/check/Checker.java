package org.spikelet.app.learn.check;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.spikelet.app.command.Wrapped;

/** Checks a learner's class: what the process does that is started for it. */
public final class Checker {

  /** The line above a program on which something goes wrong. */
  public static final String PROGRAM = "The smallest program on which it goes wrong:";

  /** What a program needs in JShell, which imports the collections and functions by itself. */
  private static final String IMPORT = "import course.*;";

  private static final String INNER = "Variable";
  private static final String IMPORT_INNER = "import course.Graph." + INNER + ";";

  private static final String COURSE = "course.";
  private static final String INDENT = "    ";

  private final String className;
  private final Checks checks;
  private final StringBuilder text = new StringBuilder();

  private Checker(String className, Checks checks) {
    this.className = className;
    this.checks = checks;
  }

  /**
   * Checks, keeps the result in a file, and ends the process.
   *
   * @param args the class of the course, the class of its checks, where to write the result, and
   *     how many milliseconds the processor may work on it
   */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[2]);
    Limit limit =
        Limit.on(Thread.currentThread(), args[0], Duration.ofMillis(Long.parseLong(args[3])), file);
    Result result = checkOrSayWhyNot(args[0], args[1]);
    limit.finish(() -> result.write(file));
  }

  /** What nobody has caught would end the process, as System.exit does. */
  @SuppressWarnings("CatchingUnchecked") // the learner's code may throw anything, anywhere
  private static Result checkOrSayWhyNot(String className, String checks) {
    try {
      return check(className, checks);
    } catch (Throwable e) {
      e.printStackTrace();
      return new Result(false, "", "The check broke off; what it printed says why.\n");
    }
  }

  /** Checks, in this thread and with the classes of this class loader, and keeps the result. */
  public static void check(String className, String checks, Path file)
      throws IOException, ReflectiveOperationException {
    check(className, checks).write(file);
  }

  private static Result check(String className, String checks) throws ReflectiveOperationException {
    Checks made =
        Class.forName(checks).asSubclass(Checks.class).getDeclaredConstructor().newInstance();
    return new Checker(className, made).result();
  }

  private Result result() {
    List<Property<?>> properties = checks.properties();
    for (int i = 0; i < properties.size(); i++) {
      Optional<Failure> failure = properties.get(i).check();
      if (failure.isPresent()) {
        line("  wrong  " + properties.get(i).name());
        properties
            .subList(i + 1, properties.size())
            .forEach(next -> line("  -      " + next.name()));
        line("");
        return new Result(false, tell(failure.get()), text.toString());
      }
      line("  ok     " + properties.get(i).name());
    }
    line("");
    return goal();
  }

  /** Shows what the learner's code can do now: here it meets inputs that no property has tried. */
  @SuppressWarnings("CatchingUnchecked") // an error is as much an answer as an exception
  private Result goal() {
    try {
      text.append(checks.goal());
      return new Result(true, "", text.toString());
    } catch (Throwable e) {
      paragraph("All of this holds, and yet your code fails in what was to be seen now.");
      paragraph(words(e));
      return new Result(false, "", text.toString());
    }
  }

  /** Returns the name of the hint. */
  private String tell(Failure failure) {
    Optional<Throwable> thrown = failure.answer().thrown();
    if (thrown.isPresent() && gap(thrown.get()).isPresent()) {
      String gap = gap(thrown.get()).get();
      paragraph(
          "Not written yet: the gap '"
              + gap
              + "' at "
              + innermost(thrown.get().getStackTrace()).orElse(className + ".java")
              + ". "
              + todo(gap));
      return "gap";
    }
    line(PROGRAM);
    line("");
    line(INDENT + IMPORT);
    if (failure.program().contains(INNER)) {
      line(INDENT + IMPORT_INNER);
    }
    failure.program().lines().forEach(each -> line(INDENT + each));
    line("");
    thrown.ifPresent(e -> paragraph(words(e)));
    failure.table().forEach(each -> line(INDENT + each));
    failure.hint().ifPresent(hint -> tell(hint));
    return failure.hint().map(Failure.Hint::name).orElse("");
  }

  private void tell(Failure.Hint hint) {
    line("");
    paragraph("Hint: " + hint.text());
  }

  private static Optional<String> gap(Throwable thrown) {
    return Optional.ofNullable(thrown.getMessage())
        .filter(words -> thrown instanceof UnsupportedOperationException)
        .filter(words -> words.startsWith(Exercise.NOT_WRITTEN))
        .map(words -> words.substring(Exercise.NOT_WRITTEN.length()));
  }

  private String todo(String gap) {
    Exercise exercise = Exercise.of(className);
    return exercise.gaps().contains(gap) ? capital(exercise.todo(gap)) : "";
  }

  private static String capital(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private String words(Throwable thrown) {
    return place(className, thrown.getStackTrace())
        + ": "
        + thrown.getClass().getSimpleName()
        + (thrown.getMessage() == null ? "" : ": " + thrown.getMessage());
  }

  /**
   * Returns file and line of the innermost call that is in the course, and of the one in the file
   * that is checked, if it is another.
   */
  static String place(String className, StackTraceElement... trace) {
    String inner = innermost(trace).orElse("It");
    return Arrays.stream(trace)
        .filter(frame -> (className + ".java").equals(frame.getFileName()))
        .findFirst()
        .map(Checker::line)
        .filter(own -> !own.equals(inner))
        .map(own -> inner + ", called from " + own)
        .orElse(inner);
  }

  private static Optional<String> innermost(StackTraceElement... trace) {
    return Arrays.stream(trace)
        .filter(frame -> frame.getClassName().startsWith(COURSE))
        .findFirst()
        .map(Checker::line);
  }

  private static String line(StackTraceElement frame) {
    return frame.getFileName() + ":" + frame.getLineNumber();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void paragraph(String words) {
    line(words.lines().map(each -> Wrapped.text(each, 0)).collect(Collectors.joining("\n")));
  }
}
