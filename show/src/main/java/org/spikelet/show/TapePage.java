package org.spikelet.show;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tape as one HTML page. The template, its style and its scripts are resources; the data go in as
 * JSON.
 */
final class TapePage {

  private static final List<String> SCRIPTS =
      List.of("numbers.js", "graph.js", "details.js", "walk.js");

  /** Where a part goes in the template; a comment to HTML or CSS. */
  private static final Pattern PLACE =
      Pattern.compile("(?:<!--|/\\*)?\\{\\{(\\w+)\\}\\}(?:-->|\\*/)?");

  private final Recording recording;
  private final Sources sources = new Sources();

  /** The lines of the program, each once. */
  private final Map<UserLine, Integer> lines = new LinkedHashMap<>();

  private TapePage(Recording recording) {
    this.recording = recording;
  }

  static String of(String title, Recording recording) {
    StringBuilder scripts = new StringBuilder();
    SCRIPTS.forEach(script -> scripts.append(resource(script)).append('\n'));
    String dagre = resource("dagre/dagre.min.js").replaceAll("(?m)^//# sourceMappingURL=.*$", "");
    Map<String, String> parts =
        Map.of(
            "mark", TapeView.MARK,
            "style", resource("tape.css"),
            "dagre", "/*\n" + resource("dagre/LICENSE") + "*/\n" + dagre,
            "scripts", scripts.toString(),
            "title", title.replace("&", "&amp;").replace("<", "&lt;"),
            "data", Json.of(new TapePage(recording).data()));
    // In one pass: what a part holds is no place for another.
    return PLACE
        .matcher(resource("tape.html"))
        .replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
  }

  private static String resource(String name) {
    try (InputStream in = TapePage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource show/" + name + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Object> data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("nodes", recording.nodes().stream().map(this::node).toList());
    data.put("events", recording.events().stream().map(TapePage::event).toList());
    data.put("lines", lines.keySet().stream().map(this::line).toList());
    data.put("rules", rules());
    data.put("walks", recording.walks());
    data.put("leftOut", recording.leftOut());
    return data;
  }

  private Map<String, Object> node(Node node) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", node.kind().name().toLowerCase(Locale.ROOT));
    json.put("label", node.label());
    json.put("name", node.name());
    json.put("layer", node.layer());
    json.put(
        "operands",
        node.operands().stream().map(operand -> List.of(operand.place(), operand.text())).toList());
    json.put("values", values(node.values()));
    json.put("walk", node.walk());
    json.put("of", node.derivativeOf());
    node.line().ifPresent(at -> json.put("line", lines.computeIfAbsent(at, next -> lines.size())));
    node.units()
        .ifPresent(units -> json.put("units", List.of(units.rows(), units.all(), units.dead())));
    return json;
  }

  private static Map<String, Object> event(Event event) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (event instanceof Event.Computed computed) {
      json.put("type", "computed");
      json.put("node", computed.node());
    } else if (event instanceof Event.WalkStarted start) {
      json.put("type", "start");
      json.put("walk", start.walk());
      json.put("node", start.node());
      json.put("derivative", values(start.upstream()));
    } else if (event instanceof Event.Added added) {
      json.put("type", "added");
      json.put("walk", added.walk());
      json.put("node", added.node());
      json.put("input", added.input());
      json.put("to", added.to());
      json.put("gradient", values(added.gradient()));
      json.put("derivative", values(added.derivative()));
      json.put("count", added.count());
      added.sum().ifPresent(sum -> json.put("sum", values(sum)));
      json.put("ran", added.ran());
    }
    return json;
  }

  private static Map<String, Object> values(Values values) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("shape", values.shape().toString());
    json.put("rank", values.shape().rank());
    json.put("columns", values.shape().rank() == 0 ? 1 : values.shape().dimension(-1));
    json.put("size", values.shape().size());
    json.put("least", values.least());
    json.put("greatest", values.greatest());
    json.put("notFinite", values.notFinite());
    json.put("zeros", values.zeros());
    json.put("first", values.first());
    if (!values.histogram().isEmpty()) {
      json.put("histogram", values.histogram());
    }
    return json;
  }

  private Map<String, Object> line(UserLine at) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("words", at.words());
    json.put("line", at.line());
    Optional<Sources.Excerpt> excerpt = sources.around(at);
    json.put("first", excerpt.map(Sources.Excerpt::first).orElse(0));
    json.put("text", excerpt.map(Sources.Excerpt::lines).orElse(List.of()));
    return json;
  }

  /** Returns the words on each operation that occurs. */
  private Map<String, String> rules() {
    Map<String, String> rules = new TreeMap<>();
    for (Node node : recording.nodes()) {
      Rules.of(node.name()).ifPresent(words -> rules.put(node.name(), words));
    }
    return rules;
  }
}
