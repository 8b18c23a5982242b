package org.spikelet.app.shell;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import jdk.jshell.tool.JavaShellToolBuilder;
import org.spikelet.app.command.Version;
import org.spikelet.autodiff.Tensor;
import org.spikelet.examples.Example01Number;
import org.spikelet.nn.Dense;
import org.spikelet.optim.Adam;
import org.spikelet.show.TapeView;
import org.spikelet.spikes.detect.Spike;
import picocli.CommandLine.Command;

/** {@code spikelet shell}: JShell with the library on its class path, and imported. */
@Command(
    name = "shell",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Opens JShell, the JDK's shell for Java, with Spikelet imported.",
      "Without a terminal it runs what comes on standard input; if a line of it fails or"
          + " cannot be run, the exit code is 1. '/exit 3' ends it with 3."
    })
public final class ShellCommand implements Callable<Integer> {

  private static final String VECTOR = "jdk.incubator.vector";

  /** One class of each library; their jars, or folders of classes, are the class path. */
  private static final List<Class<?>> LIBRARIES =
      List.of(
          Tensor.class,
          Dense.class,
          Adam.class,
          Spike.class,
          TapeView.class,
          Example01Number.class,
          JsonFactory.class);

  private static final Logger PREFERENCES = Logger.getLogger("java.util.prefs");

  /** Made by the command line. */
  public ShellCommand() {}

  @Override
  public Integer call() throws Exception {
    boolean terminal = isTerminal();
    Path startup = Files.createTempFile("spikelet-", ".jsh");
    FailureWatch complaints = new FailureWatch(System.err, "Error:", "Exception ");
    FailureWatch remarks = new FailureWatch(System.out, "State engine terminated.");
    EndedInput input = new EndedInput(System.in);
    try {
      Files.writeString(startup, resource("startup.jsh"));
      JavaShellToolBuilder shell =
          JavaShellToolBuilder.builder()
              .out(print(remarks), System.out, System.out)
              .err(print(complaints), System.err)
              .locale(Locale.ENGLISH);
      if (terminal) {
        System.out.print(resource("greeting.txt").replace("{{version}}", Version.environment()));
        // JShell keeps its history among the user's preferences, and would tell of their folder.
        PREFERENCES.setLevel(Level.OFF);
        int code = shell.start(arguments(startup, List.of()));
        return code == 0 && complaints.hasFailed() ? 1 : code;
      }
      int code =
          shell
              .in(input, null)
              .persistence(new HashMap<>())
              .start(arguments(startup, List.of("-")));
      return codeOfAll(code, input.hasEnded(), complaints.hasFailed(), remarks.hasFailed());
    } finally {
      Files.deleteIfExists(startup);
    }
  }

  private static PrintStream print(FailureWatch watch) {
    return new PrintStream(watch, true, StandardCharsets.UTF_8);
  }

  /** Says on standard error what was not run. */
  private static int codeOfAll(int code, boolean ended, boolean failed, boolean terminated) {
    boolean whole = ended && code == EndedInput.CODE;
    if (terminated) {
      System.err.println(
          "The process of the snippets ended, by System.exit or a crash: the lines after that were"
              + " not\nrun. '/exit 3' is how to end the shell with 3.");
    } else if (ended && code == 0) {
      System.err.println("The input ends within a snippet, which was not run.");
    } else if (!failed) {
      return whole ? 0 : code;
    }
    return whole || code == 0 ? 1 : code;
  }

  /** The script that starts the program knows; Java would have to guess. */
  private static boolean isTerminal() {
    return !"false".equals(System.getProperty("spikelet.keyboard"));
  }

  /** A hyphen is standard input, without a conversation. */
  private static String[] arguments(Path startup, List<String> input) throws URISyntaxException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--class-path", classPath()));
    arguments.addAll(List.of("--startup", "DEFAULT", "--startup", startup.toString()));
    // The shell computes in a process of its own.
    arguments.addAll(List.of("-R-XX:+UseSerialGC", "-R-Dfile.encoding=UTF-8"));
    if (ModuleFinder.ofSystem().find(VECTOR).isPresent()) {
      arguments.add("-R--add-modules=" + VECTOR);
    }
    arguments.addAll(input);
    return arguments.toArray(String[]::new);
  }

  private static String classPath() throws URISyntaxException {
    List<String> places = new ArrayList<>();
    for (Class<?> library : LIBRARIES) {
      places.add(
          Path.of(library.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return String.join(File.pathSeparator, places);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ShellCommand.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
