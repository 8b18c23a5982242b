package org.spikelet.app.tables;

import java.util.ArrayList;
import java.util.List;

/** Lines of a file: how many, and the first of them. */
final class Places {

  private final List<Integer> first = new ArrayList<>();
  private int count;

  void add(int line) {
    if (first.size() < RowNames.LISTED) {
      first.add(line);
    }
    count++;
  }

  int first() {
    return first.get(0);
  }

  int count() {
    return count;
  }

  /** Such as "lines 2, 5 and 9"; of many the first. */
  @Override
  public String toString() {
    return RowNames.list("line", first, count);
  }
}
