package org.spikelet.app.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An account as a table of 80 letters a line; neighbours of which the same is said are one line.
 */
public final class AccountTable {

  private static final int WIDTH = 80;
  private static final int LONGEST_NAME = 26;
  private static final int LINES = 24;

  private AccountTable() {}

  /** Returns the lines: column, kind, missing, what was done. */
  public static List<String> lines(Account account) {
    List<Account.Entry> folded = folded(account.columns());
    int shown = folded.size() > LINES ? LINES - 2 : folded.size();
    int name =
        folded.stream()
            .limit(shown)
            .mapToInt(entry -> Math.min(LONGEST_NAME, entry.column().length()))
            .max()
            .orElse(0);
    String row = "%-" + Math.max(name, "column".length()) + "s  %-6s  %7s  %s";
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, row, "column", "kind", "missing", "what was done"));
    for (Account.Entry entry : folded.subList(0, shown)) {
      String missing = entry.missing() == 0 ? "-" : String.format("%,d", entry.missing());
      String column = Texts.shortened(entry.column(), LONGEST_NAME);
      lines.add(
          Texts.shortened(
              String.format(Locale.ROOT, row, column, entry.kind(), missing, entry.done()), WIDTH));
    }
    if (shown < folded.size()) {
      lines.add(
          String.format(Locale.ROOT, "and %,d more; the report has all", folded.size() - shown));
    }
    return lines;
  }

  private static List<Account.Entry> folded(List<Account.Entry> columns) {
    List<Account.Entry> folded = new ArrayList<>();
    for (int from = 0, end; from < columns.size(); from = end) {
      Account.Entry first = columns.get(from);
      end = from + 1;
      while (end < columns.size() && alike(first, columns.get(end))) {
        end++;
      }
      folded.add(
          end - from < 3
              ? first
              : new Account.Entry(
                  Texts.shortened(first.column(), 11)
                      + " to "
                      + Texts.shortened(columns.get(end - 1).column(), 11),
                  first.kind(),
                  first.missing(),
                  (end - from) + " columns, each: " + first.done()));
      if (end - from == 2) {
        folded.add(columns.get(from + 1));
      }
    }
    return folded;
  }

  private static boolean alike(Account.Entry a, Account.Entry b) {
    return a.kind().equals(b.kind()) && a.missing() == b.missing() && a.done().equals(b.done());
  }
}
