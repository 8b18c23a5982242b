package org.spikelet.app.show;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.spikelet.app.command.Arguments;
import org.spikelet.app.command.Version;
import org.spikelet.app.command.WriteFailure;
import org.spikelet.autodiff.Operation;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.TapeObserver;
import org.spikelet.show.TapeView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code spikelet show}: runs a program up to one step, and shows the tape of that step.
 *
 * <p>The program knows nothing of it: it runs inside a tape whose observer is told of the tapes
 * that are opened in it.
 */
@Command(
    name = "show",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Shows the tape of one training step of a program, forward and back: as a page, or as a table.",
      "Programs: the numbers of the small programs, such as 03, or 'question', the net 14-100-40-4."
    })
public final class ShowCommand implements Callable<Integer> {

  /** Less than any program takes that writes a file at its end. */
  static final int MOST_STEPS = 500;

  /**
   * A program whose tapes can be shown.
   *
   * @param id how it is called on the command line
   * @param title what it does
   * @param main what runs it
   */
  public record Program(String id, String title, Main main) {

    /** The program's main method. */
    @FunctionalInterface
    public interface Main {
      /** Runs the program. */
      void run(String... args) throws Exception;
    }
  }

  /** The step was taken; the rest of the program is not wanted. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;

    Enough() {
      super("enough", null, false, false);
    }
  }

  private final List<Program> programs;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PROGRAM",
      defaultValue = "",
      description = "What to run: 01, 02, … or question.")
  private String name;

  @Option(
      names = "--step",
      paramLabel = "N",
      defaultValue = "1",
      description = "The step to show, from 1 to " + MOST_STEPS + " (default: ${DEFAULT-VALUE}).")
  private int step;

  @Option(names = "--text", description = "Print a table of 80 columns; write no page.")
  private boolean text;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The page to write (default: tape-PROGRAM.html in the current folder).")
  private Optional<Path> out;

  /** Shows one of these programs, and the net of the question. */
  public ShowCommand(List<Program> numbered) {
    programs =
        Stream.concat(
                numbered.stream(),
                Stream.of(
                    new Program(
                        "question", "The net of the question, with Adam", QuestionNet::train)))
            .toList();
  }

  @Override
  public Integer call() throws Exception {
    Arguments arguments = new Arguments(spec);
    if (step < 1 || step > MOST_STEPS) {
      throw arguments.invalid("--step", "must be from 1 to " + MOST_STEPS, step);
    }
    if (text && out.isPresent()) {
      throw arguments.wrong("--text prints, and writes no file: leave out --out or --text.");
    }
    Program program = program(arguments);
    PrintWriter terminal = arguments.out();
    TapeView view = TapeView.ofStep(step).titled(program.title + ", the tape of step " + step);
    runSilently(program, view);
    if (view.steps() < step) {
      int taken = view.steps();
      throw arguments.invalid(
          "--step", "must be at most " + taken + ", for the program takes no more", step);
    }
    if (text) {
      terminal.print(view);
    } else {
      Path file = out.orElse(Path.of("tape-" + program.id + ".html"));
      write(view, file);
      terminal.println(
          "Page: "
              + file.toAbsolutePath().normalize()
              + " ("
              + (Files.size(file) + 999) / 1000
              + " kB)\nThe same as a table: --text");
    }
    terminal.flush();
    return 0;
  }

  private Program program(Arguments arguments) {
    return programs.stream()
        .filter(each -> each.id.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                arguments.wrong(
                    (name.isEmpty()
                            ? "Which program is to be shown?"
                            : "There is no program '" + name + "' to show.")
                        + " Choose one of "
                        + programs.stream().map(Program::id).collect(Collectors.joining(", "))
                        + "."));
  }

  /** Runs the program until the step was taken; what it would print is not wanted. */
  private static void runSilently(Program program, TapeView view) throws Exception {
    TapeObserver end =
        new TapeObserver() {
          @Override
          public void computed(Tape tape, Operation operation) {
            if (view.isComplete()) {
              throw new Enough();
            }
          }
        };
    PrintStream before = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    Tape around = Tape.record(view);
    Tape within = Tape.record(end);
    try {
      program.main.run();
    } catch (Enough e) {
      // As it was meant.
    } finally {
      System.setOut(before);
      within.close();
      around.close();
    }
  }

  private static void write(TapeView view, Path file) throws IOException {
    try {
      view.write(file);
    } catch (FileAlreadyExistsException e) {
      throw e; // says that it is somebody else's
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
  }
}
