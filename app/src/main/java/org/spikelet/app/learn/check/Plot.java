package org.spikelet.app.learn.check;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/** A picture of curves in letters. */
public final class Plot {
  private static final int WIDTH = 61;
  private static final int HEIGHT = 15;

  private final double left;
  private final double right;
  private final double bottom;
  private final double top;
  private final char[][] cells = new char[HEIGHT][WIDTH];

  /** An empty picture of x from left to right and y from bottom to top. */
  public Plot(double left, double right, double bottom, double top) {
    this.left = left;
    this.right = right;
    this.bottom = bottom;
    this.top = top;
    for (char[] row : cells) {
      Arrays.fill(row, ' ');
    }
  }

  /** Draws a curve with a letter, over what is there. */
  public Plot curve(char letter, DoubleUnaryOperator f) {
    for (int column = 0; column < WIDTH; column++) {
      double x = left + (right - left) * column / (WIDTH - 1);
      point(letter, x, f.applyAsDouble(x));
    }
    return this;
  }

  /** Draws a point with a letter; one outside of the picture is left out. */
  public Plot point(char letter, double x, double y) {
    long column = Math.round((x - left) / (right - left) * (WIDTH - 1));
    long row = Math.round((top - y) / (top - bottom) * (HEIGHT - 1));
    if (Double.isFinite(x + y) && column >= 0 && column < WIDTH && row >= 0 && row < HEIGHT) {
      cells[(int) row][(int) column] = letter;
    }
    return this;
  }

  @Override
  public String toString() {
    String rows =
        Arrays.stream(cells)
            .map(row -> ("  | " + new String(row)).stripTrailing())
            .collect(Collectors.joining("\n"));
    String scale =
        String.format(
            Locale.ROOT, "  x from %.3g to %.3g, y from %.3g to %.3g", left, right, bottom, top);
    return rows + "\n  +" + "-".repeat(WIDTH + 1) + "\n" + scale + "\n";
  }
}
