package org.spikelet.testing;

import static org.spikelet.testing.Choices.call;
import static org.spikelet.testing.Choices.list;
import static org.spikelet.testing.Choices.spelling;
import static org.spikelet.testing.PythonCode.tuple;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.testing.GraphOperation.Call;

/** The rows of {@link SmoothOperations} that choose from the shapes, most of them linear. */
final class Moves {

  private Moves() {}

  /** Takes the first transposition, from the chosen one on, with which the product exists. */
  static Optional<Call> transposedProduct(List<Shape> shapes, int choice) {
    Shape a = shapes.get(0);
    Shape b = shapes.get(1);
    if (a.rank() < 2 || b.rank() < 2) {
      return Optional.empty();
    }
    return IntStream.range(choice, choice + 4)
        .filter(k -> a.dimension(k / 2 % 2 == 1 ? -2 : -1) == b.dimension(k % 2 == 1 ? -1 : -2))
        .mapToObj(
            k -> {
              boolean left = k / 2 % 2 == 1;
              boolean right = k % 2 == 1;
              String turned = "torch.swapaxes(%s, -2, -1)";
              Spelling spelling =
                  spelling(
                      (left ? "%s.transpose()" : "%s")
                          + (right ? ".matmul(%s.transpose())" : ".matmul(%s)"),
                      (left ? turned : "%s") + " @ " + (right ? turned : "%s"));
              return new Call(
                  spelling, in -> turned(in.get(0), left).matmul(turned(in.get(1), right)));
            })
        .findFirst();
  }

  private static Tensor turned(Tensor x, boolean transposed) {
    return transposed ? x.transpose() : x;
  }

  /** Turns the axes by some places. */
  static Optional<Call> permute(List<Shape> shapes, int choice) {
    int rank = shapes.get(0).rank();
    int[] order = IntStream.range(0, rank).map(axis -> (axis + choice + 1) % rank).toArray();
    return call(
        spelling("%s.permute(" + list(order) + ")", "torch.permute(%s, " + tuple(order) + ")")
            .inJax("jnp.transpose(%s, " + tuple(order) + ")"),
        x -> x.permute(order));
  }

  /** Repeats along a new axis in front, and along axes of length 1. */
  static Optional<Call> broadcastTo(List<Shape> shapes, int choice) {
    int length = 1 + choice % 3;
    int[] old = shapes.get(0).dimensions();
    int[] lengths = new int[old.length + 1];
    lengths[0] = length;
    for (int axis = 0; axis < old.length; axis++) {
      lengths[axis + 1] = old[axis] == 1 ? 1 + choice / 3 % 2 : old[axis];
    }
    Shape shape = Shape.of(lengths);
    return call(
        spelling(
            "%s.broadcastTo(Shape.of(" + list(shape) + "))",
            "torch.broadcast_to(%s, " + tuple(shape) + ")"),
        x -> x.broadcastTo(shape));
  }

  /** Sums over some axes, which stay with length 1, and sometimes over the first for good. */
  static Optional<Call> sumTo(List<Shape> shapes, int choice) {
    int[] full = shapes.get(0).dimensions();
    int dropped = full.length > 0 && choice >= 30 ? 1 : 0;
    int[] axes =
        IntStream.range(0, full.length)
            .filter(k -> k < dropped || (choice >> k & 1) == 0)
            .toArray();
    int[] weak =
        IntStream.range(dropped, full.length)
            .map(k -> (choice >> k & 1) == 0 ? 1 : full[k])
            .toArray();
    Shape shape = Shape.of(weak);
    return call(
        spelling("%s.sumTo(Shape.of(" + list(shape) + "))", "%s.sum_to_size(" + tuple(shape) + ")")
            .inJax("jnp.reshape(jnp.sum(%s, axis=" + tuple(axes) + "), " + tuple(shape) + ")"),
        x -> x.sumTo(shape));
  }

  static Optional<Call> slice(List<Shape> shapes, int choice) {
    Shape shape = shapes.get(0);
    if (shape.rank() == 0) {
      return Optional.empty();
    }
    int axis = choice % shape.rank();
    int n = shape.dimension(axis);
    int from = n == 0 ? 0 : choice / shape.rank() % n;
    int to = Math.min(n, from + 1 + choice % 2);
    return call(
        spelling(
                "%s.slice(" + list(axis, from, to) + ")",
                "torch.narrow(%s, " + list(axis, from, to - from) + ")")
            .inJax("jax.lax.slice_in_dim(%s, " + list(from, to) + ", axis=" + axis + ")"),
        x -> x.slice(axis, from, to));
  }

  static Optional<Call> pad(List<Shape> shapes, int choice) {
    int rank = shapes.get(0).rank();
    if (rank == 0) {
      return Optional.empty();
    }
    int axis = choice % rank;
    int before = choice / rank % 2;
    // PyTorch names two counts for each axis, the last axis first.
    int[] counts = new int[2 * (rank - axis)];
    counts[counts.length - 2] = before;
    counts[counts.length - 1] = 1;
    String each =
        IntStream.range(0, rank)
            .mapToObj(k -> k == axis ? tuple(before, 1) : "(0, 0)")
            .collect(Collectors.joining(", "));
    return call(
        spelling(
                "%s.pad(" + list(axis, before, 1) + ")",
                "torch.nn.functional.pad(%s, " + tuple(counts) + ")")
            .inJax("jnp.pad(%s, [" + each + "])"),
        x -> x.pad(axis, before, 1));
  }

  static Optional<Call> concatenate(List<Shape> shapes, int choice) {
    int rank = shapes.get(0).rank();
    if (rank == 0) {
      return Optional.empty();
    }
    int axis = choice % rank;
    return Optional.of(
        new Call(
            spelling(
                "%s.concatenate(" + axis + ", %s)", "torch.concatenate([%s, %s], " + axis + ")"),
            in -> in.get(0).concatenate(axis, in.get(1))));
  }

  /** Picks one row, or two that may be the same. */
  static Optional<Call> gatherRows(List<Shape> shapes, int choice) {
    if (shapes.get(0).rank() == 0 || shapes.get(0).dimension(0) == 0) {
      return Optional.empty();
    }
    int count = shapes.get(0).dimension(0);
    int[] rows = choice < 10 ? rows(choice, 1, count) : rows(choice, 3, count);
    return call(
        spelling("%s.gatherRows(" + list(rows) + ")", "%s[torch.asarray([" + list(rows) + "])]"),
        x -> x.gatherRows(rows));
  }

  static Optional<Call> scatterRows(List<Shape> shapes, int choice) {
    if (shapes.get(0).rank() == 0) {
      return Optional.empty();
    }
    int count = 1 + choice % 3;
    int[] rows = rows(choice, shapes.get(0).dimension(0), count);
    String zeros = "torch.zeros((" + count + ", *%1$s.shape[1:]))";
    String at = "torch.asarray([" + list(rows) + "], dtype=int)";
    return call(
        spelling(
                "%s.scatterRows(" + count + (rows.length == 0 ? "" : ", ") + list(rows) + ")",
                zeros + ".index_add(0, " + at + ", %1$s)")
            .inJax((zeros + ".at[" + at + "].add(%1$s)").replace("torch.", "jnp.")),
        x -> x.scatterRows(count, rows));
  }

  /** Some row numbers below the count, often with repetition. */
  private static int[] rows(int choice, int length, int count) {
    return IntStream.range(0, length).map(i -> (choice + i * (choice / 4)) % count).toArray();
  }

  /** Picks one element of each row. */
  static Optional<Call> pick(List<Shape> shapes, int choice) {
    Shape shape = shapes.get(0);
    if (shape.rank() == 0 || shape.dimension(-1) == 0) {
      return Optional.empty();
    }
    Shape picked = Shape.of(Arrays.copyOf(shape.dimensions(), shape.rank() - 1));
    int[] columns = rows(choice, picked.size(), shape.dimension(-1));
    String at = index(columns, picked);
    return call(
        spelling(
                "%s.pick(" + tensor(columns, picked) + ")",
                "torch.squeeze(torch.take_along_dim(%s, " + at + ", -1), -1)")
            .inJax("jnp.squeeze(jnp.take_along_axis(%s, " + jnp(at) + ", -1), -1)"),
        x -> x.pick(tensorOf(columns, picked)));
  }

  /** Places each element in a row of its own. */
  static Optional<Call> unpick(List<Shape> shapes, int choice) {
    Shape shape = shapes.get(0);
    int n = 1 + choice % 3;
    int[] columns = rows(choice / 2, shape.size(), n);
    String at = index(columns, shape);
    String zeros = "torch.zeros((*%1$s.shape, " + n + "))";
    return call(
        spelling(
                "%s.unpick(" + tensor(columns, shape) + ", " + n + ")",
                zeros + ".scatter(-1, " + at + ", %1$s[..., None])")
            .inJax(
                "jnp.put_along_axis("
                    + jnp(zeros + ", " + at)
                    + ", %1$s[..., None], -1, inplace=False)"),
        x -> x.unpick(tensorOf(columns, shape), n));
  }

  /** Indices as a tensor with one more axis at the end, in Python. */
  private static String index(int[] columns, Shape shape) {
    int[] lengths = Arrays.copyOf(shape.dimensions(), shape.rank() + 1);
    lengths[shape.rank()] = 1;
    return "torch.asarray([%s], dtype=int).reshape(%s)".formatted(list(columns), tuple(lengths));
  }

  private static String jnp(String pytorch) {
    return pytorch.replace("torch.", "jnp.");
  }

  private static String tensor(int[] columns, Shape shape) {
    String values = columns.length == 0 ? "" : ", " + list(columns);
    return "Tensor.of(Shape.of(" + list(shape) + ")" + values + ")";
  }

  private static Tensor tensorOf(int[] columns, Shape shape) {
    return Tensor.of(shape, Arrays.stream(columns).asDoubleStream().toArray());
  }
}
