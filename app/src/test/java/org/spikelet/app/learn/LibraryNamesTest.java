package org.spikelet.app.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the texts say of the library's core is there, by that name. */
class LibraryNamesTest {

  private static final String HEADING = "## In the library\n";
  private static final Path CORE = Path.of("../autodiff/src/main/java/org/spikelet/autodiff");
  private static final Pattern FILE = Pattern.compile("(?:\\w+/)*[A-Z]\\w+\\.java");
  private static final Pattern TYPE = Pattern.compile("[A-Z]\\w+");
  private static final Pattern MEMBER = Pattern.compile("([A-Z]\\w+)\\.([a-z]\\w+)");
  private static final Pattern METHOD = Pattern.compile("[a-z]\\w+");

  /** By their paths from the folder of the core, and those of the course by their names. */
  private static final Map<String, String> SOURCES = new LinkedHashMap<>();

  @BeforeAll
  static void read() throws IOException {
    for (Path root : List.of(CORE, Path.of("src/main/java/course"))) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          String path = root.relativize(file).toString().replace('\\', '/');
          SOURCES.merge(path, Files.readString(file), String::concat);
        }
      }
    }
  }

  /** The first seven; the last one has a reading path of its own. */
  static List<Chapter> chapters() {
    return Chapter.ALL.subList(0, 7);
  }

  @ParameterizedTest
  @MethodSource("chapters")
  void whatATextNamesIsThere(Chapter chapter) {
    assertThat(chapter.text()).contains(HEADING);
    List<String> names = names(chapter.text());

    assertThat(names).hasSizeGreaterThan(1);
    assertThat(names).allSatisfy(name -> assertThat(isThere(name)).as(name).isTrue());
  }

  @Test
  void aNameThatIsNowhereIsFound() {
    assertThat(List.of("Nothing.java", "Nothing", "Tape.nothing", "nothing", "kernels/Tape.java"))
        .allSatisfy(name -> assertThat(isThere(name)).as(name).isFalse());
  }

  /** Names between backticks; longer pieces of code are left out. */
  private static List<String> names(String text) {
    return Pattern.compile("`([^`]+)`")
        .matcher(text.substring(text.indexOf(HEADING)))
        .results()
        .map(found -> found.group(1))
        .filter(name -> Stream.of(FILE, TYPE, MEMBER, METHOD).anyMatch(p -> matches(p, name)))
        .filter(name -> !name.equals("kernels"))
        .toList();
  }

  private static boolean isThere(String name) {
    if (matches(FILE, name)) {
      return SOURCES.containsKey(name);
    }
    Matcher member = MEMBER.matcher(name);
    if (member.matches()) {
      return sources(member.group(1)).anyMatch(source -> has(source, member.group(2)));
    }
    return matches(TYPE, name)
        ? SOURCES.values().stream().anyMatch(source -> source.matches(declared(name)))
        : SOURCES.values().stream().anyMatch(source -> has(source, name));
  }

  private static boolean matches(Pattern pattern, String name) {
    return pattern.matcher(name).matches();
  }

  private static Stream<String> sources(String type) {
    return SOURCES.entrySet().stream()
        .filter(each -> ("/" + each.getKey()).endsWith("/" + type + ".java"))
        .map(Map.Entry::getValue);
  }

  private static String declared(String type) {
    return "(?s).*\\b(class|interface|record|enum) " + type + "\\b.*";
  }

  private static boolean has(String source, String method) {
    return Pattern.compile("[\\w>\\]] " + method + "\\(").matcher(source).find();
  }
}
