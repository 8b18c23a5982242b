package org.spikelet.app.learn.chapter12;

import course.Pool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What users of a pool do in a day: they take arrays, write into them, and give some back. */
record Day(List<Deed> deeds) {

  /**
   * One thing that is done.
   *
   * @param number which array, counted in the order in which they are taken
   * @param size its length
   */
  record Deed(boolean takes, int number, int size) {}

  /** Returns days of two deeds to twelve. */
  static List<Day> some() {
    SplittableRandom random = new SplittableRandom(121);
    List<Day> days = new ArrayList<>();
    for (int deeds = 2; deeds <= 12; deeds++) {
      if (deeds == 6) {
        days.add(pairs());
      }
      for (int i = 0; i < 4; i++) {
        days.add(draw(deeds, random));
      }
    }
    return days;
  }

  /** Two of a size are given back and taken again. */
  private static Day pairs() {
    return new Day(
        List.of(
            new Deed(true, 0, 1),
            new Deed(true, 1, 1),
            new Deed(false, 0, 1),
            new Deed(false, 1, 1),
            new Deed(true, 2, 1),
            new Deed(true, 3, 1)));
  }

  private static Day draw(int count, SplittableRandom random) {
    List<Deed> deeds = new ArrayList<>();
    List<Deed> held = new ArrayList<>();
    int taken = 0;
    while (deeds.size() < count) {
      if (held.isEmpty() || random.nextInt(5) < 3) {
        held.add(new Deed(true, taken++, random.nextInt(1, 4)));
        deeds.add(held.get(held.size() - 1));
      } else {
        Deed back = held.remove(random.nextInt(held.size()));
        deeds.add(new Deed(false, back.number, back.size));
      }
    }
    return new Day(List.copyOf(deeds));
  }

  /** Returns how many arrays were not zeros of their length, were held already, and were made. */
  double[] with(Pool pool) {
    Map<Integer, double[]> held = new HashMap<>();
    int wrong = 0;
    int twice = 0;
    for (Deed deed : deeds) {
      if (deed.takes) {
        double[] array = pool.take(deed.size);
        boolean zeros = Arrays.stream(array).allMatch(each -> each == 0);
        wrong += zeros && array.length == deed.size ? 0 : 1;
        twice += held.values().stream().anyMatch(each -> each == array) ? 1 : 0;
        Arrays.fill(array, 7);
        held.put(deed.number, array);
      } else {
        pool.giveBack(held.remove(deed.number));
      }
    }
    return new double[] {wrong, twice, pool.made()};
  }

  /** Returns how many arrays are needed: of each size the most that are held at a time. */
  double[] right() {
    Map<Integer, Integer> held = new HashMap<>();
    Map<Integer, Integer> most = new HashMap<>();
    for (Deed deed : deeds) {
      int now = held.merge(deed.size, deed.takes ? 1 : -1, Integer::sum);
      most.merge(deed.size, now, Math::max);
    }
    return new double[] {0, 0, most.values().stream().mapToInt(each -> each).sum()};
  }

  String text() {
    StringBuilder text = new StringBuilder("var pool = new Pool();\n");
    for (Deed deed : deeds) {
      char name = (char) ('a' + deed.number);
      if (deed.takes) {
        text.append("double[] " + name + " = pool.take(" + deed.size + ");\n");
        text.append("Arrays.fill(" + name + ", 7);\n");
      } else {
        text.append("pool.giveBack(" + name + ");\n");
      }
    }
    return text.append("pool.made()").toString();
  }
}
