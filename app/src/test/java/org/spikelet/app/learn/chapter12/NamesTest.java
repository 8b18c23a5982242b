package org.spikelet.app.learn.chapter12;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the text names in the library and in the course is there, by that name. */
class NamesTest {

  private static final List<String> PACKAGES =
      List.of(
          "org.spikelet.autodiff",
          "org.spikelet.autodiff.kernels",
          "org.spikelet.autodiff.check",
          "org.spikelet.autodiff.curvature",
          "org.spikelet.nn",
          "org.spikelet.optim",
          "course");
  private static final Path CORE = Path.of("..", "autodiff/src/main/java/org/spikelet/autodiff");

  private final String text = text();

  private static String text() {
    try (InputStream in = Checks12.class.getResourceAsStream("text.md")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the text of chapter 12", e);
    }
  }

  private Stream<MatchResult> spans(String pattern) {
    return Pattern.compile("`" + pattern + "`").matcher(text).results();
  }

  private static Stream<Class<?>> classes(String name) {
    return PACKAGES.stream().flatMap(each -> in(each, name).stream());
  }

  private static List<Class<?>> in(String packageName, String name) {
    try {
      ClassLoader loader = NamesTest.class.getClassLoader();
      return List.of(Class.forName(packageName + "." + name, false, loader));
    } catch (ClassNotFoundException e) {
      return List.of();
    }
  }

  private static boolean has(Class<?> type, String member) {
    return Stream.of(
            Arrays.stream(type.getDeclaredMethods()).map(Method::getName),
            Arrays.stream(type.getDeclaredFields()).map(Field::getName))
        .flatMap(names -> names)
        .anyMatch(member::equals);
  }

  @Test
  void classesExist() {
    List<String> names = spans("([A-Z]\\w+)").map(match -> match.group(1)).distinct().toList();

    assertThat(names).contains("Trace", "Factor", "Kernels", "Gradients");
    assertThat(names).allSatisfy(name -> assertThat(classes(name)).as(name).isNotEmpty());
  }

  @Test
  void membersExist() {
    List<MatchResult> members =
        spans("([A-Z]\\w+)\\.(\\w+)").filter(match -> !match.group(2).equals("java")).toList();

    assertThat(members).hasSizeGreaterThan(15);
    assertThat(members)
        .allSatisfy(
            match ->
                assertThat(classes(match.group(1)))
                    .as(match.group())
                    .anyMatch(type -> has(type, match.group(2))));
  }

  @Test
  void filesExist() {
    List<String> files =
        spans("((?:\\w+/)?)([A-Z]\\w+)\\.java")
            .map(match -> match.group(1) + match.group(2))
            .toList();

    assertThat(files).hasSizeGreaterThan(15);
    assertThat(files)
        .filteredOn(file -> !List.of("Pool", "Sgd", "Adam").contains(file))
        .allSatisfy(file -> assertThat(CORE.resolve(file + ".java")).exists());
    assertThat(List.of("Sgd", "Adam"))
        .allSatisfy(name -> assertThat(in("org.spikelet.optim", name)).isNotEmpty());
  }

  @Test
  void linesOfTheLibraryAreAsTheyAreThere() throws IOException {
    String[] blocks = text.split("```\\n", -1);
    String shown = blocks[blocks.length - 2];

    assertThat(shown).contains("enter(\"tanh\"");
    assertThat(Files.readString(CORE.resolve("Unary.java")).replaceAll("\\s", ""))
        .contains(shown.replaceAll("\\s", ""));
  }
}
