package org.spikelet.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words on each operation are those of its Javadoc, as the sources have it now. */
class RulesTest {

  private static final Path CORE = Path.of("../autodiff/src/main/java/org/spikelet/autodiff");
  private static final Path KEPT = Path.of("src/main/resources/org/spikelet/show/rules.properties");

  private static final Pattern ENTERED = Pattern.compile("\\benter\\(\\s*\"(\\w+)\"");
  private static final Pattern RULE = Pattern.compile("\\bd\\w+ = ");

  /** A comment, and the name of the method that it stands before. */
  private static final Pattern METHOD =
      Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*[\\w ]*\\bTensor (\\w+)\\(", Pattern.DOTALL);

  @Test
  void theyAreThoseOfTheJavadoc() throws IOException {
    String sources = sources();
    Map<String, String> rules = new TreeMap<>();
    ENTERED
        .matcher(sources.replaceAll("(?m)^ *\\*.*$", ""))
        .results()
        .map(found -> found.group(1))
        .forEach(name -> rules.put(name, words(name, sources)));
    assertThat(rules).hasSizeGreaterThan(35);
    String text =
        rules.entrySet().stream()
            .map(rule -> rule.getKey() + " = " + rule.getValue() + "\n")
            .collect(
                Collectors.joining(
                    "", "# The Javadoc of the operations in autodiff; RulesTest compares.\n", ""));
    Path expected = Files.writeString(Path.of("target/rules.properties"), text);

    assertThat(Files.readString(KEPT))
        .as("the Javadoc of an operation has changed: copy show/%s to show/%s", expected, KEPT)
        .isEqualTo(text);
  }

  /** The families of operations come first: a public method before a helper of the same name. */
  private static String sources() throws IOException {
    StringBuilder families = new StringBuilder();
    StringBuilder others = new StringBuilder();
    try (Stream<Path> files = Files.list(CORE)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
        String source = Files.readString(file);
        (source.contains("permits Tensor {") ? families : others).append(source);
      }
    }
    return families.append(others).toString();
  }

  @Test
  void eachHasWordsAndAnUnknownOperationHasNone() {
    assertThat(Rules.of("tanh")).contains("Hyperbolic tangent, y = tanh x; dx = g · (1 − y²).");
    assertThat(Rules.of("matmul")).contains("Matrix product, y = a · b; da = g · bᵀ, db = aᵀ · g.");
    assertThat(Rules.of("cube")).isEmpty();
  }

  /** Of the method with the operation's name, or its variant that states the rule. */
  private static String words(String name, String source) {
    Optional<String> any = Optional.empty();
    for (String method : new String[] {name, name + "KeepDims"}) {
      Optional<String> words =
          METHOD
              .matcher(source)
              .results()
              .filter(found -> found.group(2).equals(method))
              .map(RulesTest::firstParagraph)
              .findFirst();
      if (words.isPresent() && RULE.matcher(words.get()).find()) {
        return words.get();
      }
      any = any.or(() -> words);
    }
    return any.orElseThrow(() -> new AssertionError("no method with Javadoc enters " + name));
  }

  private static String firstParagraph(MatchResult method) {
    String text = method.group(1).replaceAll("(?m)^ *\\* ?", "").strip();
    Matcher end = Pattern.compile("\n\n|\n@|<p>").matcher(text);
    return (end.find() ? text.substring(0, end.start()) : text)
        .replaceAll("\\{@\\w+\\s+#?([^}]*)}", "$1")
        .replace("&gt;", ">")
        .replace("&lt;", "<")
        .replace("&amp;", "&")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
