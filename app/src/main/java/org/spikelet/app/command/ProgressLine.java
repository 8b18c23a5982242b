package org.spikelet.app.command;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/**
 * How far a task is, in one line of any width: what does not fit as a whole is left out, first the
 * bar, then what goes on now, from its end.
 *
 * <pre>
 * flagship  94% [=====================   ] 2842/3000, 0:04, 0:01 left  Adam 0.43, SGD 0.16
 * </pre>
 */
final class ProgressLine implements ProgressBarRenderer {

  private static final int SHORTEST_BAR = 5;
  private static final int LONGEST_BAR = 40;

  @Override
  public String render(ProgressState progress, int width) {
    String line =
        line(
            progress.getTaskName(),
            progress.getCurrent(),
            progress.getMax(),
            progress.getElapsedAfterStart(),
            progress.getExtraMessage().strip(),
            width);
    // It is written over the one before.
    return line + " ".repeat(width - line.length());
  }

  static String line(
      String task, long done, long all, Duration elapsed, String message, int width) {
    double part = all == 0 ? 1 : Math.min(1, (double) done / all);
    String left = part == 1 ? "" : ", " + (done == 0 ? "?" : left(elapsed, part)) + " left";
    String head = String.format(Locale.ROOT, "%s %3d%%", task, (long) (100 * part));
    StringBuilder tail = new StringBuilder(" " + done + "/" + all + ", " + clock(elapsed) + left);
    String separator = "  ";
    for (String words : message.isEmpty() ? new String[0] : message.split(", ")) {
      if (head.length() + tail.length() + separator.length() + words.length() > width) {
        break;
      }
      tail.append(separator).append(words);
      separator = ", ";
    }
    int bar = Math.min(LONGEST_BAR, width - head.length() - tail.length() - " []".length());
    String line = head + (bar < SHORTEST_BAR ? "" : " [" + bar(part, bar) + "]") + tail;
    return line.substring(0, Math.min(width, line.length()));
  }

  private static String left(Duration elapsed, double part) {
    return clock(Duration.ofMillis(Math.round(elapsed.toMillis() * (1 - part) / part)));
  }

  private static String bar(double part, int width) {
    int full = (int) (part * width);
    return "=".repeat(full) + " ".repeat(width - full);
  }

  /** Minutes and seconds, and hours if there are any. */
  private static String clock(Duration time) {
    long hours = time.toHours();
    return hours == 0
        ? String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart())
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", hours, time.toMinutesPart(), time.toSecondsPart());
  }
}
