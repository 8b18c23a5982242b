package org.spikelet.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Index arithmetic done the slow and obvious way, to compare the library's with. */
final class Positions {

  private Positions() {}

  /** Returns all positions of a shape in row-major order, last axis fastest. */
  static List<int[]> of(Shape shape) {
    List<int[]> positions = new ArrayList<>();
    extend(shape, new int[0], positions);
    return positions;
  }

  private static void extend(Shape shape, int[] prefix, List<int[]> positions) {
    if (prefix.length == shape.rank()) {
      positions.add(prefix);
      return;
    }
    for (int i = 0; i < shape.dimension(prefix.length); i++) {
      int[] longer = Arrays.copyOf(prefix, prefix.length + 1);
      longer[prefix.length] = i;
      extend(shape, longer, positions);
    }
  }

  /** Returns the element that an operand contributes to a position of the broadcast result. */
  static double broadcast(Tensor operand, int... position) {
    int rank = operand.shape().rank();
    int[] own = new int[rank];
    for (int k = 1; k <= rank; k++) {
      own[rank - k] = operand.shape().dimension(-k) == 1 ? 0 : position[position.length - k];
    }
    return operand.get(own);
  }
}
