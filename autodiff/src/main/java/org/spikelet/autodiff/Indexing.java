package org.spikelet.autodiff;

import static org.spikelet.autodiff.Operation.wrt;

import org.spikelet.autodiff.kernels.MovementLoops;

/**
 * Operations that take elements by their index, or put them there.
 *
 * <p>Each is linear, so its derivative is its adjoint: gatherRows/scatterRows, pick/unpick.
 */
public sealed interface Indexing permits Tensor {

  /**
   * Rows picked along the first axis, y[i] = x[rows[i]], with repetition allowed; dx = g,
   * scattered.
   *
   * @throws IllegalArgumentException if there is no such row
   */
  default Tensor gatherRows(int... rows) {
    Tensor x = (Tensor) this;
    int[] picked = rows.clone();
    int count = x.shape().dimension(x.shape().axis("gatherRows", 0));
    checkRows("gatherRows", picked, x.shape());
    Tensor y = Tensor.result(x.shape().with(0, picked.length));
    MovementLoops.gatherRows(x.data(), picked, rowLength(x), y.data());
    return Operation.enter("gatherRows", y, wrt(x, g -> g.scatterRows(count, picked)));
  }

  /**
   * Rows added into zeros along the first axis, y[rows[i]] += x[i]; dx = g, gathered.
   *
   * @param count the number of rows of y
   * @throws IllegalArgumentException if there is not one index for each row, or one is not below
   *     the count
   */
  default Tensor scatterRows(int count, int... rows) {
    Tensor x = (Tensor) this;
    int[] targets = rows.clone();
    if (x.shape().dimension(x.shape().axis("scatterRows", 0)) != targets.length) {
      throw new IllegalArgumentException(
          "scatterRows: %s indices for the rows of %s".formatted(targets.length, x.shape()));
    }
    Shape shape = x.shape().with(0, count);
    checkRows("scatterRows", targets, shape);
    Tensor y = Tensor.result(shape);
    MovementLoops.scatterRows(x.data(), targets, rowLength(x), y.data());
    return Operation.enter("scatterRows", y, wrt(x, g -> g.gatherRows(targets)));
  }

  private static int rowLength(Tensor x) {
    return x.shape().sizeBetween(1, x.shape().rank());
  }

  private static void checkRows(String operation, int[] rows, Shape shape) {
    for (int row : rows) {
      shape.checkIndex(operation, row, shape.dimension(0));
    }
  }

  /**
   * One element of each row, y[r] = x[r, columns[r]], r standing for all axes but the last; dx = g,
   * unpicked.
   *
   * <p>x: … × n, columns: …, y: …
   *
   * @param columns integers from 0 to n − 1; constants
   * @throws IllegalArgumentException if the shape of the columns is not that of x without its last
   *     axis, or one is not such an integer
   */
  default Tensor pick(Tensor columns) {
    Tensor x = (Tensor) this;
    int n = x.shape().dimension(x.shape().axis("pick", -1));
    if (!columns.shape().equals(x.shape().withoutLast(1))) {
      throw new IllegalArgumentException(
          "pick: for the rows of %s the columns must have shape %s, theirs is %s"
              .formatted(x.shape(), x.shape().withoutLast(1), columns.shape()));
    }
    Tensor constant = columns.detach();
    checkColumns("pick", constant, n);
    Tensor y = Tensor.result(columns.shape());
    MovementLoops.pick(x.data(), constant.data(), n, y.data());
    return Operation.enter("pick", y, wrt(x, g -> g.unpick(constant, n)));
  }

  /**
   * Rows of zeros but for one element each, y[r, columns[r]] = x[r], the adjoint of {@code pick};
   * dx = g, picked.
   *
   * <p>x and columns: …, y: … × n
   *
   * @param columns integers from 0 to n − 1; constants
   * @throws IllegalArgumentException if the shapes of x and the columns differ, or a column is not
   *     such an integer
   */
  default Tensor unpick(Tensor columns, int n) {
    Tensor x = (Tensor) this;
    if (!columns.shape().equals(x.shape())) {
      throw new IllegalArgumentException(
          "unpick: there must be one column for each element of %s, the columns have shape %s"
              .formatted(x.shape(), columns.shape()));
    }
    Tensor constant = columns.detach();
    Shape shape = x.shape().withLast(n);
    checkColumns("unpick", constant, n);
    Tensor y = Tensor.result(shape);
    MovementLoops.unpick(x.data(), constant.data(), n, y.data());
    return Operation.enter("unpick", y, wrt(x, g -> g.pick(constant)));
  }

  private static void checkColumns(String operation, Tensor columns, int n) {
    double[] column = columns.data();
    for (int row = 0; row < column.length; row++) {
      if (!(column[row] >= 0 && column[row] < n && column[row] == Math.rint(column[row]))) {
        throw new IllegalArgumentException(
            "%s: the column of row %s is %s; it must be an integer from 0 to %s"
                .formatted(operation, row, column[row], n - 1));
      }
    }
  }
}
