package org.spikelet.autodiff;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/**
 * The random operands of one trial of an operation.
 *
 * <p>Magnitudes are drawn without replacement from narrow cells between 0.25 and 2.81, with gaps
 * between the cells. So no value is near 0, no two values of one trial are nearly equal, and the
 * kinks of relu, maximum and their like are never within a finite-difference step.
 */
final class Sample {

  private static final int CELLS = 256;
  private static final double LEAST = 0.25;
  private static final double WIDTH = 0.01;

  private final Shape shape;
  private final SplittableRandom random;
  private final int[] cells;
  private int used;

  Sample(Shape shape, long seed) {
    this.shape = shape;
    this.random = new SplittableRandom(seed);
    this.cells = permutation(CELLS);
  }

  /** Shapes of rank 0 to 3 and dimensions 1 to 4, seldom 0. */
  static Arbitrary<Shape> shapes() {
    Arbitrary<Integer> dimension =
        Arbitraries.frequencyOf(
            Tuple.of(15, Arbitraries.integers().between(1, 4)), Tuple.of(1, Arbitraries.just(0)));
    return dimension.array(int[].class).ofMinSize(0).ofMaxSize(3).map(Shape::of);
  }

  Shape shape() {
    return shape;
  }

  /** Returns the shape with lengths 0 made 1. */
  Shape nonEmptyShape() {
    return nonEmpty(shape);
  }

  static Shape nonEmpty(Shape shape) {
    return Shape.of(Arrays.stream(shape.dimensions()).map(n -> Math.max(n, 1)).toArray());
  }

  /** Returns the shape with axes of length 2 put in front until it has this rank. */
  Shape shapeOfRank(int least) {
    int missing = Math.max(0, least - shape.rank());
    int[] dimensions = new int[missing + shape.rank()];
    Arrays.fill(dimensions, 2);
    System.arraycopy(shape.dimensions(), 0, dimensions, missing, shape.rank());
    return Shape.of(dimensions);
  }

  /** Returns a shape that broadcasts to the given one: some lengths 1, some leading axes gone. */
  Shape weakened(Shape full) {
    int dropped = flip() ? 0 : integer(0, full.rank());
    int[] dimensions = Arrays.copyOfRange(full.dimensions(), dropped, full.rank());
    for (int axis = 0; axis < dimensions.length; axis++) {
      dimensions[axis] = integer(0, 2) == 0 ? 1 : dimensions[axis];
    }
    return Shape.of(dimensions);
  }

  Tensor positive(Shape shape) {
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = LEAST + WIDTH * (cells[used++] + 0.5 * random.nextDouble());
    }
    return Tensor.of(shape, values);
  }

  Tensor signed(Shape shape) {
    return Tensor.of(
        shape, Arrays.stream(positive(shape).toArray()).map(v -> flip() ? v : -v).toArray());
  }

  /** Returns a condition of zeros and ones. */
  Tensor bits(Shape shape) {
    double[] values = new double[shape.size()];
    Arrays.setAll(values, i -> integer(0, 1));
    return Tensor.of(shape, values);
  }

  /** Returns a number in a gap between the cells, so apart from every value. */
  double between() {
    double magnitude = LEAST + WIDTH * (integer(0, CELLS) + 0.75);
    return flip() ? magnitude : -magnitude;
  }

  /** Returns an axis, counted from the front or from the back. */
  int axis(Shape shape) {
    return integer(-shape.rank(), shape.rank() - 1);
  }

  /** Returns a random subset of the axes in random order; empty means all. */
  int[] axes(Shape shape) {
    int[] axes = Arrays.copyOf(permutation(shape.rank()), integer(0, shape.rank()));
    return Arrays.stream(axes).map(axis -> flip() ? axis : axis - shape.rank()).toArray();
  }

  int[] permutation(int n) {
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** Returns a number from low to high, both included. */
  int integer(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  boolean flip() {
    return random.nextBoolean();
  }
}
