package org.spikelet.app;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import org.spikelet.app.command.Version;
import org.spikelet.app.doctor.DoctorCommand;
import org.spikelet.app.lab.LabCommand;
import org.spikelet.app.spikes.SpikesCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/**
 * The command line: {@code spikelet [COMMAND] [OPTIONS]}; without a command it runs the flagship.
 */
@Command(
    name = "spikelet",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Deep learning in pure Java, from scratch. Without a command it runs 'spikes'.",
    subcommands = {SpikesCommand.class, LabCommand.class, DoctorCommand.class})
public final class Main {

  private Main() {}

  /** Runs a command and exits: 0 when it went well, 2 for wrong usage, 1 for any other failure. */
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
    return commandLine.setExecutionExceptionHandler(Main::report);
  }

  /** A failure is one line, never a stack trace. */
  private static int report(Exception e, CommandLine commandLine, ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    err.println(commandLine.getColorScheme().errorText(message));
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }
}
