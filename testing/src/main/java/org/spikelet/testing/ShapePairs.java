package org.spikelet.testing;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.spikelet.autodiff.Shape;

/** Shapes that broadcast to a common one, and pairs that do not. */
final class ShapePairs {

  private ShapePairs() {}

  /** Leading axes left out, other lengths made 1; shrinks to the full shape. */
  static Arbitrary<Shape> broadcastingTo(Shape full) {
    return Combinators.combine(
            Arbitraries.integers().between(0, full.rank()),
            Arbitraries.of(false, true).list().ofSize(full.rank()))
        .as(
            (dropped, ones) -> {
              int[] lengths = full.dimensions();
              Arrays.setAll(lengths, axis -> ones.get(axis) ? 1 : lengths[axis]);
              return Shape.of(Arrays.copyOfRange(lengths, dropped, lengths.length));
            });
  }

  static Arbitrary<ShapePair> broadcasting(Arbitrary<Shape> full) {
    return full.flatMap(
        shape ->
            Combinators.combine(broadcastingTo(shape), broadcastingTo(shape)).as(ShapePair::new));
  }

  /** A pair that broadcasts, then an axis of two lengths that differ and are not 1, then more. */
  static Arbitrary<ShapePair> clashing(Arbitrary<Shape> leading, Arbitrary<Shape> trailing) {
    Arbitrary<Integer> lengths = Arbitraries.integers().between(2, 4);
    Arbitrary<Integer> more = Arbitraries.integers().between(1, 3);
    return Combinators.combine(
            broadcasting(leading), lengths, more, Arbitraries.of(false, true), trailing)
        .as(
            (pair, n, d, swapped, tail) -> {
              Shape first = join(pair.first(), n, tail);
              Shape second = join(pair.second(), n + d, tail);
              return swapped ? new ShapePair(second, first) : new ShapePair(first, second);
            });
  }

  private static Shape join(Shape front, int length, Shape back) {
    int[] lengths = Arrays.copyOf(front.dimensions(), front.rank() + 1 + back.rank());
    lengths[front.rank()] = length;
    System.arraycopy(back.dimensions(), 0, lengths, front.rank() + 1, back.rank());
    return Shape.of(lengths);
  }
}
