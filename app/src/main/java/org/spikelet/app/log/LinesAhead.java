package org.spikelet.app.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lines one after another, with a look at those to come. */
final class LinesAhead implements AutoCloseable {

  private final BufferedReader in;
  private final List<String> ahead = new ArrayList<>();
  private long number;

  LinesAhead(BufferedReader in) {
    this.in = in;
  }

  /** Returns the next line; null at the end. */
  String next() throws IOException {
    number++;
    return ahead.isEmpty() ? in.readLine() : ahead.remove(0);
  }

  /** Returns the line that comes after so many others; null if there is none. */
  String peek(int after) throws IOException {
    while (ahead.size() <= after) {
      String line = in.readLine();
      if (line == null) {
        return null;
      }
      ahead.add(line);
    }
    return ahead.get(after);
  }

  /** Passes over so many lines that were looked at. */
  void drop(int lines) {
    ahead.subList(0, lines).clear();
    number += lines;
  }

  /** The number of the line that was taken last, from 1 on. */
  long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
