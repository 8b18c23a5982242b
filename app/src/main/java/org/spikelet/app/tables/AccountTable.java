package org.spikelet.app.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.spikelet.app.command.Wrapped;

/**
 * An account as a table for a terminal; neighbours of which the same is said are one line. What
 * does not fit goes on below, so that no number is cut.
 */
public final class AccountTable {

  /** The longest name, of 80 letters. */
  private static final double NAME = 0.35;

  /** Of what was done, which may be a long list. */
  private static final int DONE = 120;

  /** With less room beside the other columns what was done goes below them. */
  private static final int BESIDE = 24;

  private static final String BELOW = "    ";

  private static final int LINES = 24;

  private AccountTable() {}

  /** Returns the lines for a terminal: column, kind, missing, what was done. */
  public static List<String> lines(Account account) {
    return lines(account, Wrapped.WIDTH);
  }

  static List<String> lines(Account account, int width) {
    int most = (int) (NAME * width);
    List<Account.Entry> folded = folded(account.columns(), most);
    int shown = folded.size() > LINES ? LINES - 2 : folded.size();
    int name =
        folded.stream()
            .limit(shown)
            .mapToInt(entry -> Math.min(most, entry.column().length()))
            .max()
            .orElse(0);
    String row = "%-" + Math.max(name, "column".length()) + "s  %-6s  %7s  ";
    List<String> lines = new ArrayList<>();
    String title = String.format(Locale.ROOT, row, "column", "kind", "missing");
    lines.add(width - title.length() < BESIDE ? title.stripTrailing() : title + "what was done");
    for (Account.Entry entry : folded.subList(0, shown)) {
      String missing = entry.missing() == 0 ? "-" : String.format("%,d", entry.missing());
      String column = Texts.shortened(entry.column(), most);
      String first = String.format(Locale.ROOT, row, column, entry.kind(), missing);
      String done = Texts.shortened(entry.done(), DONE);
      if (width - first.length() < BESIDE) {
        lines.add(first.stripTrailing());
        lines.addAll(Wrapped.text(width, BELOW, done, BELOW.length()).lines().toList());
      } else {
        lines.addAll(Wrapped.text(width, first, done, first.length()).lines().toList());
      }
    }
    if (shown < folded.size()) {
      lines.add(
          String.format(Locale.ROOT, "and %,d more; the report has all", folded.size() - shown));
    }
    return lines;
  }

  private static List<Account.Entry> folded(List<Account.Entry> columns, int most) {
    List<Account.Entry> folded = new ArrayList<>();
    for (int from = 0, end; from < columns.size(); from = end) {
      Account.Entry first = columns.get(from);
      end = from + 1;
      while (end < columns.size() && alike(first, columns.get(end))) {
        end++;
      }
      folded.add(end - from < 3 ? first : several(first, columns.get(end - 1), end - from, most));
      if (end - from == 2) {
        folded.add(columns.get(from + 1));
      }
    }
    return folded;
  }

  /** Named by the first and the last of them; the last is said with the rest if it is too long. */
  private static Account.Entry several(
      Account.Entry first, Account.Entry last, int count, int most) {
    String names = first.column() + " to " + last.column();
    boolean fits = names.length() <= most;
    return new Account.Entry(
        fits ? names : first.column(),
        first.kind(),
        first.missing(),
        String.format(
            Locale.ROOT,
            "%,d columns, each: %s%s",
            count,
            first.done(),
            fits ? "" : "; the last is " + last.column()));
  }

  private static boolean alike(Account.Entry a, Account.Entry b) {
    return a.kind().equals(b.kind()) && a.missing() == b.missing() && a.done().equals(b.done());
  }
}
