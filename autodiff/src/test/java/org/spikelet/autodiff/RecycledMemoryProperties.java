package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Tapes opened and closed in any order that is allowed: no tensor ever shows foreign numbers. */
class RecycledMemoryProperties {

  /** A tensor, what it must hold, and the tape that it lives with, or null if it lives for good. */
  private record Known(Tensor tensor, List<Double> values, Tape tape) {}

  private final List<Known> alive = new ArrayList<>();
  private final List<Known> dead = new ArrayList<>();
  private final Deque<Tape> open = new ArrayDeque<>();

  @Property(tries = 200)
  void noTensorEverHoldsForeignNumbers(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int steps) {
    alive.clear();
    dead.clear();
    open.clear();
    SplittableRandom random = new SplittableRandom(seed);
    try {
      for (int step = 0; step < steps; step++) {
        act(random);
        for (Known known : alive) {
          assertThat(known.tensor.toArray()).containsExactly(known.values.toArray(Double[]::new));
        }
      }
      for (Known known : dead) {
        assertThatThrownBy(known.tensor::toArray).isInstanceOf(IllegalStateException.class);
      }
    } finally {
      while (!open.isEmpty()) {
        open.pop().close();
      }
    }
  }

  private void act(SplittableRandom random) {
    switch (random.nextInt(6)) {
      case 0 -> open.push(Tape.record());
      case 1 -> close();
      case 2 -> gradient(random);
      case 3 -> keepACopy(random);
      default -> compute(random);
    }
  }

  private void close() {
    if (!open.isEmpty()) {
      Tape tape = open.pop();
      tape.close();
      for (Known known : List.copyOf(alive)) {
        if (known.tape == tape) {
          alive.remove(known);
          dead.add(known);
        }
      }
    }
  }

  /** A result that is known to the bit: whole numbers stay exact. */
  private void compute(SplittableRandom random) {
    int n = random.nextInt(6, 12); // from 8 on arrays are used again
    double[] a = random.ints(n, -99, 99).asDoubleStream().toArray();
    double b = random.nextInt(9);
    Tensor x = Tensor.vector(a);
    boolean add = random.nextBoolean();
    List<Double> values = new ArrayList<>();
    for (double v : a) {
      values.add(add ? v + b : v * b);
    }
    alive.add(new Known(add ? x.add(b) : x.mul(b), values, open.peek()));
  }

  /** The gradient of b · x² is 2bx. */
  private void gradient(SplittableRandom random) {
    if (!open.isEmpty()) {
      int n = random.nextInt(6, 12); // from 8 on arrays are used again
      double[] a = random.ints(n, -99, 99).asDoubleStream().toArray();
      double b = random.nextInt(9);
      Tape tape = open.peek();
      Tensor x = tape.watch(Tensor.vector(a));
      List<Double> values = new ArrayList<>();
      for (double v : a) {
        values.add(2 * b * v);
      }
      alive.add(new Known(tape.gradients(x.square().mul(b).sum()).of(x), values, tape));
    }
  }

  private void keepACopy(SplittableRandom random) {
    if (!alive.isEmpty()) {
      Known known = alive.get(random.nextInt(alive.size()));
      alive.add(new Known(known.tensor.copy(), known.values, null));
    }
  }
}
