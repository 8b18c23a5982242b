package org.spikelet.app.tables;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What tests of users' tables give: texts, and what is to be predicted from them. */
final class Given {

  private Given() {}

  /** A header, and rows made from their numbers. */
  static String lines(String header, int count, IntFunction<String> row) {
    return IntStream.range(0, count)
        .mapToObj(row)
        .collect(Collectors.joining("\n", header + "\n", "\n"));
  }

  static Roles targets(String... names) {
    return new Roles(Optional.empty(), List.of(names), List.of(), List.of());
  }

  static Roles label(String name) {
    return new Roles(Optional.of(name), List.of(), List.of(), List.of());
  }
}
