package org.spikelet.app.learn.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A chapter's Java file: our solution, in which marks say what is the learner's to write.
 *
 * <pre>
 *   // Gap NAME: what to do,
 *   // in one or more lines.
 *   the solution, which is the rest of its method
 *   // End of gap.
 * </pre>
 */
public final class Exercise {

  private static final Pattern BEGIN = Pattern.compile("\\s*// Gap (\\w+): (.*)");
  private static final String END = "// End of gap.";

  /** How the message of the exception begins that stands in a gap; then comes the gap's name. */
  static final String NOT_WRITTEN = "Not written yet: gap ";

  /** One gap: what to do, and how we did it. */
  private record Gap(String name, String indent, List<String> todo, List<String> solution) {

    String words() {
      return String.join(" ", todo);
    }

    List<String> solved() {
      return solution;
    }

    /** In the shipped file. */
    List<String> shipped() {
      List<String> lines = new ArrayList<>(comment());
      lines.add(
          indent + "throw new UnsupportedOperationException(\"" + NOT_WRITTEN + name + "\");");
      return lines;
    }

    private List<String> comment() {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < todo.size(); i++) {
        lines.add(indent + "// " + (i == 0 ? "Gap " + name + ": " : "") + todo.get(i));
      }
      return lines;
    }
  }

  private final List<Object> parts; // lines and gaps, in their order
  private final Map<String, Gap> gaps;

  private Exercise(List<Object> parts, Map<String, Gap> gaps) {
    this.parts = parts;
    this.gaps = gaps;
  }

  /** Reads the exercise of a class of the course. */
  public static Exercise of(String className) {
    try (InputStream in = Exercise.class.getResourceAsStream("/course/" + className + ".java")) {
      if (in == null) {
        throw new IllegalStateException("the course has no " + className + ".java");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the marks of a source. */
  static Exercise parse(String source) {
    List<Object> parts = new ArrayList<>();
    Map<String, Gap> gaps = new LinkedHashMap<>();
    List<String> lines = source.lines().toList();
    int at = 0;
    while (at < lines.size()) {
      Matcher begin = BEGIN.matcher(lines.get(at));
      if (!begin.matches()) {
        parts.add(lines.get(at));
        at++;
        continue;
      }
      List<String> todo = new ArrayList<>(List.of(begin.group(2)));
      at++;
      while (lines.get(at).strip().startsWith("// ")) {
        todo.add(lines.get(at).strip().substring(3));
        at++;
      }
      List<String> solution = new ArrayList<>();
      while (!lines.get(at).strip().equals(END)) {
        solution.add(lines.get(at));
        at++;
      }
      at++;
      String indent = lines.get(at - 1).substring(0, lines.get(at - 1).indexOf('/'));
      Gap gap = new Gap(begin.group(1), indent, todo, solution);
      parts.add(gap);
      gaps.put(gap.name, gap);
    }
    return new Exercise(parts, gaps);
  }

  /** Returns the names of the gaps, in their order. */
  public List<String> gaps() {
    return List.copyOf(gaps.keySet());
  }

  /** Returns what is to be done in a gap, in a sentence or two. */
  public String todo(String gap) {
    return gaps.get(gap).words();
  }

  /** Returns our lines for a gap, without the blanks that all begin with. */
  public List<String> solution(String gap) {
    Gap wanted = gaps.get(gap);
    return wanted.solution.stream()
        .map(line -> line.startsWith(wanted.indent) ? line.substring(wanted.indent.length()) : line)
        .toList();
  }

  /** Returns the file as a learner gets it: with gaps, and compiling. */
  public String shipped() {
    return text(Gap::shipped);
  }

  /** Returns the file with our solution, without marks. */
  public String solved() {
    return text(Gap::solved);
  }

  /** Returns the file with one gap as shipped, and our solution in the others. */
  public String without(String gap) {
    return text(each -> each.name.equals(gap) ? each.shipped() : each.solved());
  }

  /** Returns the file with other lines in some gaps, and ours in the others. */
  public String with(Map<String, String> written) {
    if (!gaps.keySet().containsAll(written.keySet())) {
      throw new IllegalArgumentException(
          "there are the gaps " + gaps.keySet() + ", not " + written.keySet());
    }
    return text(
        gap -> written.containsKey(gap.name) ? List.of(written.get(gap.name)) : gap.solved());
  }

  private String text(Function<Gap, List<String>> written) {
    return parts.stream()
        .map(
            part -> part instanceof Gap gap ? String.join("\n", written.apply(gap)) : (String) part)
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
