package org.spikelet.testing.oracle;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.testing.Graph;

/**
 * A program in several languages, and what this library answers.
 *
 * @param id kind and seed
 * @param upstream u, of the shape of y
 * @param directions for each input, of its shape: what the Hessian is multiplied with
 * @param documented the names of the documented differences that the program meets
 */
record Question(
    @JsonProperty("id") String id,
    @JsonProperty("java") String java,
    @JsonProperty("pytorch") String pytorch,
    @JsonProperty("jax") String jax,
    @JsonProperty("upstream") List<String> upstream,
    @JsonProperty("directions") List<List<String>> directions,
    @JsonProperty("documented") List<String> documented,
    @JsonProperty("answer") Answer answer) {

  static Question of(Kind kind, long seed) {
    Graph graph = kind.program(seed);
    SplittableRandom random = new SplittableRandom(seed);
    Tensor upstream = random(graph.apply(graph.inputs()).shape(), random);
    List<Tensor> directions =
        graph.inputs().stream().map(input -> random(input.shape(), random)).toList();
    return new Question(
        kind.name().toLowerCase(Locale.ROOT) + "-" + seed,
        graph.code(),
        graph.pytorch(),
        graph.jax(),
        Doubles.write(upstream.toArray()),
        directions.stream().map(d -> Doubles.write(d.toArray())).toList(),
        Documented.met(graph),
        Spikelet.answer(graph, upstream, directions));
  }

  /** Numbers between ½ and 1 in size, of either sign. */
  private static Tensor random(Shape shape, SplittableRandom random) {
    double[] values = random.doubles(shape.size(), 0.5, 1).toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextBoolean() ? values[i] : -values[i];
    }
    return Tensor.of(shape, values);
  }
}
