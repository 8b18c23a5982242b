package org.spikelet.autodiff;

import java.util.function.Function;

/**
 * A row of {@link OperationTable}: a reduction, or another operation along axes, in which each
 * group of elements is by itself.
 *
 * @param alongOne applies it along one axis
 * @param trial applies it to a random tensor of a shape, along what axes it can have
 */
record AxisRow(String signature, AlongAxis alongOne, Function<Sample, Trial> trial) {

  @FunctionalInterface
  interface AlongAxis {
    Tensor apply(Tensor x, int axis);
  }

  @FunctionalInterface
  interface OverAxes {
    Tensor apply(Tensor x, int... axes);
  }

  /** Along any axes, or all; where a group has no elements, it has a value, such as 0. */
  static AxisRow overAxes(String name, OverAxes f) {
    return overAxes(name, f, Sample::shape);
  }

  /** Along any axes, or all, none of them empty. */
  static AxisRow overFilledAxes(String name, OverAxes f) {
    return overAxes(name, f, Sample::nonEmptyShape);
  }

  private static AxisRow overAxes(String name, OverAxes f, Function<Sample, Shape> shapes) {
    return new AxisRow(
        name + "(int[])",
        (x, axis) -> f.apply(x, axis),
        s -> {
          Shape shape = shapes.apply(s);
          int[] axes = s.axes(shape);
          return Trial.of(x -> f.apply(x, axes), s.signed(shape));
        });
  }

  /** Along one axis, which may be empty. */
  static AxisRow alongAxis(String name, AlongAxis f) {
    return alongAxis(name, f, s -> s.shapeOfRank(1));
  }

  /** Along one axis, which is not empty. */
  static AxisRow alongFilledAxis(String name, AlongAxis f) {
    return alongAxis(name, f, s -> Sample.nonEmpty(s.shapeOfRank(1)));
  }

  private static AxisRow alongAxis(String name, AlongAxis f, Function<Sample, Shape> shapes) {
    return new AxisRow(
        name + "(int)",
        f,
        s -> {
          Shape shape = shapes.apply(s);
          int axis = s.axis(shape);
          return Trial.of(x -> f.apply(x, axis), s.signed(shape));
        });
  }
}
