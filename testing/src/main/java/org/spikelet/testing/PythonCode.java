package org.spikelet.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/** Prints programs for the frameworks that are called from Python. */
enum PythonCode {
  PYTORCH(
      "PyTorch",
      """
      import torch
      torch.set_default_dtype(torch.float64)
      """,
      "torch.tensor",
      Spelling::pytorch),

  JAX(
      "JAX",
      """
      import jax
      import jax.numpy as jnp
      jax.config.update("jax_enable_x64", True)
      """,
      "jnp.array",
      Spelling::jax);

  private final String framework;
  private final String header;
  private final String array;

  @SuppressWarnings("ImmutableEnumChecker") // the accessors above have no state
  private final Function<Spelling, Optional<String>> spelling;

  PythonCode(
      String framework,
      String header,
      String array,
      Function<Spelling, Optional<String>> spelling) {
    this.framework = framework;
    this.header = header;
    this.array = array;
    this.spelling = spelling;
  }

  /** Returns a function of the inputs and the inputs themselves. */
  String of(List<Tensor> inputs, List<Graph.Node> nodes) {
    String names =
        IntStream.range(0, inputs.size()).mapToObj(Graph::name).collect(Collectors.joining(", "));
    StringBuilder code = new StringBuilder(header);
    code.append("\ndef graph(").append(names).append("):\n");
    for (int k = 0; k < nodes.size(); k++) {
      Graph.Node node = nodes.get(k);
      Object[] operands = node.operands().stream().map(Graph::name).toArray();
      code.append("    %s = ".formatted(Graph.name(inputs.size() + k)))
          .append(spelled(node.call().spelling()).formatted(operands))
          .append('\n');
    }
    code.append("    return %s\n".formatted(Graph.name(inputs.size() + nodes.size() - 1)));
    code.append("\ninputs = [\n");
    inputs.forEach(input -> code.append("    %s,\n".formatted(literal(input))));
    return code.append("]\n").toString();
  }

  private String spelled(Spelling operation) {
    return spelling
        .apply(operation)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "graph: '%s' is not spelled in %s; add .in%s(…) to its Spelling"
                        .formatted(operation.java(), framework, this == JAX ? "Jax" : framework)));
  }

  private String literal(Tensor input) {
    String values =
        Arrays.stream(input.toArray())
            .mapToObj(PythonCode::number)
            .collect(Collectors.joining(", "));
    String shape = input.shape().rank() == 1 ? "" : ".reshape(" + tuple(input.shape()) + ")";
    return "%s([%s])%s".formatted(array, values, shape);
  }

  private static String number(double value) {
    return Double.isFinite(value)
        ? Double.toString(value)
        : "float(\"%s\")".formatted(Double.toString(value).replace("Infinity", "inf"));
  }

  /** Returns a shape as Python writes it: (), (2,), (2, 3). */
  static String tuple(Shape shape) {
    return tuple(shape.dimensions());
  }

  /** Returns numbers as Python writes them: (), (2,), (2, 3). */
  static String tuple(int... numbers) {
    String list =
        Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    return numbers.length == 1 ? "(" + list + ",)" : "(" + list + ")";
  }
}
