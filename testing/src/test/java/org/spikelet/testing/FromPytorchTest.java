package org.spikelet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/from-pytorch.md says of Spikelet compiles. */
class FromPytorchTest {

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** The page says which imports its code needs; it gets no others. */
  private static final Pattern IMPORTS = Pattern.compile("```java\n((?:import [^\n]*\n)+)```");

  /** A setting of the command line is no Java. */
  private static final Pattern OPTION = Pattern.compile("-D.*");

  /** A few of them have no counterpart in code. */
  private static final int AT_LEAST = 80;

  private static final String AROUND =
      """
      import java.util.List;
      %s
      final class Column {
        static Object taken;

        static void all(SplittableRandom random, Tape tape, Module net, Optimizer optimizer,
            OptimizerState state, Gradients gradients, Trainer trainer, Dataset data, DataLoader loader,
            List<Parameter> params, Tensor x, Tensor y, Tensor w, Tensor c, Tensor t, Tensor p,
            Tensor h, Tensor u, Tensor loss,
            java.nio.file.Path file) throws java.io.IOException {
      %s
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void theMiddleColumnCompiles() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    Path file = Path.of("docs", "from-pytorch.md");
    Path home = Files.exists(root.resolve(file)) ? root : root.getParent();
    String page = Files.readString(home.resolve(file));
    Matcher imports = IMPORTS.matcher(page);
    assertThat(imports.find()).as("a block of imports").isTrue();
    List<String> code = new ArrayList<>();
    for (String line : page.lines().toList()) {
      String[] cells = line.split(" \\| ", -1);
      if (cells.length == 3 && line.startsWith("| ")) {
        Matcher found = CODE.matcher(cells[1]);
        while (found.find()) {
          code.add(found.group(1));
        }
      }
    }
    code.removeIf(OPTION.asMatchPredicate());
    assertThat(code).hasSizeGreaterThan(AT_LEAST);

    assertThat(errors(imports.group(1), code)).isEmpty();
  }

  /** An expression is assigned, unless it has no value. */
  private String errors(String imports, List<String> code) throws IOException {
    StringBuilder statements = new StringBuilder();
    for (String each : code) {
      boolean statement =
          each.endsWith("}")
              || each.matches(".*\\.(step|train|eval|println|restore|save|load)\\(.*");
      statements.append(statement ? each + ";" : "taken = " + each + ";").append('\n');
    }
    Path source =
        Files.writeString(folder.resolve("Column.java"), AROUND.formatted(imports, statements));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-classpath", System.getProperty("java.class.path"), "-d", folder.toString());
      compiler
          .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
          .call();
    }
    return messages.toString();
  }
}
