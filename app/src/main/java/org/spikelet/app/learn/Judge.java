package org.spikelet.app.learn;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.spikelet.app.command.Wrapped;
import org.spikelet.app.learn.check.Checker;
import org.spikelet.app.learn.check.Limit;
import org.spikelet.app.learn.check.Result;
import org.spikelet.app.source.BadSource;
import org.spikelet.app.source.SourceCompiler;
import org.spikelet.app.source.SourceText;
import org.spikelet.autodiff.Tensor;

/**
 * Compiles a learner's files and checks them in a process of their own: nothing that they do, such
 * as a loop without end or the end of the program, can do harm to this one.
 *
 * <p>The learner's classes come first on that process's class path, and so take the place of ours
 * of the same names, which the checks were compiled with.
 */
final class Judge {

  /** For the learner's code, unless a chapter is checked on an unusually slow machine. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final int SHOWN = 4_000;

  /** If even the process's own limit does not end it. */
  private static final int LAST_RESORT = 12;

  private final Duration limit;

  /**
   * A judge.
   *
   * @param limit how long the processor may work on a check
   */
  Judge(Duration limit) {
    this.limit = limit;
  }

  /**
   * What came out.
   *
   * @param printed by the learner's code
   * @param classes those of the learner's that were used, by their names
   */
  record Outcome(Result result, String printed, Map<String, byte[]> classes) {}

  /**
   * Checks a chapter.
   *
   * @param sources the learner's file, and the learner's files of earlier chapters that are to be
   *     used; all other classes are ours
   * @throws BadSource if the files do not compile
   */
  Outcome check(Chapter chapter, List<SourceText> sources)
      throws BadSource, IOException, InterruptedException {
    Path work = Files.createTempDirectory("spikelet-learn");
    try {
      Map<String, byte[]> classes = compile(sources);
      demand(chapter, classes);
      write(classes, work);
      return run(chapter, work, classes);
    } finally {
      delete(work);
    }
  }

  /** Of a class that the learner's file does not have, ours would be checked, and pass. */
  private static void demand(Chapter chapter, Map<String, byte[]> classes) throws BadSource {
    if (!classes.containsKey("course." + chapter.className())) {
      throw new BadSource(
          chapter.fileName()
              + " has no class course."
              + chapter.className()
              + ". Its first line is to be 'package course;', and its class is named "
              + chapter.className()
              + ".");
    }
  }

  /** Compiles a learner's files. */
  static Map<String, byte[]> compile(List<SourceText> sources) throws BadSource {
    return SourceCompiler.compile(
        sources, Optional.ofNullable(ToolProvider.getSystemJavaCompiler()), classPath());
  }

  /** Returns where the checks and our classes are, and the library. */
  static String classPath() {
    return SourceCompiler.classPath(Checker.class, Tensor.class);
  }

  /** Writes classes into a folder, as a class path has them. */
  static void write(Map<String, byte[]> classes, Path folder) throws IOException {
    for (Map.Entry<String, byte[]> each : classes.entrySet()) {
      Path file = folder.resolve(each.getKey().replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, each.getValue());
    }
  }

  private Outcome run(Chapter chapter, Path work, Map<String, byte[]> classes)
      throws IOException, InterruptedException {
    Path file = work.resolve("result");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Dfile.encoding=UTF-8",
                "-cp",
                work + File.pathSeparator + classPath(),
                Checker.class.getName(),
                chapter.className(),
                chapter.checks(),
                file.toString(),
                String.valueOf(limit.toMillis()))
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    Printed printed = new Printed(process.getInputStream());
    try {
      printed.start();
      boolean ended = process.waitFor(LAST_RESORT * limit.toMillis(), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      printed.join();
      return new Outcome(
          ended && Files.exists(file) ? Result.read(file) : none(process), printed.text(), classes);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Result none(Process process) {
    String words =
        process.exitValue() == Limit.OUT_OF_MEMORY
            ? "The Java process of the check ran out of memory. Does a list or a recursion grow"
                + " without end?"
            : "The Java process of the check ended without a result (exit code "
                + process.exitValue()
                + "). Does your code end it, by Runtime.halt perhaps?";
    return new Result(false, "", Wrapped.text(words, 0) + "\n");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Reads all that a process prints, and keeps the beginning. */
  private static final class Printed extends Thread {
    private final InputStream in;
    private final StringBuilder text = new StringBuilder();

    Printed(InputStream in) {
      this.in = in;
      setDaemon(true);
    }

    @Override
    public void run() {
      byte[] part = new byte[8192];
      try {
        for (int n = in.read(part); n >= 0; n = in.read(part)) {
          if (text.length() < SHOWN) {
            text.append(new String(part, 0, n, StandardCharsets.UTF_8));
          }
        }
      } catch (IOException e) {
        text.append("(the rest could not be read)");
      }
    }

    /** To be asked for when the thread has ended. */
    String text() {
      return text.length() <= SHOWN ? text.toString() : text.substring(0, SHOWN) + " ...\n";
    }
  }
}
