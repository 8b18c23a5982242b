package org.spikelet.show;

import java.util.List;
import java.util.Optional;

/**
 * A line of the user's program.
 *
 * @param className the class, with its package
 * @param file the name of the source file
 * @param line the number of the line
 */
record UserLine(String className, String file, int line) {

  /** All that is below these is the library. */
  private static final List<String> LIBRARY =
      List.of(
          "java.",
          "jdk.",
          "sun.",
          "org.spikelet.autodiff.",
          "org.spikelet.nn.",
          "org.spikelet.optim.",
          "org.spikelet.show.",
          "org.spikelet.spikes.",
          "org.spikelet.testing.");

  private static final String JSHELL = "REPL.$JShell$";

  private static final StackWalker STACK = StackWalker.getInstance();

  /** Returns the first line outside of the library that leads here. */
  static Optional<UserLine> current() {
    return STACK.walk(
        frames ->
            frames
                .filter(frame -> LIBRARY.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst()
                .map(
                    frame ->
                        new UserLine(
                            frame.getClassName(),
                            frame.getFileName() == null ? "" : frame.getFileName(),
                            frame.getLineNumber())));
  }

  /** Returns where it is, as a person says it. */
  String words() {
    if (className.startsWith(JSHELL)) {
      String snippet = className.substring(JSHELL.length()).replaceAll("\\D.*", "");
      return "JShell, snippet " + snippet;
    }
    return (file.isEmpty() ? className : file) + (line > 0 ? ":" + line : "");
  }

  /** Returns the path of the source file below a root of sources. */
  String path() {
    int dot = className.lastIndexOf('.');
    return dot < 0 ? file : className.substring(0, dot + 1).replace('.', '/') + file;
  }
}
