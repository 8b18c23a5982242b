package org.spikelet.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** 8,403 English first names in small letters, of which a is 1 and z is 26; 0 ends a name. */
final class Names {

  static final int LETTERS = 27;

  private Names() {}

  /** Returns the names, shuffled with a seed. */
  static List<String> shuffled(int seed) throws IOException {
    try (BufferedReader text =
        new BufferedReader(
            new InputStreamReader(
                Names.class.getResourceAsStream("names.txt"), StandardCharsets.UTF_8))) {
      List<String> names = new ArrayList<>(text.lines().toList());
      Collections.shuffle(names, new Random(seed));
      return names;
    }
  }

  /** Returns letter i of a name as a number, 0 at its end. */
  static int code(String name, int i) {
    return i == name.length() ? 0 : name.charAt(i) - 'a' + 1;
  }

  static char letter(int code) {
    return (char) ('a' + code - 1);
  }
}
