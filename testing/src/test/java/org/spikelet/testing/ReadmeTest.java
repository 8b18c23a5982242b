package org.spikelet.testing;

import static java.util.regex.Pattern.DOTALL;
import static java.util.regex.Pattern.MULTILINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The Java of the README compiles in a project of its own, and its test is found and runs. */
class ReadmeTest {

  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern TYPE = Pattern.compile("^(?:final )?class (\\w+)");

  /** What Surefire runs if nobody says otherwise. */
  private static final Pattern FOUND_BY_DEFAULT =
      Pattern.compile("Test\\w*|\\w*Test|\\w*Tests|\\w*TestCase");

  /** The README says which imports its programs need; they get no others. */
  private static final Pattern IMPORTS = Pattern.compile("```java\n((?:import [^\n]*\n)+)```");

  /** A program with imports of its own. */
  private static final Pattern PROGRAM =
      Pattern.compile("^import .*?^class (\\w+)", DOTALL | MULTILINE);

  /** What the fragments take as given. */
  private static final String AROUND =
      """
      final class Fragment%d {
        static Dataset data;
        static Module net;
        static Tensor x;
        static Tensor t;
        static Optimizer adam;
        static DataLoader loader;

        static Tensor cube(Tensor x) {
          return Cube.cube(x);
        }

        static void run() {
      %s
        }
      }
      """;

  @TempDir static Path project;

  private static final List<String> types = new ArrayList<>();
  private static int fragments;

  @BeforeAll
  static void compile() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    Path readme = Files.exists(root.resolve("README.md")) ? root : root.getParent();
    String source =
        Files.readString(readme.resolve("autodiff/src/main/java/org/spikelet/autodiff/Unary.java"));
    String text = Files.readString(readme.resolve("README.md"));
    Matcher found = IMPORTS.matcher(text);
    assertThat(found.find()).as("a block of imports").isTrue();
    String imports = found.group(1);
    Matcher blocks = BLOCK.matcher(text);
    List<Path> files = new ArrayList<>();
    while (blocks.find()) {
      String block = blocks.group(1);
      Matcher type = TYPE.matcher(block);
      Matcher program = PROGRAM.matcher(block);
      if (program.find()) {
        types.add(program.group(1));
        files.add(write(program.group(1), block));
      } else if (type.find()) {
        types.add(type.group(1));
        files.add(write(type.group(1), imports + block));
      } else if (block.startsWith("/**")) {
        assertThat(source).as("quoted from the source").containsIgnoringWhitespaces(block);
      } else if (!block.equals(imports)) {
        String name = "Fragment" + ++fragments;
        files.add(write(name, imports + AROUND.formatted(fragments, block)));
      }
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-classpath", System.getProperty("java.class.path"), "-d", project.toString());
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  manager,
                  null,
                  options,
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
  }

  private static Path write(String name, String source) throws IOException {
    return Files.writeString(project.resolve(name + ".java"), source);
  }

  @Test
  void everySnippetIsThere() {
    assertThat(types).containsExactly("FirstNet", "Cube", "CubeTest");
    assertThat(fragments).isEqualTo(5);
  }

  @Test
  void theProgramLearnsFromArraysAndFromAFile() throws Exception {
    assertThat(firstNet()).isGreaterThan(95);
    StringBuilder rows = new StringBuilder("a,b,class\n");
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 300; i++) {
      double a = random.nextDouble(-1, 1);
      double b = random.nextDouble(-1, 1);
      rows.append(a).append(',').append(b).append(',').append(a > 0 ? 2 : b > 0 ? 1 : 0);
      rows.append('\n');
    }
    assertThat(firstNet(Files.writeString(project.resolve("data.csv"), rows).toString()))
        .isGreaterThan(90);
  }

  /** Runs the program; returns the percentage that it prints. */
  private static double firstNet(String... args) throws Exception {
    ClassLoader parent = ReadmeTest.class.getClassLoader();
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {project.toUri().toURL()}, parent)) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      Method main = loader.loadClass("FirstNet").getDeclaredMethod("main", String[].class);
      main.setAccessible(true);
      main.invoke(null, (Object) args);
    } finally {
      System.setOut(before);
    }
    String text = printed.toString(StandardCharsets.UTF_8);
    Matcher percent = Pattern.compile("right on held-out rows: (\\S+) %").matcher(text);
    assertThat(percent.find()).as(text).isTrue();
    return Double.parseDouble(percent.group(1));
  }

  @Test
  void thePropertyTestIsFoundByDefaultAndRuns() throws IOException, ClassNotFoundException {
    LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {project.toUri().toURL()}, before)) {
      Thread.currentThread().setContextClassLoader(loader);
      for (String type : types) {
        if (FOUND_BY_DEFAULT.matcher(type).matches()) {
          request.selectors(selectClass(loader.loadClass(type)));
        }
      }
      TestExecutionSummary summary = run(request.build());
      assertThat(summary.getFailures()).isEmpty();
      assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static TestExecutionSummary run(LauncherDiscoveryRequest request) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    return listener.getSummary();
  }
}
