package org.spikelet.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.check.GradientCheck;
import org.spikelet.examples.Example08Gpt.Gpt;
import org.spikelet.nn.Module;
import org.spikelet.optim.Adam;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Trainer;

/** The small GPT trains as its twin in PyTorch does, {@code benchmarks/peers/gpt.py}. */
class Example08GptTest {

  private static final int BATCH = 32;

  /**
   * The losses of 50 steps with Adam, in float64, from PyTorch 2.13: {@code gpt.py --losses 50
   * names.txt}.
   */
  @Test
  void itsLossesAreThoseOfPyTorch() throws IOException {
    double[] expected = lines("gpt-losses.txt").stream().mapToDouble(Double::parseDouble).toArray();
    assertThat(expected).hasSize(50);
    List<String> names = lines("names.txt").subList(0, expected.length * BATCH);
    Gpt gpt = Gpt.of(2, 64, 4, new SplittableRandom(1));
    fill(gpt);

    double[] losses = new double[expected.length];
    DataLoader inOrder = new DataLoader(Example08Gpt.examples(names), BATCH);
    new Trainer(gpt::forward, Example08Gpt.LOSS, new Adam(gpt.parameters()), inOrder)
        .listen(step -> losses[(int) step.number()] = step.loss())
        .run(expected.length);

    assertThat(losses).containsExactly(expected, within(1e-9));
    assertThat(losses[0] - losses[losses.length - 1]).isGreaterThan(0.5);
  }

  /** Weights from a linear congruential generator, in the order of the state; norms near 1. */
  private static void fill(Module gpt) {
    long[] state = {8};
    gpt.state()
        .forEach(
            (path, parameter) ->
                parameter.update(
                    values ->
                        Arrays.setAll(
                            values,
                            i -> {
                              state[0] = (1103515245 * state[0] + 12345) % (1L << 31);
                              double centre = path.contains("norm") ? 1 : 0;
                              return 0.2 * (state[0] * 0x1p-31 - 0.5) + centre;
                            })));
  }

  @Test
  void itsDerivativesAreRightToSecondOrder() {
    Gpt gpt = Gpt.of(1, 4, 2, new SplittableRandom(3));
    Dataset data = Example08Gpt.examples(List.of("ida", "bo"));
    new GradientCheck()
        .withOrder(2)
        .withParameters(gpt.parameters())
        .check(
            "gpt",
            in ->
                Example08Gpt.LOSS
                    .apply(gpt.forward(data.inputs()), data.targets())
                    .mul(in.get(0).square()),
            Tensor.scalar(1.5));
  }

  /** Each place is asked for the letter that follows, the last for the end, and no other place. */
  @Test
  void aNameIsARowOfLettersAndOfThoseThatFollow() {
    Dataset data = Example08Gpt.examples(List.of("abz", "christophers"));
    assertThat(data.inputs().gatherRows(0).toArray())
        .startsWith(0, 1, 2, 26, 0)
        .hasSize(Example08Gpt.CONTEXT);
    assertThat(data.targets().gatherRows(0).toArray()).startsWith(1, 2, 26, 0, -1).endsWith(-1);
    assertThat(Arrays.stream(data.targets().toArray()).filter(code -> code >= 0).count())
        .isEqualTo(4 + 13);
  }

  /** What stands behind a name has no influence on its loss, nor on its gradient. */
  @Test
  void whatFollowsTheEndOfANameDoesNotCount() {
    Gpt gpt = Gpt.of(1, 8, 2, new SplittableRandom(3));
    Dataset data = Example08Gpt.examples(List.of("ida"));
    double[] other = data.inputs().toArray();
    Arrays.fill(other, 4, other.length, 7);
    double[][] norms = new double[2][];
    for (int k = 0; k < 2; k++) {
      Tensor codes = k == 0 ? data.inputs() : Tensor.of(data.inputs().shape(), other);
      try (Tape tape = Tape.record()) {
        Tensor loss = Example08Gpt.LOSS.apply(gpt.forward(codes), data.targets());
        norms[k] = new double[] {loss.item(), tape.gradients(loss).norm()};
      }
    }
    assertThat(norms[1]).containsExactly(norms[0], within(1e-14));
  }

  private static List<String> lines(String resource) throws IOException {
    try (BufferedReader text =
        new BufferedReader(
            new InputStreamReader(
                Example08Gpt.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
      return text.lines().toList();
    }
  }
}
