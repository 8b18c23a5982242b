package org.spikelet.show;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the text of a line where it was started: below the current folder, or on the class path.
 */
final class Sources {

  private static final List<Path> ROOTS =
      List.of(Path.of(""), Path.of("src/main/java"), Path.of("src/test/java"), Path.of("src"));

  /** Before and after the line. */
  private static final int AROUND = 2;

  /**
   * A line and its neighbours.
   *
   * @param first the number of the first of the lines
   * @param lines as they are in the file now
   */
  record Excerpt(int first, List<String> lines) {}

  private final Map<String, List<String>> files = new HashMap<>();

  Optional<Excerpt> around(UserLine at) {
    List<String> lines = files.computeIfAbsent(at.path(), Sources::read);
    if (at.line() < 1 || at.line() > lines.size()) {
      return Optional.empty();
    }
    int first = Math.max(1, at.line() - AROUND);
    int last = Math.min(lines.size(), at.line() + AROUND);
    return Optional.of(new Excerpt(first, lines.subList(first - 1, last)));
  }

  /** Returns the lines of a file, none if it is not found or cannot be read. */
  private static List<String> read(String path) {
    try {
      for (Path root : ROOTS) {
        Path file = root.resolve(path);
        if (path.endsWith(".java") && Files.isRegularFile(file)) {
          return Files.readString(file).lines().toList();
        }
      }
      try (InputStream in = ClassLoader.getSystemResourceAsStream(path)) {
        return in == null || !path.endsWith(".java")
            ? List.of()
            : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      }
    } catch (IOException | InvalidPathException e) {
      // A picture without this text is still a picture.
      return List.of();
    }
  }
}
