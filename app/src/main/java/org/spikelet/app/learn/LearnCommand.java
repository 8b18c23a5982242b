package org.spikelet.app.learn;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.spikelet.app.command.Arguments;
import org.spikelet.app.command.Version;
import org.spikelet.app.command.Wrapped;
import org.spikelet.app.learn.CourseFolder.State;
import org.spikelet.app.learn.check.Checker;
import org.spikelet.app.learn.check.Exercise;
import org.spikelet.app.source.BadSource;
import org.spikelet.app.source.SourceText;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet learn}: a course in which the learner builds an autodiff of their own. */
@Command(
    name = "learn",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "A course: build a small autodiff of your own, chapter by chapter.",
      "Without a chapter it shows where you stand. With one it prints the chapter's text and puts"
          + " its Java file, which has gaps, into your folder; nothing there is overwritten. Fill"
          + " the gaps in any editor, and check them with --check."
    })
public final class LearnCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "CHAPTER",
      description = "Which chapter to open, from 1 to 12.")
  private Optional<String> number = Optional.empty();

  @ArgGroup private Action action = new Action();

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      defaultValue = "spikelet-course",
      description = "Where your files are (default: ${DEFAULT-VALUE}).")
  private Path path;

  /** What to do with a chapter, but for opening it. */
  private static final class Action {
    @Option(
        names = "--check",
        description =
            "Check your file: shows the smallest program on which it goes wrong, your numbers and"
                + " the right ones, and a hint if the mistake is a known one.")
    private boolean check;

    @Option(names = "--solution", description = "Show our solution, and why it is so.")
    private boolean solution;
  }

  /** Made by the command line, which sets the options. */
  public LearnCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Arguments arguments = new Arguments(spec);
    List<Chapter> asked =
        Chapter.ALL.stream().filter(each -> number.filter(each::isNumbered).isPresent()).toList();
    if (number.isPresent() && asked.isEmpty()) {
      throw arguments.wrong(
          "There are the chapters 1 to " + Chapter.ALL.size() + ", not '" + number.get() + "'");
    }
    if (number.isEmpty() && (action.check || action.solution)) {
      throw arguments.wrong("Which chapter? For example: " + next("1 --check"));
    }
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw arguments.invalid("--folder", "must be a folder", "the file '" + path + "'");
    }
    PrintWriter out = arguments.out();
    CourseFolder folder = new CourseFolder(path);
    try {
      return asked.isEmpty() ? overview(out, folder) : chapter(arguments, folder, asked.get(0));
    } catch (BadSource e) {
      arguments.err().println(e.getMessage().stripTrailing());
      arguments.err().flush();
      return 1;
    } finally {
      out.flush();
    }
  }

  private int chapter(Arguments arguments, CourseFolder folder, Chapter chapter)
      throws BadSource, IOException, InterruptedException {
    if (action.check) {
      return check(arguments, folder, chapter);
    }
    return action.solution
        ? solution(arguments.out(), chapter)
        : open(arguments.out(), folder, chapter);
  }

  private int overview(PrintWriter out, CourseFolder folder) throws IOException {
    out.println("Build an autodiff of your own, in twelve chapters.");
    out.println();
    Optional<Chapter> next = Optional.empty();
    for (Chapter each : Chapter.ALL) {
      State state = folder.state(each);
      String words = state == State.NEW ? "" : state.toString();
      out.println(
          String.format("  %2d  %-50s  %s", each.number(), each.title(), words).stripTrailing());
      if (next.isEmpty() && state != State.DONE) {
        next = Optional.of(each);
      }
    }
    out.println();
    if (next.isEmpty()) {
      out.println("All chapters are done. The library's own core is in autodiff/src/main/java.");
    } else {
      Chapter chapter = next.get();
      boolean there = folder.state(chapter) != State.NEW;
      out.println(
          there
              ? "Next: complete "
                  + folder.file(chapter)
                  + "\nThen: "
                  + next(chapter.number() + " --check")
              : "Next: " + next(String.valueOf(chapter.number())));
    }
    return 0;
  }

  private int open(PrintWriter out, CourseFolder folder, Chapter chapter) throws IOException {
    List<Path> laid = folder.open(chapter);
    out.println(Markdown.terminal(chapter.text()));
    Path file = folder.file(chapter);
    out.println(
        laid.contains(file)
            ? "Your file is new: " + file
            : "Your file is there already, and left as it is: " + file);
    if (laid.size() > (laid.contains(file) ? 1 : 0)) {
      out.println(
          Wrapped.text(
              "Files of earlier chapters that were missing are beside it, so that an editor can"
                  + " compile it.",
              0));
    }
    out.println("When its gaps are filled: " + next(chapter.number() + " --check"));
    return 0;
  }

  private int solution(PrintWriter out, Chapter chapter) {
    Exercise exercise = chapter.exercise();
    for (String gap : exercise.gaps()) {
      out.println(chapter.fileName() + ", gap " + gap + ":");
      out.println();
      exercise.solution(gap).forEach(line -> out.println(("    " + line).stripTrailing()));
      out.println();
    }
    out.print(Markdown.terminal(chapter.why()));
    return 0;
  }

  private int check(Arguments arguments, CourseFolder folder, Chapter chapter)
      throws BadSource, IOException, InterruptedException {
    Path file = folder.file(chapter);
    if (!Files.exists(file)) {
      throw arguments.wrong(
          "There is no " + file + " yet; " + next(String.valueOf(chapter.number())) + " makes it.");
    }
    PrintWriter out = arguments.out();
    SourceText source = SourceText.read(file);
    List<SourceText> sources = new ArrayList<>(List.of(source));
    List<Chapter> ours = new ArrayList<>();
    for (Chapter earlier : Chapter.ALL.subList(0, chapter.number() - 1)) {
      if (folder.state(earlier) == State.DONE) {
        sources.add(SourceText.read(folder.file(earlier)));
      } else {
        ours.add(earlier);
      }
    }
    out.println("Chapter " + chapter.number() + ": " + chapter.title());
    if (!ours.isEmpty()) {
      out.println(
          Wrapped.text(
              "With our "
                  + ours.stream().map(Chapter::fileName).collect(Collectors.joining(", "))
                  + ": yours have not passed as they are.",
              0));
    }
    out.println();
    Judge.Outcome outcome = new Judge(Judge.LIMIT).check(chapter, sources);
    out.println(outcome.result().text().stripTrailing());
    if (!outcome.printed().isBlank()) {
      out.println();
      out.println("Your code printed:");
      outcome.printed().lines().map(LearnCommand::plain).forEach(out::println);
    }
    out.println();
    if (!outcome.result().passed()) {
      if (outcome.result().text().contains(Checker.PROGRAM)) {
        out.println(jshell(folder, outcome));
        out.println();
      }
      out.println("Correct " + file + " and check it again.");
      return 1;
    }
    folder.pass(chapter, source);
    out.println("Passed. " + after(chapter));
    return 0;
  }

  private String after(Chapter chapter) {
    return chapter.number() == Chapter.ALL.size()
        ? "That was the last chapter."
        : "Next: " + next(String.valueOf(chapter.number() + 1));
  }

  /** The one that the check had: the learner's classes, and ours for all others. */
  private static String classPath(Path learners) {
    return learners + File.pathSeparator + Judge.classPath();
  }

  private static String jshell(CourseFolder folder, Judge.Outcome outcome) {
    try {
      String classPath = classPath(folder.keep(outcome.classes()));
      return "To paste the program into JShell, start it so:\n  jshell --class-path "
          + quoted(classPath);
    } catch (IOException e) {
      return Wrapped.text("JShell cannot be told of your class: " + e.getMessage(), 0);
    }
  }

  /** Without what would move the cursor, or clear the terminal. */
  private static String plain(String line) {
    return "    " + line.replaceAll("[\\p{Cntrl}&&[^\t]]", "?");
  }

  private static String quoted(String words) {
    return words.contains(" ") ? '"' + words + '"' : words;
  }

  /** A command to go on with, in the same folder. */
  private String next(String words) {
    boolean usual = path.equals(Path.of("spikelet-course"));
    return "./spikelet learn " + words + (usual ? "" : " --folder " + quoted(path.toString()));
  }
}
