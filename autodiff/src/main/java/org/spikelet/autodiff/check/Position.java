package org.spikelet.autodiff.check;

import java.util.Arrays;
import org.spikelet.autodiff.Shape;

/** Where an element is in its tensor, for messages. */
final class Position {

  private Position() {}

  /** The indices of the element at an offset in row-major order, one for each axis. */
  static int[] of(Shape shape, int offset) {
    int[] position = new int[shape.rank()];
    for (int axis = shape.rank() - 1, rest = offset; axis >= 0; axis--) {
      position[axis] = rest % shape.dimension(axis);
      rest /= shape.dimension(axis);
    }
    return position;
  }

  /** The same as text, such as {@code [1, 0]}. */
  static String text(Shape shape, int offset) {
    return Arrays.toString(of(shape, offset));
  }
}
