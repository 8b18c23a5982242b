package org.spikelet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The catalog for JBang names artifacts, versions and classes that there are, in fields that JBang
 * knows. JBang itself is not run.
 */
class JbangCatalogTest {

  /** Those of JBang's class Alias. */
  private static final Set<String> FIELDS =
      Set.of(
          "script-ref",
          "main",
          "description",
          "arguments",
          "java",
          "java-options",
          "sources",
          "files",
          "dependencies",
          "repositories",
          "classpaths",
          "properties");

  private static final Pattern VERSION = Pattern.compile("<version>(.*?)</version>");
  private static final Pattern ARTIFACT =
      Pattern.compile("<artifactId>(spikelet-(?!parent).*?)</artifactId>");

  private static JsonNode aliases() throws IOException {
    return new ObjectMapper().readTree(Path.of("../jbang-catalog.json").toFile()).get("aliases");
  }

  @Test
  void everyProgramIsInIt() throws IOException {
    Map<String, String> titles =
        Example.ALL.stream()
            .collect(Collectors.toMap(each -> "spikelet-" + each.id(), Example::title));
    JsonNode aliases = aliases();

    assertThat(aliases.fieldNames())
        .toIterable()
        .hasSize(titles.size() + 1)
        .contains("spikelet")
        .containsAll(titles.keySet());
    titles.forEach(
        (name, title) ->
            assertThat(aliases.get(name).get("description").asText()).isEqualTo(title));
  }

  @Test
  void eachHasAnArtifactAVersionAndAClassThatThereAre() throws Exception {
    String version = first(VERSION, "app/pom.xml");
    Set<String> artifacts =
        Set.of(first(ARTIFACT, "app/pom.xml"), first(ARTIFACT, "examples/pom.xml"));
    for (JsonNode alias : aliases()) {
      assertThat(alias.fieldNames()).toIterable().isSubsetOf(FIELDS);
      List<String> coordinates = List.of(alias.get("script-ref").asText().split(":"));
      assertThat(coordinates).hasSize(3).startsWith("org.spikelet").endsWith(version);
      assertThat(artifacts).contains(coordinates.get(1));
      Class<?> main = Class.forName(alias.get("main").asText());
      assertThat(main.getMethod("main", String[].class)).isNotNull();
      boolean isExample = main.getPackageName().equals("org.spikelet.examples");
      assertThat(coordinates.get(1)).isEqualTo(isExample ? "spikelet-examples" : "spikelet-app");
    }
  }

  private static String first(Pattern pattern, String file) throws IOException {
    Matcher found = pattern.matcher(Files.readString(Path.of("..").resolve(file)));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }
}
