package org.spikelet.autodiff.check;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * A function of tensors along a straight line through its point: t ↦ f(x + t·d).
 *
 * <p>The line runs along one element, or in a random direction of unit length through all of them.
 */
final class Line {

  /** Of the order that balances truncation, ~h², with round-off, ~ulp/h. */
  private static final double STEP = Math.cbrt(Math.ulp(1.0));

  private final Subject subject;
  private final double[] point;
  private final double[] output;
  private final String label;

  /** The elements of the point that the line moves, and how far each for t = 1. */
  private final int[] elements;

  private final double[] direction;
  private final double scale;

  /** A line that moves these elements of the flat point; output is f at that point. */
  private Line(
      Subject subject,
      double[] point,
      double[] output,
      String label,
      int[] elements,
      double[] direction) {
    this.subject = subject;
    this.point = point;
    this.output = output;
    this.label = label;
    this.elements = elements;
    this.direction = direction;
    this.scale =
        Math.max(1, Arrays.stream(elements).mapToDouble(i -> Math.abs(point[i])).max().orElse(0));
  }

  /** The line along one element. */
  static Line along(Subject subject, double[] point, double[] output, int element) {
    return new Line(
        subject, point, output, subject.label(element), new int[] {element}, new double[] {1});
  }

  /** A line in a random direction that leaves out some elements. */
  static Line random(
      Subject subject, double[] point, double[] output, int number, BitSet without, long seed) {
    BitSet moved = new BitSet();
    moved.set(0, point.length);
    moved.andNot(without);
    SplittableRandom random = new SplittableRandom(seed + number);
    double[] direction = moved.stream().mapToDouble(i -> gaussian(random)).toArray();
    double norm = Math.sqrt(Arrays.stream(direction).map(v -> v * v).sum());
    return new Line(
        subject,
        point,
        output,
        "direction " + number,
        moved.stream().toArray(),
        Arrays.stream(direction).map(v -> v / norm).toArray());
  }

  /** Directions of normal components are evenly spread over the sphere (Box and Muller 1958). */
  private static double gaussian(SplittableRandom random) {
    double u = 1 - random.nextDouble();
    return Math.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }

  String label() {
    return label;
  }

  /** The largest of 1 and the sizes of the elements that the line moves. */
  double scale() {
    return scale;
  }

  /** The step that suits a function of moderate curvature: ∛ulp(1) · scale. */
  double step() {
    return STEP * scale;
  }

  /** Marks the elements that the line moves. */
  void markIn(BitSet set) {
    Arrays.stream(elements).forEach(set::set);
  }

  /** The directional derivative that a gradient amounts to, Σ g · d. */
  double slope(double[] gradient) {
    double sum = 0;
    for (int k = 0; k < elements.length; k++) {
      sum += gradient[elements[k]] * direction[k];
    }
    return sum;
  }

  /** Difference quotients with steps ±h. */
  Differences differences(double h) {
    double[] above = moved(h);
    double[] below = moved(-h);
    // Rounding moves the points a little: divide by the way that was really gone.
    return new Differences(
        h,
        subject.output(below),
        output,
        subject.output(above),
        length(below, point),
        length(point, above));
  }

  private double[] moved(double t) {
    double[] moved = point.clone();
    for (int k = 0; k < elements.length; k++) {
      moved[elements[k]] += t * direction[k];
    }
    return moved;
  }

  private double length(double[] from, double[] to) {
    double sum = 0;
    for (int k = 0; k < elements.length; k++) {
      sum += direction[k] * (to[elements[k]] - from[elements[k]]);
    }
    return sum;
  }
}
