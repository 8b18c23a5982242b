package org.spikelet.app.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What the numbers of a call depend on: all options as they stand, the program, and Java. */
final class GivenOptions {

  /** They say where, and how to begin. */
  private static final Set<String> WITHOUT_EFFECT = Set.of("--out", "--resume");

  private static final String NOT_GIVEN = "not given";

  private final Map<String, String> values = new LinkedHashMap<>();

  /** Those of a command line. */
  GivenOptions(ParseResult parsed) {
    for (OptionSpec option : parsed.commandSpec().options()) {
      String name = option.longestName();
      if (!WITHOUT_EFFECT.contains(name) && !option.usageHelp() && !option.versionHelp()) {
        values.put(name, value(option));
      }
    }
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    values.put("the program", Version.environment() + (vectors ? "" : ", without vectors"));
  }

  private static String value(ArgSpec option) {
    if (!option.stringValues().isEmpty()) {
      return String.join(",", option.stringValues());
    }
    return option.defaultValue() == null ? NOT_GIVEN : option.defaultValue();
  }

  /** Returns a line for each. */
  byte[] text() {
    StringBuilder text = new StringBuilder();
    values.forEach((name, value) -> text.append(line(name, value)).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String line(String name, String value) {
    return name + "\t" + value.replace('\n', ' ').replace('\r', ' ');
  }

  /** Returns in what others differ, in words; empty if they do not. */
  List<String> differences(List<String> lines) {
    Map<String, String> others = new LinkedHashMap<>();
    for (String line : lines) {
      int tab = line.indexOf('\t');
      if (tab > 0) {
        others.put(line.substring(0, tab), line.substring(tab + 1));
      }
    }
    Set<String> names = new LinkedHashSet<>(values.keySet());
    names.addAll(others.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String was = others.getOrDefault(name, NOT_GIVEN);
      String is = values.getOrDefault(name, NOT_GIVEN);
      if (!line(name, was).equals(line(name, is))) {
        differences.add(name + " was " + was + ", now " + is);
      }
    }
    return differences;
  }
}
