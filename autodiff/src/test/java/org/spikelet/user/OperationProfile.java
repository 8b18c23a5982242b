package org.spikelet.user;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.spikelet.autodiff.Operation;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.TapeObserver;

/**
 * An observer that counts operations, the elements they compute, and the time from what was told
 * before to each of them. An example of what one can be written for, in one file.
 */
final class OperationProfile implements TapeObserver {

  /** What all operations of one name have cost. */
  record Cost(long calls, long elements, long nanoseconds) {

    Cost plus(Cost other) {
      return new Cost(
          calls + other.calls, elements + other.elements, nanoseconds + other.nanoseconds);
    }
  }

  private final Map<String, Cost> costs = new TreeMap<>();
  private final LongSupplier clock;
  private long before;

  /** Takes the clock, such as {@code System::nanoTime}. */
  OperationProfile(LongSupplier clock) {
    this.clock = clock;
    this.before = clock.getAsLong();
  }

  @Override
  public void computed(Tape tape, Operation operation) {
    long now = clock.getAsLong();
    costs.merge(operation.name(), new Cost(1, operation.output().size(), now - before), Cost::plus);
    before = clock.getAsLong();
  }

  /** Returns the costs by name. */
  Map<String, Cost> costs() {
    return costs;
  }

  /** A line for each name, the dearest first. */
  @Override
  public String toString() {
    return costs.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> -entry.getValue().nanoseconds()))
        .map(
            entry ->
                "%-8s %3d calls %6d elements %6d ns%n"
                    .formatted(
                        entry.getKey(),
                        entry.getValue().calls(),
                        entry.getValue().elements(),
                        entry.getValue().nanoseconds()))
        .collect(Collectors.joining());
  }
}
