package org.spikelet.autodiff;

import static org.spikelet.autodiff.Operation.wrt;

import java.util.Arrays;

/**
 * Operations that combine the elements along axes, and the softmax family.
 *
 * <p>Without axes they reduce over all; −1 is the last axis. The reduced axes are removed, or with
 * {@code keepDims} stay with length 1. In the rules, g is the gradient of y, broadcast along the
 * reduced axes.
 */
public sealed interface Reductions permits Tensor {

  /** Sum over the axes, or over all elements; dx = g. */
  default Tensor sum(int... axes) {
    return sum(axes, false);
  }

  /**
   * Sum over the axes, or over all elements; dx = g.
   *
   * @throws IllegalArgumentException if an axis does not exist or is named twice
   */
  default Tensor sum(int[] axes, boolean keepDims) {
    Tensor x = (Tensor) this;
    if (axes.length == 0 && !keepDims) {
      double[] total = Tape.allocate(1);
      total[0] = Loops.sum(x.data(), 0, x.size());
      return Operation.record(
          "sum", Tensor.result(Shape.SCALAR, total), wrt(x, g -> g.broadcastTo(x.shape())));
    }
    Axes reduced = Axes.of("sum", x.shape(), axes);
    Tensor y = reduced.reduce(x, Loops::sum, keepDims);
    return Operation.record(
        "sum", y, wrt(x, g -> g.reshape(reduced.kept()).broadcastTo(x.shape())));
  }

  /**
   * Mean over the axes, or over all elements; dx = g / n.
   *
   * @throws IllegalArgumentException if there is nothing to take the mean of
   */
  default Tensor mean(int... axes) {
    return mean(axes, false);
  }

  /** Mean over the axes, or over all elements; dx = g / n. */
  default Tensor mean(int[] axes, boolean keepDims) {
    Tensor x = (Tensor) this;
    double count =
        axes.length == 0 && x.size() > 0
            ? x.size()
            : Axes.of("mean", x.shape(), axes).checkedCount();
    return x.sum(axes, keepDims).div(count);
  }

  /** Largest element along the axes, or of all; g goes to the largest, in equal parts if tied. */
  default Tensor max(int... axes) {
    return max(axes, false);
  }

  /**
   * Largest element along the axes, or of all; g goes to the largest, in equal parts if tied.
   *
   * @throws IllegalArgumentException if there is nothing to take the maximum of
   */
  default Tensor max(int[] axes, boolean keepDims) {
    Tensor x = (Tensor) this;
    Axes reduced = Axes.of("max", x.shape(), axes);
    reduced.checkedCount();
    Tensor y = reduced.reduce(x, Loops::max, keepDims);
    return Operation.record(
        "max",
        y,
        wrt(
            x,
            g -> {
              Tensor largest = x.equalTo(y.reshape(reduced.kept()));
              Tensor share = largest.div(largest.sumTo(reduced.kept()));
              return g.reshape(reduced.kept()).mul(share).mask(largest);
            }));
  }

  /** Smallest element along the axes, or of all: −max(−x). */
  default Tensor min(int... axes) {
    return min(axes, false);
  }

  /** Smallest element along the axes, or of all: −max(−x). */
  default Tensor min(int[] axes, boolean keepDims) {
    return ((Tensor) this).neg().max(axes, keepDims).neg();
  }

  /** y = ln Σ eˣ along an axis, which is removed, without overflow; dx = g · softmax x. */
  default Tensor logSumExp(int axis) {
    return logSumExp(axis, false);
  }

  /**
   * y = ln Σ eˣ along an axis, without overflow: m + ln Σ e^(x−m) with m = max x; dx = g · softmax
   * x.
   *
   * @throws IllegalArgumentException if the axis is empty or does not exist
   */
  default Tensor logSumExp(int axis, boolean keepDims) {
    Tensor x = (Tensor) this;
    Axes reduced = Axes.of("logSumExp", x.shape(), axis);
    reduced.checkedCount();
    Tensor y = reduced.reduce(x, Softmax::logSumExp, keepDims);
    return Operation.record(
        "logSumExp", y, wrt(x, g -> g.reshape(reduced.kept()).mul(x.softmax(axis))));
  }

  /** Softmax, y = eˣ / Σ eˣ along an axis, without overflow; dx = y · (g − Σ g·y). */
  default Tensor softmax(int axis) {
    Tensor x = (Tensor) this;
    Axes along = Axes.of("softmax", x.shape(), axis);
    Tensor y = along.map(x, Softmax::softmax);
    return Operation.record("softmax", y, wrt(x, g -> y.mul(g.sub(g.mul(y).sumTo(along.kept())))));
  }

  /** Logarithm of softmax, y = x − ln Σ eˣ along an axis; dx = g − softmax x · Σ g. */
  default Tensor logSoftmax(int axis) {
    Tensor x = (Tensor) this;
    Axes along = Axes.of("logSoftmax", x.shape(), axis);
    Tensor y = along.map(x, Softmax::logSoftmax);
    return Operation.record(
        "logSoftmax", y, wrt(x, g -> g.sub(y.exp().mul(g.sumTo(along.kept())))));
  }

  /**
   * Sums over the axes along which the shape was broadcast to that of x, the adjoint of {@code
   * broadcastTo}; dx = g, broadcast.
   *
   * @throws IllegalArgumentException if the shape does not broadcast to that of x
   */
  default Tensor sumTo(Shape shape) {
    Tensor x = (Tensor) this;
    if (shape.equals(x.shape())) {
      return x instanceof Parameter ? x.reshape(shape) : x;
    }
    if (shape.isEndOf(x.shape()) && shape.size() > 0) {
      double[] y = Tape.allocate(shape.size());
      Loops.sum(x.data(), 1, x.size() / shape.size(), shape.size(), y);
      return Operation.record(
          "sumTo", Tensor.result(shape, y), wrt(x, g -> g.broadcastTo(x.shape())));
    }
    if (!Shape.broadcast("sumTo", shape, x.shape()).equals(x.shape())) {
      throw new IllegalArgumentException(
          "sumTo: the shape %s does not broadcast to %s".formatted(shape, x.shape()));
    }
    int missing = x.shape().rank() - shape.rank();
    int[] axes = new int[x.shape().rank()];
    int count = 0;
    for (int axis = 0; axis < axes.length; axis++) {
      if (axis < missing || shape.dimension(axis - missing) != x.shape().dimension(axis)) {
        axes[count++] = axis;
      }
    }
    return x.sum(Arrays.copyOf(axes, count), true).reshape(shape);
  }
}
