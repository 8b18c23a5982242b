package org.spikelet.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A command's options as they were given: refuses wrong ones, and opens the folder for results. */
public final class Arguments {

  /** Every step's loss is kept, in eight bytes. */
  private static final long MOST_STEPS = 100_000_000;

  private final CommandSpec spec;

  /** Those of a command. */
  public Arguments(CommandSpec spec) {
    this.spec = spec;
  }

  /**
   * Checks a whole number.
   *
   * @throws ParameterException if it is less than the least
   */
  public void atLeast(long least, String option, long value) {
    if (value < least) {
      throw invalid(option, "must be at least " + least, value);
    }
  }

  /**
   * Checks how many steps a training takes.
   *
   * @throws ParameterException if there are none, or more than their losses could be kept of
   */
  public void steps(String option, long value) {
    steps(option, value, 1);
  }

  /** Checks how many times a training takes so many steps. */
  public void steps(String option, long value, long each) {
    atLeast(1, option, value);
    if (value > MOST_STEPS / each) {
      throw invalid(
          option,
          "must be at most " + MOST_STEPS / each + ", for the loss of each step is kept",
          value);
    }
  }

  /**
   * Checks a number.
   *
   * @throws ParameterException unless it is positive and finite
   */
  public void positive(String option, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw invalid(option, "must be positive and finite", value);
    }
  }

  /** Returns the error for a value that breaks a rule, such as "must be at least 1". */
  public ParameterException invalid(String option, String rule, Object value) {
    return wrong("Invalid value for option '" + option + "': " + rule + ", got " + value);
  }

  /** Returns the error of wrong usage. */
  public ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /**
   * Opens the folder that {@code --out} names.
   *
   * @throws FolderInUse if another command writes into it
   * @throws ParameterException if files cannot be made in it
   */
  public OutputFolder folder(Path path) throws FolderInUse {
    try {
      return OutputFolder.open(path, line());
    } catch (FolderInUse e) {
      throw e;
    } catch (IOException e) {
      boolean nowhere = Files.isSymbolicLink(path) && !Files.exists(path);
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--out': cannot write into the folder '"
              + path
              + "' ("
              + (nowhere ? "a symbolic link that leads nowhere" : WriteFailure.reason(e))
              + "); choose one that you may write to",
          e);
    }
  }

  /** Returns the command line as it was given, ready to paste into a shell. */
  public String line() {
    return line(given());
  }

  /** Returns the same without an option that has no value. */
  public String lineWithout(String option) {
    return line(given().stream().filter(word -> !word.equals(option)).toList());
  }

  /** Returns the words of the command line as they were given. */
  public List<String> given() {
    return spec.commandLine().getParseResult().originalArgs();
  }

  /** Returns these words as a command line, ready to paste into a shell. */
  public static String line(List<String> words) {
    return "./spikelet "
        + words.stream()
            .map(arg -> arg.matches("[\\w./,=:+-]+") ? arg : "'" + arg.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
  }

  /** Returns what the numbers depend on. */
  GivenOptions options() {
    return new GivenOptions(spec.commandLine().getParseResult());
  }

  /** Returns where to print results. */
  public PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Returns where to print what went wrong. */
  public PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
