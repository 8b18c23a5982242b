package org.spikelet.testing;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.arbitraries.ArbitraryDecorator;
import org.spikelet.autodiff.Shape;

/**
 * Shapes within a range of ranks and of lengths; at first of rank 0 to 3 and lengths 1 to 4.
 *
 * <p>They shrink to fewer axes, and to lengths near 1.
 */
public final class ShapeArbitrary extends ArbitraryDecorator<Shape> {

  private final int leastRank;
  private final int mostRank;
  private final int shortest;
  private final int longest;

  ShapeArbitrary(int leastRank, int mostRank, int shortest, int longest) {
    this.leastRank = leastRank;
    this.mostRank = mostRank;
    this.shortest = shortest;
    this.longest = longest;
  }

  /**
   * Returns shapes with this many axes; rank 0 is the scalar.
   *
   * @throws IllegalArgumentException if the range is empty or starts below 0
   */
  public ShapeArbitrary rank(int least, int most) {
    checkRange("rank", least, most);
    return new ShapeArbitrary(least, most, shortest, longest);
  }

  /**
   * Returns shapes with axes of these lengths; with length 0, some shapes have no elements.
   *
   * @throws IllegalArgumentException if the range is empty or starts below 0
   */
  public ShapeArbitrary lengths(int shortest, int longest) {
    checkRange("lengths", shortest, longest);
    return new ShapeArbitrary(leastRank, mostRank, shortest, longest);
  }

  private static void checkRange(String name, int least, int most) {
    if (least < 0 || most < least) {
      throw new IllegalArgumentException(
          "%s: the range %s to %s is empty or starts below 0".formatted(name, least, most));
    }
  }

  @Override
  protected Arbitrary<Shape> arbitrary() {
    return Arbitraries.integers()
        .between(shortest, longest)
        .shrinkTowards(Math.min(Math.max(1, shortest), longest))
        .array(int[].class)
        .ofMinSize(leastRank)
        .ofMaxSize(mostRank)
        .withSizeDistribution(RandomDistribution.uniform())
        .map(Shape::of);
  }
}
