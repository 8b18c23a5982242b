package org.spikelet.app.lab;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * One of several parts of the runs, each for a process of its own.
 *
 * @param index which, from 1
 * @param count of how many
 */
record Shard(int index, int count) {

  /** The folder in which each shard has one. */
  static final String FOLDER = "shards";

  private static final Pattern WORDS = Pattern.compile("(\\d{1,6})/(\\d{1,6})");
  private static final Pattern NAME = Pattern.compile("(\\d{1,6})-of-(\\d{1,6})");

  /** Reads "3/16". */
  static final class Converter implements ITypeConverter<Shard> {
    Converter() {}

    @Override
    public Shard convert(String value) {
      Matcher words = WORDS.matcher(value);
      if (words.matches()) {
        Shard shard = of(words);
        if (1 <= shard.index && shard.index <= shard.count) {
          return shard;
        }
      }
      throw new TypeConversionException(
          "must be K/N with K from 1 to N, such as 3/16 for the third of sixteen parts, got '"
              + value
              + "'");
    }
  }

  private static Shard of(Matcher matcher) {
    return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Returns of how many parts a folder is one; 0 if it is none. */
  static int count(String folder) {
    Matcher name = NAME.matcher(folder);
    return name.matches() ? of(name).count : 0;
  }

  /** Returns its folder within that of all. */
  String folder() {
    return FOLDER + "/" + index + "-of-" + count;
  }

  /** Returns it as it is typed. */
  String words() {
    return index + "/" + count;
  }

  /** Returns its part of all runs: long and short ones are dealt out evenly. */
  List<Job> of(List<Job> all) {
    List<Job> sorted = all.stream().sorted(Comparator.comparingLong(Job::cost).reversed()).toList();
    return IntStream.range(0, sorted.size())
        .filter(i -> i % count == index - 1)
        .mapToObj(sorted::get)
        .toList();
  }
}
