package org.spikelet.autodiff.check;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A function of tensors along a straight line through its point: t ↦ f(x + t·d).
 *
 * <p>The line runs along one element, or in a random direction of unit length through all of them.
 */
final class Line {

  private final Subject subject;
  private final double[] point;
  private final double[] output;
  private final String label;

  /** The elements of the point that the line moves, and how far each for t = 1. */
  private final int[] elements;

  private final double[] direction;
  private final double size;

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
    this.size = Arrays.stream(elements).mapToDouble(i -> Math.abs(point[i])).max().orElse(0);
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

  /** A line that moves what all these lines move, each at a speed of its own near its scale. */
  static Line together(List<Line> lines) {
    Line first = lines.get(0);
    double[] sum = new double[first.point.length];
    SplittableRandom random = new SplittableRandom(lines.size());
    for (Line line : lines) {
      double speed = random.nextDouble(0.5, 1) * line.scale();
      for (int k = 0; k < line.elements.length; k++) {
        sum[line.elements[k]] += speed * line.direction[k];
      }
    }
    int[] all = new int[sum.length];
    Arrays.setAll(all, i -> i);
    return new Line(first.subject, first.point, first.output, "together", all, sum);
  }

  /** Directions of normal components are evenly spread over the sphere (Box and Muller 1958). */
  private static double gaussian(SplittableRandom random) {
    double u = 1 - random.nextDouble();
    return Math.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }

  String label() {
    return label;
  }

  /** The outputs at the point itself. */
  double[] output() {
    return output;
  }

  /** The largest size of the elements that the line moves. */
  double size() {
    return size;
  }

  /** The largest of 1 and that size: where to begin looking for the scale of the function. */
  double scale() {
    return Math.max(1, size);
  }

  /** How much of a slope's length is lost when the moved elements are rounded. */
  double rounding() {
    return elements.length == 1 ? 0 : Math.ulp(size);
  }

  /** The finest step that still moves the point by several of its last digits. */
  double finest() {
    return 4 * Math.ulp(size) * Math.sqrt(elements.length);
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

  /** A step of about h that leads, along one element, to the same distance on either side. */
  double exact(double h) {
    return elements.length == 1 ? (size + h) - size : h;
  }

  /** Where t really leads, along one element. */
  double real(double t) {
    return elements.length == 1 ? (point[elements[0]] + t) - point[elements[0]] : t;
  }

  /** The outputs at t: NaN where the function refuses the inputs, as outside of its domain. */
  double[] at(double t) {
    double[] moved = point.clone();
    for (int k = 0; k < elements.length; k++) {
      moved[elements[k]] += t * direction[k];
    }
    double[] at = new double[output.length];
    try {
      at = subject.output(moved);
    } catch (IllegalArgumentException refused) {
      Arrays.fill(at, Double.NaN);
    }
    if (at.length != output.length) {
      throw new AssertionError(
          "%s: %s outputs at the point, %s beside it; there is no slope unless it has as many"
              .formatted(subject.name(), output.length, at.length));
    }
    return at;
  }

  /** Whether any output differs from its value at the point; not exactly 0 also if not finite. */
  boolean moves(double t) {
    return Arrays.mismatch(at(t), output) >= 0;
  }

  /** How much Σ u · f at t is above its value at the point, summed after the subtraction. */
  double rise(double[] u, double[] at) {
    double sum = 0;
    for (int j = 0; j < u.length; j++) {
      // Equal outputs cancel exactly; a weight of 0 leaves its output out, whatever that is.
      sum += u[j] == 0 ? 0 : u[j] * (at[j] - output[j]);
    }
    return sum;
  }

  /** How much of Σ u · f may be lost when the outputs are rounded: 10²⁰ + x does not move. */
  double hidden(double[] u) {
    return ulps(1, u, Arrays.stream(output).map(Math::abs).toArray());
  }

  /** The size of independent errors of c · ulp in each output that moved; safe from overflow. */
  double ulps(double c, double[] u, double[] largest) {
    double most = 0;
    for (int j = 0; j < u.length; j++) {
      most = Math.max(most, Math.abs(u[j]) * Math.ulp(largest[j]));
    }
    double sum = 0;
    for (int j = 0; j < u.length && most > 0; j++) {
      double ratio = Math.abs(u[j]) * Math.ulp(largest[j]) / most;
      sum += ratio * ratio;
    }
    return c * most * Math.sqrt(sum);
  }
}
