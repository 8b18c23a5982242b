package org.spikelet.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;

/**
 * A copy of all that changes in an optimizer from step to step: its arrays, counts, and schedule.
 *
 * <p>Made by {@link Optimizer#save()}. It holds 8 bytes for each number of the optimizer's state:
 * for Adam 16 bytes for each weight.
 */
public final class OptimizerState implements Stateful {

  private Class<? extends Optimizer> kind;

  /** By name, and then one for each parameter; one that is not there stands for zeros. */
  private final Map<String, double[][]> arrays = new LinkedHashMap<>();

  private final int[] sizes;
  private final long[] updates;
  private long steps;
  private Schedule schedule;

  /** A state with no step taken, for parameters of these sizes. */
  OptimizerState(Class<? extends Optimizer> kind, int[] sizes, Schedule schedule) {
    this.kind = kind;
    this.sizes = sizes;
    this.updates = new long[sizes.length];
    this.schedule = schedule;
  }

  /** Copies into this. The arrays are made once, and used again. */
  void write(
      Class<? extends Optimizer> kind,
      List<String> names,
      List<Slot> slots,
      long steps,
      Schedule schedule) {
    check("save", slots);
    this.kind = kind;
    this.steps = steps;
    this.schedule = schedule;
    arrays.keySet().retainAll(names);
    for (int position = 0; position < names.size(); position++) {
      double[][] target = arrays.computeIfAbsent(names.get(position), name -> zeros());
      for (int k = 0; k < updates.length; k++) {
        copy(slots.get(k).array(position), target[k]);
      }
    }
    for (int k = 0; k < updates.length; k++) {
      updates[k] = slots.get(k).updates();
    }
  }

  private double[][] zeros() {
    return Arrays.stream(sizes).mapToObj(double[]::new).toArray(double[][]::new);
  }

  /** Copies out of this. */
  void read(Class<? extends Optimizer> kind, List<String> names, List<Slot> slots) {
    checkKind(kind);
    check("restore", slots);
    checkNames(names);
    for (int position = 0; position < names.size(); position++) {
      double[][] source = arrays.get(names.get(position));
      for (int k = 0; k < updates.length; k++) {
        double[] target = slots.get(k).array(position);
        if (source == null) {
          Arrays.fill(target, 0);
        } else {
          copy(source[k], target);
        }
      }
    }
    for (int k = 0; k < updates.length; k++) {
      slots.get(k).updates(updates[k]);
    }
  }

  private void checkKind(Class<? extends Optimizer> other) {
    if (other != kind) {
      throw new IllegalArgumentException(
          "restore: the state was saved by %s, this is %s; restore it to an optimizer of the same kind"
              .formatted(kind.getTypeName(), other.getTypeName()));
    }
  }

  private void checkNames(List<String> names) {
    for (String name : arrays.keySet()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "restore: the state has an array '%s', which this %s does not keep; make it with the same settings"
                .formatted(name, kind.getSimpleName()));
      }
    }
  }

  private void check(String operation, List<Slot> slots) {
    if (sizes.length != slots.size()) {
      throw new IllegalArgumentException(
          "%s: the state was saved for other parameters: it has %s of them, the optimizer %s; use it with an optimizer of the same model"
              .formatted(operation, sizes.length, slots.size()));
    }
    for (int k = 0; k < sizes.length; k++) {
      Parameter parameter = slots.get(k).parameter();
      if (parameter.size() != sizes[k]) {
        throw new IllegalArgumentException(
            "%s: the state was saved for other parameters: it has %s numbers where '%s' has %s; use it with an optimizer of the same model"
                .formatted(operation, sizes[k], parameter.name(), parameter.size()));
      }
    }
  }

  /** Returns steps, updates, and each array of each parameter; the schedule is a function. */
  @Override
  public List<Tensor> save() {
    List<Tensor> tensors = new ArrayList<>();
    tensors.add(Tensor.scalar((double) steps));
    tensors.add(Tensor.vector(Arrays.stream(updates).mapToDouble(n -> (double) n).toArray()));
    flat().map(Tensor::vector).forEach(tensors::add);
    return tensors;
  }

  /** Goes back to what was saved, with the schedule of this one. */
  @Override
  public void restore(List<Tensor> saved) {
    List<double[]> targets = flat().toList();
    List<Integer> wanted =
        Stream.concat(Stream.of(1, updates.length), targets.stream().map(array -> array.length))
            .toList();
    List<Integer> sizes = saved.stream().map(Tensor::size).toList();
    if (!sizes.equals(wanted)) {
      throw new IllegalArgumentException(
          "restore: the state of this optimizer is tensors of %s numbers, those saved have %s"
              .formatted(wanted, sizes));
    }
    steps = (long) saved.get(0).item();
    for (int k = 0; k < updates.length; k++) {
      updates[k] = (long) saved.get(1).get(k);
    }
    for (int i = 0; i < targets.size(); i++) {
      copy(saved.get(2 + i).toArray(), targets.get(i));
    }
  }

  private Stream<double[]> flat() {
    return arrays.values().stream().flatMap(Arrays::stream);
  }

  private static void copy(double[] source, double[] target) {
    System.arraycopy(source, 0, target, 0, source.length);
  }

  /** Returns a copy that saving over this one does not change. */
  public OptimizerState copy() {
    OptimizerState copy = new OptimizerState(kind, sizes, schedule);
    arrays.forEach(
        (name, array) ->
            copy.arrays.put(
                name, Arrays.stream(array).map(double[]::clone).toArray(double[][]::new)));
    copy(updates, copy.updates);
    copy.steps = steps;
    return copy;
  }

  private static void copy(long[] source, long[] target) {
    System.arraycopy(source, 0, target, 0, source.length);
  }

  /** Returns the number of steps taken when it was saved. */
  public long steps() {
    return steps;
  }

  Schedule schedule() {
    return schedule;
  }

  /**
   * Returns whether they are of one kind of optimizer and all numbers have the same bits. What is
   * not there yet counts as zeros.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof OptimizerState that
        && kind == that.kind
        && steps == that.steps
        && Arrays.equals(sizes, that.sizes)
        && Arrays.equals(updates, that.updates)
        && covers(that)
        && that.covers(this);
  }

  /** Whether the other has the same numbers in all arrays of this one. */
  private boolean covers(OptimizerState other) {
    return arrays.entrySet().stream()
        .allMatch(
            entry ->
                Arrays.deepEquals(
                    entry.getValue(), other.arrays.getOrDefault(entry.getKey(), zeros())));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(updates) + Long.hashCode(steps);
  }
}
