package org.spikelet.app.shell;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
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
      "Without a terminal it runs what comes on standard input; if a line of it fails, the exit code"
          + " is 1. '/exit 3' ends it with 3."
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
    FailureWatch out = new FailureWatch(System.out);
    FailureWatch err = new FailureWatch(System.err);
    try {
      Files.writeString(startup, startup(terminal));
      JavaShellToolBuilder shell =
          JavaShellToolBuilder.builder()
              .out(print(out), print(System.out), print(System.out))
              .err(print(err), print(System.err))
              .locale(Locale.ENGLISH)
              .promptCapture(false);
      if (terminal) {
        // JShell keeps its history among the user's preferences, and tells of their folder.
        PREFERENCES.setLevel(Level.OFF);
      } else {
        shell.persistence(new HashMap<>());
      }
      int code = shell.start(arguments(startup));
      return code == 0 && !terminal && (out.hasFailed() || err.hasFailed()) ? 1 : code;
    } finally {
      Files.deleteIfExists(startup);
    }
  }

  /** The script that starts the program knows; Java would have to guess. */
  private static boolean isTerminal() {
    return !"false".equals(System.getProperty("spikelet.keyboard"));
  }

  private static PrintStream print(OutputStream out) {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }

  private static String[] arguments(Path startup) throws URISyntaxException {
    List<String> arguments = new ArrayList<>();
    arguments.add("--class-path");
    arguments.add(classPath());
    arguments.add("--startup");
    arguments.add("DEFAULT");
    arguments.add("--startup");
    arguments.add(startup.toString());
    // The shell computes in a process of its own.
    arguments.add("-R-XX:+UseSerialGC");
    arguments.add("-R-Dfile.encoding=UTF-8");
    if (ModuleLayer.boot().findModule(VECTOR).isPresent()) {
      arguments.add("-R--add-modules=" + VECTOR);
    }
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

  private static String startup(boolean terminal) throws IOException {
    try (InputStream in = ShellCommand.class.getResourceAsStream("startup.jsh");
        InputStream greeting = ShellCommand.class.getResourceAsStream("greeting.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (!terminal) {
        return text + "/set prompt spikelet \"\" \"\"\n";
      }
      String words = new String(greeting.readAllBytes(), StandardCharsets.UTF_8);
      System.out.println(words.replace("{{version}}", Version.environment()));
      return text;
    }
  }
}
