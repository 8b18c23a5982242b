package org.spikelet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents hang together: contents, links, and code that compiles. */
class BookTest {

  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)\\s#]*)(#[^)\\s]*)?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");
  private static final Pattern JAVA = Pattern.compile("(?ms)^```java\n(.*?)^```");
  private static final Pattern TYPE = Pattern.compile("(?m)^(?:public )?(?:final )?class (\\w+)");

  /** Pages whose code has a test of its own. */
  private static final List<String> TESTED_ELSEWHERE =
      List.of("autodiff.md", "from-pytorch.md", "using.md", "tape-viewer.md");

  /** What fragments take as given. */
  private static final String AROUND =
      """
      import java.nio.file.*;
      import java.util.*;
      import org.spikelet.autodiff.*;
      import org.spikelet.autodiff.check.*;
      import org.spikelet.autodiff.curvature.*;
      import org.spikelet.nn.*;
      import org.spikelet.nn.Module;
      import org.spikelet.nn.weights.*;
      import org.spikelet.optim.*;

      final class %s {
        static void run(Module net, Adam adam, DataLoader loader) throws Exception {
      %s
        }
      }
      """;

  private static final Path HOME = home();

  private static Path home() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("docs")) ? here : here.getParent();
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages =
        new ArrayList<>(
            List.of(
                HOME.resolve("README.md"),
                HOME.resolve("CONTRIBUTING.md"),
                HOME.resolve("CHANGELOG.md")));
    pages.addAll(book());
    return pages;
  }

  private static List<Path> book() throws IOException {
    try (Stream<Path> files = Files.list(HOME.resolve("docs"))) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static String text(Path page) throws IOException {
    return FENCED.matcher(Files.readString(page)).replaceAll("");
  }

  @Test
  void theContentsNameEveryPage() throws IOException {
    List<String> named = new ArrayList<>();
    for (MatchResult link : LINK.matcher(text(HOME.resolve("docs/README.md"))).results().toList()) {
      named.add(link.group(1));
    }
    assertThat(named)
        .containsAll(
            book().stream()
                .map(page -> page.getFileName().toString())
                .filter(name -> !name.equals("README.md"))
                .toList());
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : pages()) {
      for (MatchResult link : LINK.matcher(text(page)).results().toList()) {
        links++;
        Path target =
            link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
        String anchor = link.group(2) == null ? "" : link.group(2).substring(1);
        boolean there =
            Files.exists(target) && (anchor.isEmpty() || anchors(target).contains(anchor));
        if (!there) {
          broken.add(HOME.relativize(page) + ": " + link.group());
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(40);
  }

  /**
   * As GitHub makes them of headings: small letters, no signs, hyphens; a number if it is there.
   */
  private static List<String> anchors(Path page) throws IOException {
    Map<String, Integer> seen = new HashMap<>();
    List<String> anchors = new ArrayList<>();
    for (MatchResult heading : HEADING.matcher(text(page)).results().toList()) {
      String words = heading.group(1).replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1");
      String anchor =
          words
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .strip()
              .replace(' ', '-');
      int before = seen.merge(anchor, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? anchor : anchor + "-" + before);
    }
    return anchors;
  }

  /** A block of the app's API has a file of its own, which the app's tests compile and run. */
  @Test
  void theCodeCompiles(@TempDir Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path page : book()) {
      if (TESTED_ELSEWHERE.contains(page.getFileName().toString())) {
        continue;
      }
      for (MatchResult block : JAVA.matcher(Files.readString(page)).results().toList()) {
        String code = block.group(1);
        if (!code.contains("org.spikelet.app.") && !isFile(code)) {
          files.add(write(folder, code, files.size()));
        }
      }
    }
    assertThat(files).isNotEmpty();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-classpath", System.getProperty("java.class.path"), "-d", folder.toString());
      assertThat(
              compiler
                  .getTask(
                      messages,
                      manager,
                      null,
                      options,
                      null,
                      manager.getJavaFileObjectsFromPaths(files))
                  .call())
          .as(messages.toString())
          .isTrue();
    }
  }

  private static boolean isFile(String code) throws IOException {
    var type = TYPE.matcher(code);
    Path file = type.find() ? HOME.resolve("docs/" + type.group(1) + ".java") : HOME;
    return Files.isRegularFile(file) && Files.readString(file).contains(code.strip());
  }

  private static Path write(Path folder, String code, int number) throws IOException {
    var type = TYPE.matcher(code);
    boolean whole = code.startsWith("import ") && type.find();
    String name = whole ? type.group(1) : "Fragment" + number;
    Path own = Files.createDirectories(folder.resolve("" + number));
    return Files.writeString(
        own.resolve(name + ".java"), whole ? code : AROUND.formatted(name, code));
  }
}
