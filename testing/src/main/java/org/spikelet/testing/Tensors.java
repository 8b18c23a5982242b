package org.spikelet.testing;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.spikelet.autodiff.Shape;

/** Where every generator starts: shapes, tensors, axes, seeds, and graphs of operations. */
public final class Tensors {

  private Tensors() {}

  /** Returns shapes of rank 0 to 3 with lengths 1 to 4, to be narrowed or widened. */
  public static ShapeArbitrary shapes() {
    return new ShapeArbitrary(0, 3, 1, 4);
  }

  /** Returns tensors of one shape. */
  public static TensorArbitrary of(Shape shape) {
    return of(Arbitraries.just(shape));
  }

  /** Returns tensors of many shapes. */
  public static TensorArbitrary of(Arbitrary<Shape> shapes) {
    return new TensorArbitrary(shapes);
  }

  /** Returns pairs of shapes that broadcast to a common one by NumPy's rule. */
  public static Arbitrary<ShapePair> broadcastingShapes() {
    return ShapePairs.broadcasting(shapes());
  }

  /** Returns pairs of shapes that do not broadcast. */
  public static Arbitrary<ShapePair> clashingShapes() {
    return ShapePairs.clashing(shapes().rank(0, 2), shapes().rank(0, 1));
  }

  /** Returns shapes that broadcast to this one, itself among them. */
  public static Arbitrary<Shape> shapesBroadcastingTo(Shape full) {
    return ShapePairs.broadcastingTo(full);
  }

  /**
   * Returns an axis of a shape, counted from the front or, negative, from the back.
   *
   * @throws IllegalArgumentException if the shape is a scalar
   */
  public static Arbitrary<Integer> axis(Shape shape) {
    if (shape.rank() == 0) {
      throw new IllegalArgumentException("axis: a scalar has no axis");
    }
    return Arbitraries.integers().between(-shape.rank(), shape.rank() - 1);
  }

  /**
   * Returns distinct axes of a shape in any order, each counted from the front or from the back;
   * often none, which to a reduction means all.
   */
  public static Arbitrary<int[]> axes(Shape shape) {
    int rank = shape.rank();
    Arbitrary<List<Integer>> fromFront =
        rank == 0
            ? Arbitraries.just(List.of())
            : Arbitraries.integers().between(0, rank - 1).list().uniqueElements().ofMaxSize(rank);
    return Combinators.combine(fromFront, Arbitraries.of(false, true).list().ofSize(rank))
        .as((axes, back) -> axes.stream().mapToInt(k -> back.get(k) ? k - rank : k).toArray());
  }

  /** Returns seeds for random generators. */
  public static Arbitrary<Long> seeds() {
    return Arbitraries.longs();
  }

  /** Returns random programs of 1 to 12 smooth operations over 1 to 3 tensors. */
  public static GraphArbitrary graphs() {
    return new GraphArbitrary();
  }
}
