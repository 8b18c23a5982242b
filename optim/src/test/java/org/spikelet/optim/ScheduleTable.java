package org.spikelet.optim;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every schedule and every way to combine them, by method name, for the tests that hold for all.
 */
final class ScheduleTable {

  private ScheduleTable() {}

  static Map<String, Schedule> rows() {
    Map<String, Schedule> rows = new LinkedHashMap<>();
    rows.put("constant", Schedule.constant(0.3));
    rows.put("step", Schedule.step(0.3, 4, 0.5));
    rows.put("exponential", Schedule.exponential(0.3, 0.9));
    rows.put("linear", Schedule.linear(0.3, 0.01, 20));
    rows.put("cosine", Schedule.cosine(0.3, 0.01, 20));
    rows.put("oneCycle", Schedule.oneCycle(0.3, 20));
    rows.put("warmUp", Schedule.cosine(0.3, 0.01, 20).warmUp(5));
    rows.put("then", Schedule.linear(0.1, 0.3, 8).then(8, Schedule.exponential(0.3, 0.9)));
    return rows;
  }
}
