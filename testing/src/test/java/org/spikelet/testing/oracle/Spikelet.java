package org.spikelet.testing.oracle;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.testing.Graph;

/** This library's answers. */
final class Spikelet {

  private Spikelet() {}

  /**
   * Runs a program and differentiates it twice.
   *
   * @param upstream of the shape of y
   * @param directions one for each input
   */
  static Answer answer(Graph graph, Tensor upstream, List<Tensor> directions) {
    try (Tape tape = Tape.record()) {
      List<Tensor> leaves = graph.inputs().stream().map(tape::watch).toList();
      Tensor y = graph.apply(leaves);
      List<Tensor> zeros = leaves.stream().map(x -> Tensor.zeros(x.shape())).toList();
      List<Tensor> gradients = zeros;
      List<Tensor> products = zeros;
      if (tape.tracks(y)) {
        gradients = of(tape.recordedGradients(y, upstream), leaves);
        Tensor slope = dot(gradients, directions);
        if (tape.tracks(slope)) {
          products = of(tape.gradients(slope), leaves);
        }
      }
      return new Answer(
          Arrays.stream(y.shape().dimensions()).boxed().toList(),
          Doubles.write(y.toArray()),
          gradients.stream().map(g -> Doubles.write(g.toArray())).toList(),
          products.stream().map(g -> Doubles.write(g.toArray())).toList());
    }
  }

  private static List<Tensor> of(Gradients gradients, List<Tensor> leaves) {
    return leaves.stream().map(gradients::of).toList();
  }

  private static Tensor dot(List<Tensor> a, List<Tensor> b) {
    return IntStream.range(0, a.size())
        .mapToObj(k -> a.get(k).mul(b.get(k)).sum())
        .reduce(Tensor::add)
        .orElseThrow();
  }
}
