package org.spikelet.autodiff;

import static org.spikelet.autodiff.Operation.wrt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.spikelet.autodiff.kernels.Broadcast;
import org.spikelet.autodiff.kernels.Loops;
import org.spikelet.autodiff.kernels.Matrix;
import org.spikelet.autodiff.kernels.MovementLoops;

/**
 * Operations that move elements, or copy them, without computing.
 *
 * <p>Each is linear, so its derivative is its adjoint: reshape/reshape, permute/permute,
 * broadcastTo/sumTo, slice/pad.
 */
public sealed interface Movement permits Tensor {

  /**
   * The same elements in the same row-major order under another shape; dx = g, reshaped back.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  default Tensor reshape(Shape shape) {
    Tensor x = (Tensor) this;
    if (shape.size() != x.size()) {
      throw new IllegalArgumentException(
          "reshape: shape %s has %s elements, shape %s has %s; it must have as many"
              .formatted(x.shape(), x.size(), shape, shape.size()));
    }
    Tensor y = Tensor.result(shape);
    System.arraycopy(x.data(), 0, y.data(), 0, x.size());
    return Operation.enter("reshape", y, wrt(x, g -> g.reshape(x.shape())));
  }

  /**
   * The same elements in the same row-major order under another shape; dx = g, reshaped back.
   *
   * @param dimensions one of them may be −1: it becomes what the size demands
   * @throws IllegalArgumentException if the sizes differ, two are −1, or another is 0, so that any
   *     would do
   */
  default Tensor reshape(int... dimensions) {
    int[] open = IntStream.range(0, dimensions.length).filter(k -> dimensions[k] == -1).toArray();
    if (open.length == 0) {
      return reshape(Shape.of(dimensions));
    }
    int[] known = dimensions.clone();
    known[open[0]] = 1;
    int rest = open.length == 1 ? Shape.of(known).size() : 0;
    if (rest == 0) {
      throw new IllegalArgumentException(
          "reshape: only one length may be −1, and where another is 0 it could be any length, got "
              + Arrays.toString(dimensions));
    }
    known[open[0]] = ((Tensor) this).size() / rest;
    return reshape(Shape.of(known));
  }

  /**
   * The axes in another order: axis k of the output is axis order[k] of x; dx = g, permuted back.
   *
   * @throws IllegalArgumentException if the order does not name each axis once
   */
  default Tensor permute(int... order) {
    Tensor x = (Tensor) this;
    int rank = x.shape().rank();
    int[] axes = Arrays.stream(order).map(axis -> x.shape().axis("permute", axis)).toArray();
    int[] inverse = new int[rank];
    Arrays.fill(inverse, -1);
    for (int k = 0; k < axes.length && k < rank; k++) {
      inverse[axes[k]] = k;
    }
    if (axes.length != rank || Arrays.stream(inverse).anyMatch(k -> k < 0)) {
      throw new IllegalArgumentException(
          "permute: the order %s must name each axis of %s once"
              .formatted(Arrays.toString(order), x.shape()));
    }
    // How far apart neighbours along each axis of y are in x.
    int[] strides = Arrays.stream(axes).map(k -> x.shape().sizeBetween(k + 1, rank)).toArray();
    Tensor y = Tensor.result(Shape.of(Arrays.stream(axes).map(x.shape()::dimension).toArray()));
    MovementLoops.permute(x.data(), y.shape().array(), strides, y.data());
    return Operation.enter("permute", y, wrt(x, g -> g.permute(inverse)));
  }

  /**
   * The last two axes exchanged; dx = gᵀ.
   *
   * @throws IllegalArgumentException if the rank is less than 2
   */
  default Tensor transpose() {
    int rank = ((Tensor) this).shape().rank();
    if (rank < 2) {
      throw new IllegalArgumentException(
          "transpose: needs at least two axes, the shape is " + ((Tensor) this).shape());
    }
    // The last two are exchanged: their numbers add up to rank − 2 + rank − 1.
    return permute(
        IntStream.range(0, rank).map(k -> k < rank - 2 ? k : 2 * rank - 3 - k).toArray());
  }

  /**
   * Repeats along axes of length 1, and along new ones in front; dx = g, summed to the shape of x.
   *
   * @throws IllegalArgumentException if x does not broadcast to the shape
   */
  default Tensor broadcastTo(Shape shape) {
    Tensor x = (Tensor) this;
    if (shape.equals(x.shape())) {
      return x instanceof Parameter ? x.reshape(shape) : x;
    }
    if (!Shape.broadcast("broadcastTo", x.shape(), shape).equals(shape)) {
      throw new IllegalArgumentException(
          "broadcastTo: %s does not broadcast to %s".formatted(x.shape(), shape));
    }
    Tensor y = Tensor.result(shape);
    Broadcast.of(shape.array(), shape.array(), x.shape().array())
        .zip(Loops.SECOND, y.data(), x.data(), y.data());
    return Operation.enter("broadcastTo", y, wrt(x, g -> g.sumTo(x.shape())));
  }

  /**
   * The part from one index (inclusive) to another (exclusive) along an axis; dx = g, padded with
   * zeros.
   *
   * @throws IllegalArgumentException if the range is not within the axis
   */
  default Tensor slice(int axis, int from, int to) {
    Tensor x = (Tensor) this;
    int k = x.shape().axis("slice", axis);
    int n = x.shape().dimension(k);
    if (from < 0 || to < from || to > n) {
      throw new IllegalArgumentException(
          "slice: the range %s to %s is not within axis %s of %s"
              .formatted(from, to, axis, x.shape()));
    }
    Tensor y = Tensor.result(x.shape().with(k, to - from));
    along(k, x, from, to).copyTo(along(k, y, 0, to - from));
    return Operation.enter("slice", y, wrt(x, g -> g.pad(k, from, n - to)));
  }

  /**
   * Zeros put before and after along an axis; dx = g, sliced.
   *
   * @throws IllegalArgumentException if a count is negative, or the axis would become too long
   */
  default Tensor pad(int axis, int before, int after) {
    Tensor x = (Tensor) this;
    int k = x.shape().axis("pad", axis);
    if (before < 0 || after < 0) {
      throw new IllegalArgumentException(
          "pad: counts must not be negative, got %s and %s".formatted(before, after));
    }
    int n = x.shape().dimension(k);
    Tensor y = Tensor.result(x.shape().with(k, (long) before + n + after));
    Arrays.fill(y.data(), 0);
    along(k, x, 0, n).copyTo(along(k, y, before, before + n));
    return Operation.enter("pad", y, wrt(x, g -> g.slice(k, before, before + n)));
  }

  /**
   * This tensor and others, one after the other along an axis; each gets its slice of g.
   *
   * @throws IllegalArgumentException if the shapes differ along another axis
   */
  default Tensor concatenate(int axis, Tensor... others) {
    Tensor first = (Tensor) this;
    int k = first.shape().axis("concatenate", axis);
    List<Tensor> parts = new ArrayList<>(List.of(first));
    parts.addAll(List.of(others));
    long n = 0;
    for (Tensor part : parts) {
      if (part.shape().rank() != first.shape().rank()
          || !part.shape().with(k, 0).equals(first.shape().with(k, 0))) {
        throw new IllegalArgumentException(
            "concatenate: %s does not fit %s; ranks, and lengths along other axes than %s, must be equal"
                .formatted(part.shape(), first.shape(), axis));
      }
      n += part.shape().dimension(k);
    }
    Tensor y = Tensor.result(first.shape().with(k, n));
    Operation.Input[] inputs = new Operation.Input[parts.size()];
    int start = 0;
    for (int p = 0; p < inputs.length; p++) {
      Tensor part = parts.get(p);
      int from = start;
      int to = from + part.shape().dimension(k);
      along(k, part, 0, to - from).copyTo(along(k, y, from, to));
      inputs[p] = wrt(part, g -> g.slice(k, from, to));
      start = to;
    }
    return Operation.enter("concatenate", y, inputs);
  }

  /** The part from one index to another along an axis, as a matrix with a row for each block. */
  private static Matrix along(int axis, Tensor x, int from, int to) {
    Shape shape = x.shape();
    int outer = shape.sizeBetween(0, axis);
    int inner = shape.sizeBetween(axis + 1, shape.rank());
    return Matrix.of(x.data(), 0, outer, shape.dimension(axis) * inner)
        .part(0, from * inner, outer, (to - from) * inner);
  }
}
