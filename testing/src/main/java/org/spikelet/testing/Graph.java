package org.spikelet.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.check.GradientCheck;

/**
 * A program of a few operations, together with the tensors to run it on.
 *
 * <p>{@link #toString} is Java code to paste, {@link #pytorch} the same program for PyTorch.
 */
public final class Graph {

  /** One operation, and the places of its operands among inputs and earlier nodes. */
  record Node(GraphOperation.Call call, List<Integer> operands) {}

  private final List<Tensor> inputs;
  private final List<Node> nodes;

  Graph(List<Tensor> inputs, List<Node> nodes) {
    this.inputs = List.copyOf(inputs);
    this.nodes = List.copyOf(nodes);
  }

  /** Returns the tensors to run the program on, which belong to no tape. */
  public List<Tensor> inputs() {
    return inputs;
  }

  /** Returns the number of operations. */
  public int size() {
    return nodes.size();
  }

  /**
   * Runs the program.
   *
   * @param operands as many as there are inputs, of the same shapes
   * @throws IllegalArgumentException if their number differs
   */
  public Tensor apply(List<Tensor> operands) {
    if (operands.size() != inputs.size()) {
      throw new IllegalArgumentException(
          "graph: needs %s inputs, got %s".formatted(inputs.size(), operands.size()));
    }
    List<Tensor> values = new ArrayList<>(operands);
    for (Node node : nodes) {
      values.add(node.call.function().apply(node.operands.stream().map(values::get).toList()));
    }
    return values.get(values.size() - 1);
  }

  /**
   * Compares the gradients with central differences to second order, as the printed code does.
   *
   * @throws AssertionError if a derivative is wrong
   */
  public void check() {
    check(new GradientCheck().withOrder(2));
  }

  /**
   * Compares the gradients with central differences, with a check of one's own.
   *
   * @throws AssertionError if a derivative is wrong
   */
  public void check(GradientCheck check) {
    check.check("graph", this::apply, inputs.toArray(Tensor[]::new));
  }

  /** Returns Java statements that check this program, to be pasted into a test. */
  public String code() {
    StringBuilder code = new StringBuilder();
    code.append("// import org.spikelet.autodiff.*; import org.spikelet.autodiff.check.*;\n");
    code.append("new GradientCheck().withOrder(2).check(\n    \"graph\",\n    in -> {\n");
    for (int k = 0; k < inputs.size(); k++) {
      code.append("      Tensor %s = in.get(%s);\n".formatted(name(k), k));
    }
    for (int k = 0; k < nodes.size(); k++) {
      Node node = nodes.get(k);
      Object[] operands = node.operands.stream().map(Graph::name).toArray();
      String call = node.call.spelling().java().formatted(operands);
      code.append("      Tensor %s = %s;\n".formatted(name(inputs.size() + k), call));
    }
    code.append("      return %s;\n    },\n".formatted(name(inputs.size() + nodes.size() - 1)));
    return code.append(inputs.stream().map(Graph::literal).collect(Collectors.joining(",\n")))
        .append(");")
        .toString();
  }

  /**
   * Returns this program in PyTorch: a Python function {@code graph} and the list {@code inputs} to
   * call it with.
   *
   * @throws IllegalStateException if an operation is not spelled in PyTorch
   */
  public String pytorch() {
    return PythonCode.PYTORCH.of(inputs, nodes);
  }

  /**
   * Returns this program in JAX: a Python function {@code graph} and the list {@code inputs} to
   * call it with.
   *
   * @throws IllegalStateException if an operation is not spelled in JAX
   */
  public String jax() {
    return PythonCode.JAX.of(inputs, nodes);
  }

  /**
   * Runs the program on its inputs and shows each operation: its Java code, with a {@code %s} for
   * each operand, and the operands' values.
   */
  public void forEach(BiConsumer<String, List<Tensor>> visitor) {
    List<Tensor> values = new ArrayList<>(inputs);
    for (Node node : nodes) {
      List<Tensor> operands = node.operands.stream().map(values::get).toList();
      visitor.accept(node.call.spelling().java(), operands);
      values.add(node.call.function().apply(operands));
    }
  }

  /** Returns the {@link #code}. */
  @Override
  public String toString() {
    return "\n" + code() + "\n";
  }

  /** Returns this graph without the operations and inputs that its output does not depend on. */
  Graph trimmed() {
    boolean[] used = new boolean[inputs.size() + nodes.size()];
    used[used.length - 1] = true;
    for (int k = used.length - 1; k >= inputs.size(); k--) {
      if (used[k]) {
        nodes.get(k - inputs.size()).operands.forEach(operand -> used[operand] = true);
      }
    }
    int[] places = new int[used.length];
    for (int k = 0, place = 0; k < used.length; k++) {
      places[k] = used[k] ? place++ : -1;
    }
    Function<Node, Node> moved =
        node -> new Node(node.call, node.operands.stream().map(k -> places[k]).toList());
    return new Graph(
        IntStream.range(0, inputs.size()).filter(k -> used[k]).mapToObj(inputs::get).toList(),
        IntStream.range(inputs.size(), used.length)
            .filter(k -> used[k])
            .mapToObj(k -> moved.apply(nodes.get(k - inputs.size())))
            .toList());
  }

  static String name(int place) {
    return place < 26 ? String.valueOf((char) ('a' + place)) : "t" + place;
  }

  private static String literal(Tensor input) {
    String values =
        Arrays.stream(input.toArray()).mapToObj(Double::toString).collect(Collectors.joining(", "));
    return switch (input.shape().rank()) {
      case 0 -> "    Tensor.scalar(" + values + ")";
      case 1 -> "    Tensor.vector(" + values + ")";
      default -> "    Tensor.of(Shape.of(" + lengths(input.shape()) + "), " + values + ")";
    };
  }

  private static String lengths(Shape shape) {
    return Arrays.stream(shape.dimensions())
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", "));
  }
}
