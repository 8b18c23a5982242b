package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The core can be read: few types need one another, and no file is long. What packages may use is
 * for the test of that name in module app, which sees them all.
 */
class CoreArchitectureTest {

  private static final Path CORE = Path.of("src/main/java/org/spikelet/autodiff");
  private static final int LONGEST = 250;

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);

  @Test
  void onlyTheTypesNamedInPackageInfoAreInACircle() throws IOException {
    String circle =
        Arrays.stream(Files.readString(CORE.resolve("package-info.java")).split("<p>"))
            .filter(paragraph -> paragraph.contains("need one another"))
            .collect(Collectors.joining());
    for (String type : typesInACircle()) {
      assertThat(circle)
          .as(
              "%s has become part of the circle of types that need one another. Cut it out, or, if"
                  + " there is no way, name it in package-info and say why",
              type)
          .containsPattern("\\b" + type + "\\b");
    }
  }

  /** All but the families of operations, which package-info names together. */
  private static Set<String> typesInACircle() {
    Map<String, Set<String>> uses = uses();
    Set<String> circle = new TreeSet<>(uses.keySet());
    circle.removeIf(type -> !reachable(uses.get(type), uses).contains(type));
    for (Class<?> family : Tensor.class.getInterfaces()) {
      circle.remove(family.getSimpleName());
    }
    return circle;
  }

  /** Which types of the core each of them uses, nested ones counted as their outer ones. */
  private static Map<String, Set<String>> uses() {
    Map<String, Set<String>> uses = new TreeMap<>();
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    new ClassFileImporter()
        .importPath(Path.of("target/classes"))
        .forEach(
            from ->
                from.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass())
                    .filter(to -> isInCore(from) && isInCore(to))
                    .filter(to -> !outermost(from).equals(outermost(to)))
                    .forEach(
                        to ->
                            uses.computeIfAbsent(outermost(from), any -> new TreeSet<>())
                                .add(outermost(to))));
    return uses;
  }

  private static boolean isInCore(JavaClass type) {
    return type.getPackageName().equals("org.spikelet.autodiff");
  }

  private static String outermost(JavaClass type) {
    return type.getEnclosingClass()
        .map(CoreArchitectureTest::outermost)
        .orElse(type.getSimpleName());
  }

  private static Set<String> reachable(Set<String> start, Map<String, Set<String>> uses) {
    Set<String> reached = new TreeSet<>(start);
    Deque<String> open = new ArrayDeque<>(start);
    while (!open.isEmpty()) {
      for (String next : uses.getOrDefault(open.pop(), Set.of())) {
        if (reached.add(next)) {
          open.push(next);
        }
      }
    }
    return reached;
  }

  @Test
  void noFileIsLong() throws IOException {
    try (Stream<Path> files = Files.list(CORE)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        assertThat(linesOfCode(Files.readString(file)))
            .as("%s: lines without comments, blank ones and imports; one idea per file", file)
            .hasSizeLessThanOrEqualTo(LONGEST);
      }
    }
  }

  private static List<String> linesOfCode(String text) {
    return COMMENT
        .matcher(text)
        .replaceAll("")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("import "))
        .toList();
  }
}
