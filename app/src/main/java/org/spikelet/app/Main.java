package org.spikelet.app;

import static java.util.stream.Collectors.joining;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.spikelet.app.command.Version;
import org.spikelet.app.command.Wrapped;
import org.spikelet.app.doctor.DoctorCommand;
import org.spikelet.app.lab.LabCommand;
import org.spikelet.app.learn.LearnCommand;
import org.spikelet.app.options.ActivationChoice;
import org.spikelet.app.options.OptimizerChoice;
import org.spikelet.app.shell.ShellCommand;
import org.spikelet.app.show.ShowCommand;
import org.spikelet.app.spikes.SpikesCommand;
import org.spikelet.app.tables.MissingChoice;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * The command line: {@code spikelet [COMMAND] [OPTIONS]}; without a command it runs the flagship.
 */
@Command(
    name = "spikelet",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Deep learning in pure Java, from scratch. Without a command it runs 'spikes'.",
    subcommands = {
      SpikesCommand.class,
      LabCommand.class,
      DoctorCommand.class,
      LearnCommand.class,
      ShellCommand.class
    })
public final class Main {

  private Main() {}

  /** Picocli makes none for less. */
  private static final int NARROWEST_HELP = 55;

  /** How a command ends. 128 and the signal's number is what the JVM and the shell agree on. */
  private static final Map<String, String> EXIT_CODES =
      new TreeMap<>(
          Map.of(
              "  0", "all went well",
              "  1", "it failed; the message says what to do",
              "  2", "wrong usage; nothing was done",
              "130", "Ctrl-C: the last line says what is kept",
              "143", "terminated (SIGTERM), in the same way"));

  /** Runs a command and exits with one of the codes. */
  public static void main(String[] args) {
    // Pictures are drawn into files only.
    System.setProperty("java.awt.headless", "true");
    System.exit(run(args));
  }

  /** Runs a command and returns the exit code. */
  static int run(String... args) {
    return commandLine().execute(withCommand(args));
  }

  /** Options without a command are meant for the flagship. */
  private static String[] withCommand(String... args) {
    if (args.length > 0
        && (!args[0].startsWith("-")
            || List.of("-h", "--help", "-V", "--version").contains(args[0]))) {
      return args;
    }
    return Stream.concat(Stream.of("spikes"), Stream.of(args)).toArray(String[]::new);
  }

  /** Returns the command line with all commands. */
  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    for (Example example : Example.ALL) {
      commandLine.addSubcommand(example.id(), example.command());
    }
    commandLine.addSubcommand(
        new ShowCommand(Example.ALL.stream().map(Example::toBeShown).toList()));
    convert(commandLine, ActivationChoice.class);
    convert(commandLine, OptimizerChoice.class);
    convert(commandLine, MissingChoice.class);
    number(commandLine, "a whole number", Long::valueOf, List.of(Long.class, long.class));
    number(commandLine, "a whole number", Integer::valueOf, List.of(Integer.class, int.class));
    number(commandLine, "a number", Double::valueOf, List.of(Double.class, double.class));
    documentExitCodes(commandLine);
    commandLine.getSubcommands().values().forEach(Main::documentExitCodes);
    // An argument "@file" is just that: no file is read for it.
    return commandLine
        .setExpandAtFiles(false)
        .setUsageHelpWidth(Math.max(NARROWEST_HELP, Wrapped.WIDTH))
        .setParameterExceptionHandler(Main::refuse)
        .setExecutionExceptionHandler(Main::report);
  }

  /** Wrong usage is said in a line or two, and where to read on: not a page that hides them. */
  private static int refuse(ParameterException e, String... args) {
    CommandLine commandLine = e.getCommandLine();
    PrintWriter err = commandLine.getErr();
    err.println(commandLine.getColorScheme().errorText(Wrapped.message(Refusal.words(e))));
    err.println("All options: ./" + commandLine.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  /** An option with a choice takes the words as they are shown in its help, and no others. */
  private static <E extends Enum<E>> void convert(CommandLine commandLine, Class<E> choice) {
    E[] all = choice.getEnumConstants();
    commandLine.registerConverter(
        choice,
        text ->
            Arrays.stream(all)
                .filter(each -> each.toString().equals(text))
                .findFirst()
                .orElseThrow(
                    () ->
                        new TypeConversionException(
                            "must be one of "
                                + Arrays.stream(all).map(E::toString).collect(joining(", "))
                                + "; got '"
                                + text
                                + "'")));
  }

  private static void documentExitCodes(CommandLine commandLine) {
    commandLine
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(EXIT_CODES);
  }

  /** Registers how a number is read, with words for what is none. */
  private static <N> void number(
      CommandLine commandLine, String what, Function<String, N> read, List<Class<N>> types) {
    for (Class<N> type : types) {
      commandLine.registerConverter(
          type,
          text -> {
            try {
              return read.apply(text);
            } catch (NumberFormatException e) {
              throw new TypeConversionException("must be " + what + "; got '" + text + "'");
            }
          });
    }
  }

  /** A failure is a line or a few, never a stack trace. */
  private static int report(Exception e, CommandLine commandLine, ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    err.println(commandLine.getColorScheme().errorText(Wrapped.message(message)));
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }
}
