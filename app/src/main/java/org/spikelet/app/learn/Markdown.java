package org.spikelet.app.learn;

import static java.lang.Character.UnicodeScript.LATIN;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spikelet.app.command.Wrapped;

/**
 * Markdown for the terminal: what the texts of the course use of it. Code and tables stay as they
 * are, paragraphs and items of lists are wrapped.
 */
final class Markdown {

  private static final Pattern HEADING = Pattern.compile("(#+) (.*)");
  private static final Pattern ITEM = Pattern.compile("( *)([-*]|\\d+\\.) (.*)");
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)]\\(([^)]*)\\)");
  private static final Pattern STRONG = Pattern.compile("\\*\\*([^*]+)\\*\\*|\\*([^* ][^*]*)\\*");
  private static final String CODE_INDENT = "    ";

  private final StringBuilder out = new StringBuilder();
  private final List<String> paragraph = new ArrayList<>();
  private String first = "";

  private Markdown() {}

  /** Returns a text as lines of at most 80 columns. */
  static String terminal(String text) {
    Markdown made = new Markdown();
    boolean code = false;
    for (String line : text.lines().toList()) {
      if (line.startsWith("```")) {
        made.endParagraph();
        code = !code;
      } else if (code) {
        made.out.append((CODE_INDENT + line).stripTrailing()).append('\n');
      } else {
        made.prose(line);
      }
    }
    made.endParagraph();
    return made.out.toString();
  }

  private void prose(String line) {
    Matcher heading = HEADING.matcher(line);
    Matcher item = ITEM.matcher(line);
    if (line.isBlank()) {
      endParagraph();
      out.append('\n');
    } else if (heading.matches()) {
      endParagraph();
      heading(heading.group(1).length(), heading.group(2));
    } else if (line.startsWith("|")) {
      endParagraph();
      out.append(line).append('\n');
    } else if (item.matches()) {
      endParagraph();
      first = item.group(1) + "  " + item.group(2) + " ";
      paragraph.add(item.group(3));
    } else {
      paragraph.add(line.strip());
    }
  }

  private void heading(int level, String words) {
    String plain = plain(words);
    if (level == 1) {
      out.append(upperCase(plain)).append('\n');
    } else {
      out.append(plain).append('\n').append("-".repeat(plain.length())).append('\n');
    }
  }

  /** Of Latin letters alone: the capital of η looks like an H, which is another thing. */
  private static String upperCase(String words) {
    return words
        .codePoints()
        .map(c -> Character.UnicodeScript.of(c) == LATIN ? Character.toUpperCase(c) : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private void endParagraph() {
    if (!paragraph.isEmpty()) {
      out.append(Wrapped.text(first, plain(String.join(" ", paragraph)), first.length()))
          .append('\n');
      paragraph.clear();
    }
    first = "";
  }

  /** Leaves out marks that only a page can show; what is between backticks is left alone. */
  private static String plain(String words) {
    String[] parts = words.split("`", -1);
    for (int i = 0; i < parts.length; i += 2) {
      String linked = LINK.matcher(parts[i]).replaceAll("$1 ($2)");
      parts[i] =
          STRONG
              .matcher(linked)
              .replaceAll(
                  found ->
                      Matcher.quoteReplacement(
                          found.group(1) == null ? found.group(2) : found.group(1)));
    }
    return String.join("`", parts);
  }
}
