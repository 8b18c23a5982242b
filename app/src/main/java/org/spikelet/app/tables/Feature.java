package org.spikelet.app.tables;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * What a column of the file becomes: an input of the net, several, or none.
 *
 * @param names of the inputs
 * @param done what was done, in words
 * @param writer of their numbers
 */
record Feature(List<String> names, String done, Writer writer) {

  /** Writes the inputs of a row into an array. */
  @FunctionalInterface
  interface Writer {
    /** Writes them from this place on. */
    void write(int row, double[] into, int at);
  }

  /** None, and why. */
  static Feature leftOut(String why) {
    return new Feature(List.of(), "left out: " + why, (row, into, at) -> {});
  }

  /** A column of numbers; missing ones get the mean of the others. */
  static Feature numbers(Column column, int[] rows, Scaling scaling) {
    double[] values = Arrays.stream(rows).mapToDouble(column::number).toArray();
    double[] present = Arrays.stream(values).filter(x -> !Double.isNaN(x)).toArray();
    if (present.length == 0) {
      return leftOut("no value in the rows that are left");
    }
    if (Arrays.stream(present).allMatch(x -> x == present[0])) {
      return leftOut("always " + Texts.number(present[0]));
    }
    double mean = Scale.of(present).originalMean();
    double[] filled = Arrays.stream(values).map(x -> Double.isNaN(x) ? mean : x).toArray();
    Scale scale = scaling == Scaling.STANDARD ? Scale.of(filled) : Scale.NONE;
    int missing = values.length - present.length;
    String done = scaling == Scaling.STANDARD ? "standardized" : "as it is";
    return new Feature(
        List.of(column.name()),
        missing == 0 ? done : done + "; missing ones are the mean, " + Texts.number(mean),
        (row, into, at) -> {
          double x = column.number(row);
          into[at] = scale.standard(Double.isNaN(x) ? mean : x);
        });
  }

  /** A column of texts: for each value an input that is 1 where it stands, else 0. */
  static Feature oneHot(Column column, int... rows) {
    SortedMap<String, Integer> values = column.values(rows);
    if (values.size() == 1) {
      return leftOut("always " + Texts.shortened(values.firstKey(), 40));
    }
    return new Feature(
        values.keySet().stream().map(value -> column.name() + "=" + value).toList(),
        values.size() + " inputs, 0 or 1: " + Texts.list(values.keySet()),
        (row, into, at) -> into[at + values.get(column.text(row))] = 1);
  }

  /** Whether a column counts the rows, from any number on. */
  static boolean counts(Column column) {
    double first = column.number(0);
    return IntStream.range(0, column.cells().size())
        .allMatch(row -> column.number(row) == first + row);
  }
}
