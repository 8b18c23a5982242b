package org.spikelet.app.tables;

import java.util.Arrays;

/**
 * The cells of one column, as they stand in the file, packed: a byte for most letters and four for
 * each cell.
 *
 * <pre>
 * text  3 9 . 1 3 9 . 5 N A
 * ends          4       8   10
 * </pre>
 */
final class Cells {

  private final StringBuilder text = new StringBuilder();
  private int[] ends = new int[16];
  private int size;

  void add(String cell) {
    text.append(cell);
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
    }
    ends[size++] = text.length();
  }

  String get(int row) {
    return text.substring(row == 0 ? 0 : ends[row - 1], ends[row]);
  }

  int size() {
    return size;
  }

  /** Whether nothing stands in any of them. */
  boolean blank() {
    return text.isEmpty();
  }
}
