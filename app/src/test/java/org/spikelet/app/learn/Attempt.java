package org.spikelet.app.learn;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.spikelet.app.learn.check.Checker;
import org.spikelet.app.learn.check.Result;
import org.spikelet.app.source.BadSource;
import org.spikelet.app.source.SourceText;

/**
 * An attempt at a chapter, from the test resources: a wrong one, {@code chapterNN/*.attempt}, or a
 * right one that is not ours, {@code chapterNN/*.right}, without a hint.
 *
 * <pre>
 *   // hint: used-twice
 *   // gap: walk
 *   the lines that the learner wrote into this gap; the other gaps have our solution
 * </pre>
 *
 * @param hint the name of the mistake that must be recognized
 * @param written what the learner wrote, by the names of the gaps
 */
record Attempt(Chapter chapter, String name, String hint, Map<String, String> written) {

  private static final String HINT = "// hint:";
  private static final String GAP = "// gap: ";

  /** Returns all wrong attempts at a chapter, by their names. */
  static List<Attempt> of(Chapter chapter) {
    return of(chapter, ".attempt");
  }

  /** Returns all right ones. */
  static List<Attempt> right(Chapter chapter) {
    return of(chapter, ".right");
  }

  private static List<Attempt> of(Chapter chapter, String ending) {
    URL folder = Attempt.class.getResource(chapter.folder());
    if (folder == null) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      List<Attempt> attempts = new ArrayList<>();
      for (Path file : files.filter(each -> each.toString().endsWith(ending)).sorted().toList()) {
        attempts.add(read(chapter, file));
      }
      return attempts;
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("the attempts at chapter " + chapter.number(), e);
    }
  }

  private static Attempt read(Chapter chapter, Path file) throws IOException {
    String[] parts = Files.readString(file).split(GAP, -1);
    String name = file.getFileName().toString();
    if (!parts[0].startsWith(HINT) || parts.length == 1) {
      throw new IllegalStateException(name + " must begin with '" + HINT + "' and '" + GAP + "'");
    }
    Map<String, String> written = new LinkedHashMap<>();
    for (String part : List.of(parts).subList(1, parts.length)) {
      String[] lines = part.split("\n", 2);
      written.put(lines[0].strip(), lines[1]);
    }
    return new Attempt(chapter, name, parts[0].substring(HINT.length()).strip(), written);
  }

  /** Returns the learner's file. */
  SourceText file() {
    return file(chapter, chapter.exercise().with(written));
  }

  private static SourceText file(Chapter chapter, String text) {
    return new SourceText(Path.of(chapter.fileName()), text);
  }

  /** Checks it in this process, which does no harm to it. */
  Result check() throws BadSource, IOException {
    return check(chapter, file().text());
  }

  /** Checks a text in this process. */
  static Result check(Chapter chapter, String text) throws BadSource, IOException {
    Path result = Files.createTempFile("spikelet-attempt", ".txt");
    try {
      return inFront(
          Judge.compile(List.of(file(chapter, text))),
          loader -> {
            loader
                .loadClass(Checker.class.getName())
                .getMethod("check", String.class, String.class, Path.class)
                .invoke(null, chapter.className(), chapter.checks(), result);
            return Result.read(result);
          });
    } finally {
      Files.delete(result);
    }
  }

  /** What to do with classes. */
  interface Use<T> {
    T with(ClassLoader loader) throws IOException, ReflectiveOperationException;
  }

  /** Uses classes that stand in front of ours, as in the process that a learner's file gets. */
  static <T> T inFront(Map<String, byte[]> classes, Use<T> use) throws IOException {
    Path work = Files.createTempDirectory("spikelet-attempt");
    Judge.write(classes, work);
    String classPath = work + File.pathSeparator + Judge.classPath();
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader loader = new URLClassLoader(urls(classPath), platform)) {
      return use.with(loader);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the classes " + classes.keySet() + " could not be used", e);
    } finally {
      try (Stream<Path> files = Files.walk(work)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }

  private static URL[] urls(String classPath) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String each : classPath.split(File.pathSeparator, -1)) {
      urls.add(Path.of(each).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  @Override
  public String toString() {
    return chapter.number() + " " + name + " " + written.keySet().stream().collect(joining(", "));
  }
}
