package org.spikelet.app;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The words for wrong usage: what is wrong, and what was probably meant. */
final class Refusal {

  private Refusal() {}

  /** Returns them, in a line or two. */
  static String words(ParameterException e) {
    return e instanceof UnmatchedArgumentException unmatched ? unknown(unmatched) : e.getMessage();
  }

  private static String unknown(UnmatchedArgumentException e) {
    CommandLine command = e.getCommandLine();
    List<String> options = e.getUnmatched().stream().filter(each -> each.startsWith("-")).toList();
    String first = e.getUnmatched().get(0);
    if (first.startsWith("-")) {
      Set<String> known = command.getCommandSpec().optionsMap().keySet();
      String words = options.stream().map(each -> meant(each, known)).collect(joining(", "));
      return (options.size() == 1 ? "Unknown option: " : "Unknown options: ") + words;
    }
    Set<String> commands = command.getSubcommands().keySet();
    return commands.isEmpty()
        ? "Unexpected argument: '" + first + "'"
        : "There is no command " + meant(first, commands) + "\nCommands: " + join(commands);
  }

  private static String join(Set<String> commands) {
    return String.join(", ", commands);
  }

  /** Returns a word in quotes, and the known one that is most like it, if one is. */
  private static String meant(String given, Set<String> known) {
    String word = given.replaceFirst("=.*", "");
    Optional<String> nearest =
        known.stream()
            .min(Comparator.comparingInt(each -> edits(word, each)))
            .filter(each -> 3 * edits(word, each) <= word.length() + 1);
    return "'" + word + "'" + nearest.map(each -> " (did you mean " + each + "?)").orElse("");
  }

  /**
   * Returns how many letters have to be added, left out or changed to come from a to b.
   *
   * <p>Source: Wagner and Fischer 1974, "The String-to-String Correction Problem".
   */
  static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
