package org.spikelet.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/** What a graph prints for PyTorch and JAX, letter by letter. */
class PythonCodeTest {

  private static final GraphOperation TANH =
      Choices.unary("%s.tanh()", "torch.tanh(%s)", Tensor::tanh);

  private static final GraphOperation MATMUL =
      Choices.binary("%s.matmul(%s)", "torch.matmul(%s, %s)", Tensor::matmul);

  private static final GraphOperation PAD = GraphOperation.of(1, Moves::pad);

  private static final GraphOperation SCATTER = GraphOperation.of(1, Moves::scatterRows);

  @Test
  void aProgramInPyTorch() {
    assertThat(example().pytorch())
        .isEqualTo(
            """
            import torch
            torch.set_default_dtype(torch.float64)

            def graph(a, b):
                c = torch.tanh(b)
                d = torch.matmul(a, c)
                e = torch.nn.functional.pad(d, (1, 1))
                f = torch.zeros((3, *e.shape[1:])).index_add(0, torch.asarray([2, 0, 1], dtype=int), e)
                return f

            inputs = [
                torch.tensor([0.5, -0.0]).reshape((1, 2)),
                torch.tensor([1.0, 1.0E-7]),
            ]
            """);
  }

  @Test
  void theSameProgramInJax() {
    assertThat(example().jax())
        .isEqualTo(
            """
            import jax
            import jax.numpy as jnp
            jax.config.update("jax_enable_x64", True)

            def graph(a, b):
                c = jnp.tanh(b)
                d = jnp.matmul(a, c)
                e = jnp.pad(d, [(1, 1)])
                f = jnp.zeros((3, *e.shape[1:])).at[jnp.asarray([2, 0, 1], dtype=int)].add(e)
                return f

            inputs = [
                jnp.array([0.5, -0.0]).reshape((1, 2)),
                jnp.array([1.0, 1.0E-7]),
            ]
            """);
  }

  @Test
  void emptyTensorsScalarsAndSpecialNumbers() {
    Graph graph =
        graph(
            List.of(
                Tensor.of(Shape.of(0, 2)),
                Tensor.scalar(Double.NaN),
                Tensor.vector(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)),
            new GraphBuilder.Step(TANH, 0, 0, 0));
    assertThat(graph.pytorch())
        .contains(
            """
            inputs = [
                torch.tensor([]).reshape((0, 2)),
                torch.tensor([float("NaN")]).reshape(()),
                torch.tensor([float("inf"), float("-inf")]),
            ]
            """);
  }

  @Test
  void anOperationOfOnesOwnWithoutAPyTorchSpelling() {
    Graph graph =
        graph(
            List.of(Tensor.scalar(1)),
            new GraphBuilder.Step(GraphOperation.unary("Cube.cube(%s)", Wrong::cube), 0, 0, 0));
    assertThat(graph.code()).contains("Tensor b = Cube.cube(a);");
    assertThatThrownBy(graph::pytorch)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "graph: 'Cube.cube(%s)' is not spelled in PyTorch; add .inPyTorch(…) to its Spelling");
    assertThatThrownBy(graph::jax)
        .hasMessage("graph: 'Cube.cube(%s)' is not spelled in JAX; add .inJax(…) to its Spelling");
  }

  @Test
  void anOperationOfOnesOwnWithASpelling() {
    Spelling spelling = Spelling.inJava("Cube.cube(%s)").inPyTorch("%1$s * %1$s * %1$s");
    Graph graph =
        graph(
            List.of(Tensor.scalar(1)),
            new GraphBuilder.Step(GraphOperation.unary(spelling, Wrong::cube), 0, 0, 0));
    assertThat(graph.pytorch()).contains("    b = a * a * a\n    return b\n");
  }

  private static Graph example() {
    return graph(
        List.of(Tensor.of(Shape.of(1, 2), 0.5, -0.0), Tensor.vector(1, 1e-7)),
        new GraphBuilder.Step(TANH, 0, 0, 0),
        new GraphBuilder.Step(MATMUL, 2, 0, 0),
        new GraphBuilder.Step(PAD, 0, 0, 1),
        new GraphBuilder.Step(SCATTER, 0, 0, 5));
  }

  private static Graph graph(List<Tensor> inputs, GraphBuilder.Step... steps) {
    return GraphBuilder.build(inputs, List.of(steps), Terrain.ANYWHERE, 4);
  }
}
