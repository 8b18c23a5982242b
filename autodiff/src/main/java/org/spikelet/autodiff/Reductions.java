package org.spikelet.autodiff;

import static org.spikelet.autodiff.Operation.wrt;

import org.spikelet.autodiff.kernels.ReductionLoop;
import org.spikelet.autodiff.kernels.Softmax;

/**
 * Operations that combine the elements along axes, and the softmax family.
 *
 * <p>Without axes they reduce over all; −1 is the last axis. The reduced axes are removed, or stay
 * with length 1 where the name says so. In the rules, g is the gradient of y, broadcast along the
 * reduced axes.
 *
 * <p>Each throws an {@link IllegalArgumentException} if an axis does not exist or is named twice.
 */
public sealed interface Reductions permits Tensor {

  /** Sum over the axes, or over all elements; dx = g. */
  default Tensor sum(int... axes) {
    Axes along = Axes.of("sum", ((Tensor) this).shape(), axes);
    return sum((Tensor) this, along, along.dropped());
  }

  /** Sum over the axes, which stay with length 1; dx = g. */
  default Tensor sumKeepDims(int... axes) {
    Axes along = Axes.of("sum", ((Tensor) this).shape(), axes);
    return sum((Tensor) this, along, along.kept());
  }

  private static Tensor sum(Tensor x, Axes along, Shape shape) {
    Tensor y = along.reduce(ReductionLoop.SUM, x, shape);
    return Operation.enter("sum", y, wrt(x, along::spread));
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
    Tensor y = Axes.repeated("sumTo", x.shape(), shape).reduce(ReductionLoop.SUM, x, shape);
    return Operation.enter("sumTo", y, wrt(x, g -> g.broadcastTo(x.shape())));
  }

  /**
   * Mean over the axes, or over all elements; dx = g / n.
   *
   * @throws IllegalArgumentException if there is nothing to take the mean of
   */
  default Tensor mean(int... axes) {
    Axes along = Axes.of("mean", ((Tensor) this).shape(), axes);
    return sum((Tensor) this, along, along.dropped()).div(along.checkedCount());
  }

  /**
   * Mean over the axes, which stay with length 1; dx = g / n.
   *
   * @throws IllegalArgumentException if there is nothing to take the mean of
   */
  default Tensor meanKeepDims(int... axes) {
    Axes along = Axes.of("mean", ((Tensor) this).shape(), axes);
    return sum((Tensor) this, along, along.kept()).div(along.checkedCount());
  }

  /**
   * Largest element along the axes, or of all; g goes to the largest, in equal parts if tied. If
   * one is NaN, so are the result and the derivatives of all that it was compared with.
   *
   * @throws IllegalArgumentException if there is nothing to take the maximum of
   */
  default Tensor max(int... axes) {
    Axes along = Axes.of("max", ((Tensor) this).shape(), axes);
    return max((Tensor) this, along, along.dropped());
  }

  /**
   * Largest element along the axes, which stay with length 1; the rule is that of max.
   *
   * @throws IllegalArgumentException if there is nothing to take the maximum of
   */
  default Tensor maxKeepDims(int... axes) {
    Axes along = Axes.of("max", ((Tensor) this).shape(), axes);
    return max((Tensor) this, along, along.kept());
  }

  private static Tensor max(Tensor x, Axes along, Shape shape) {
    along.checkedCount();
    Tensor y = along.reduce(ReductionLoop.MAX, x, shape);
    return Operation.enter("max", y, wrt(x, g -> shareOfLargest(g, x, y, along.kept())));
  }

  private static Tensor shareOfLargest(Tensor g, Tensor x, Tensor y, Shape kept) {
    Tensor largest = x.equalTo(y.reshape(kept));
    Tensor share = largest.div(largest.sumTo(kept));
    return Operation.gate(g.reshape(kept).mul(share), share);
  }

  /**
   * Smallest element along the axes, or of all: −max(−x).
   *
   * @throws IllegalArgumentException if there is nothing to take the minimum of
   */
  default Tensor min(int... axes) {
    Axes along = Axes.of("min", ((Tensor) this).shape(), axes);
    return max(((Tensor) this).neg(), along, along.dropped()).neg();
  }

  /**
   * Smallest element along the axes, which stay with length 1: −max(−x).
   *
   * @throws IllegalArgumentException if there is nothing to take the minimum of
   */
  default Tensor minKeepDims(int... axes) {
    Axes along = Axes.of("min", ((Tensor) this).shape(), axes);
    return max(((Tensor) this).neg(), along, along.kept()).neg();
  }

  /**
   * y = ln Σ eˣ along an axis, without overflow: m + ln Σ e^(x−m) with m = max x; dx = g · softmax
   * x.
   *
   * @throws IllegalArgumentException if the axis is empty
   */
  default Tensor logSumExp(int axis) {
    Axes along = Axes.of("logSumExp", ((Tensor) this).shape(), axis);
    return logSumExp((Tensor) this, axis, along, along.dropped());
  }

  /**
   * y = ln Σ eˣ along an axis, which stays with length 1; dx = g · softmax x.
   *
   * @throws IllegalArgumentException if the axis is empty
   */
  default Tensor logSumExpKeepDims(int axis) {
    Axes along = Axes.of("logSumExp", ((Tensor) this).shape(), axis);
    return logSumExp((Tensor) this, axis, along, along.kept());
  }

  private static Tensor logSumExp(Tensor x, int axis, Axes along, Shape shape) {
    along.checkedCount();
    Tensor y = along.reduce(Softmax.LOG_SUM_EXP, x, shape);
    return Operation.enter(
        "logSumExp", y, wrt(x, g -> g.reshape(along.kept()).mul(x.softmax(axis))));
  }

  /** Softmax, y = eˣ / Σ eˣ along an axis, without overflow; dx = y · (g − Σ g·y). */
  default Tensor softmax(int axis) {
    Tensor x = (Tensor) this;
    Axes along = Axes.of("softmax", x.shape(), axis);
    Tensor y = along.map(Softmax.SOFTMAX, x);
    return Operation.enter("softmax", y, wrt(x, g -> y.mul(g.sub(g.mul(y).sumTo(along.kept())))));
  }

  /** Logarithm of softmax, y = x − ln Σ eˣ along an axis; dx = g − softmax x · Σ g. */
  default Tensor logSoftmax(int axis) {
    Tensor x = (Tensor) this;
    Axes along = Axes.of("logSoftmax", x.shape(), axis);
    Tensor y = along.map(Softmax.LOG_SOFTMAX, x);
    return Operation.enter("logSoftmax", y, wrt(x, g -> g.sub(y.exp().mul(g.sumTo(along.kept())))));
  }
}
