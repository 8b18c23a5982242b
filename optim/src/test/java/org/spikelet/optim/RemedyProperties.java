package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/** Transformations that follow the gradients, one after the other, with every optimizer. */
class RemedyProperties {

  private static final int STEPS = 40;

  /** All of them, with short memories, so that in 40 steps each has something to do. */
  private static GradientTransformation chain(List<Parameter> parameters) {
    return new SkipStep(new SkipStep.Settings(8, 2))
        .then(new AdaGc(parameters, AdaGc.DEFAULTS.withWarmUp(3)))
        .then(new ZClip(ZClip.DEFAULTS.withWarmUp(5).withThreshold(1)));
  }

  /** A training with gradients drawn from a seed, now and then large ones. */
  private static final class Run {
    private final Parameter a = Steps.parameter(1, -2, 3);
    private final Parameter b = Steps.parameter(0.5);
    private final Optimizer optimizer;
    private final GradientTransformation transformation;
    private final long seed;

    Run(OptimizerTable.Row row, long seed) {
      this.optimizer = row.make(0.01, a, b);
      this.transformation = chain(List.of(a, b));
      this.seed = seed;
    }

    void train(int from, int to) {
      for (int t = from; t < to; t++) {
        SplittableRandom random = new SplittableRandom(seed + t);
        double size = random.nextInt(5) == 0 ? 20 : 1;
        double[] g = random.doubles(4, -size, size).toArray();
        try (Tape tape = Tape.record()) {
          Tensor loss =
              a.mul(Tensor.vector(g[0], g[1], g[2])).sum().add(b.square().mul(g[3]).sum());
          optimizer.step(transformation.apply(tape.gradients(loss)));
        }
      }
    }

    double[] weights() {
      return new double[] {a.get(0), a.get(1), a.get(2), b.get(0)};
    }
  }

  @Provide
  Arbitrary<OptimizerTable.Row> optimizers() {
    return Arbitraries.of(OptimizerTable.rows().toList());
  }

  @Property(tries = 200)
  void aResumedRunHasTheSameBits(
      @ForAll("optimizers") OptimizerTable.Row row,
      @ForAll long seed,
      @ForAll @IntRange(max = STEPS) int saved) {
    Run whole = new Run(row, seed);
    whole.train(0, STEPS);

    Run stopped = new Run(row, seed);
    stopped.train(0, saved);
    List<Tensor> state = stopped.transformation.save();
    Run resumed = new Run(row, seed);
    resumed.a.assign(stopped.a);
    resumed.b.assign(stopped.b);
    resumed.optimizer.restore(stopped.optimizer.save());
    resumed.transformation.restore(state);
    stopped.train(saved, STEPS); // must not change what was saved
    resumed.train(saved, STEPS);

    assertThat(resumed.weights()).containsExactly(whole.weights());
    assertThat(stopped.weights()).containsExactly(whole.weights());
    assertThat(arrays(resumed)).isDeepEqualTo(arrays(whole));
  }

  private static double[][] arrays(Run run) {
    return run.transformation.save().stream().map(Tensor::toArray).toArray(double[][]::new);
  }

  /** It shortens and does not turn; what it returns is no longer than what it got. */
  @Property(tries = 200)
  void noGradientIsTurnedOrLengthened(@ForAll long seed) {
    Parameter a = Steps.parameter(0, 0);
    Parameter b = Steps.parameter(0);
    List<GradientTransformation> each =
        List.of(
            new ZClip(ZClip.DEFAULTS.withWarmUp(5)),
            new AdaGc(List.of(a, b), AdaGc.DEFAULTS.withWarmUp(5)),
            new SkipStep(new SkipStep.Settings(8, 1)));
    SplittableRandom random = new SplittableRandom(seed);
    for (int t = 0; t < STEPS; t++) {
      double[] g = random.doubles(3, -2, 2).map(x -> x * x * x).toArray();
      Gradients before;
      try (Tape tape = Tape.record()) {
        before =
            tape.gradients(a.mul(Tensor.vector(g[0], g[1])).sum().add(b.mul(g[2]).sum())).copy();
      }
      for (GradientTransformation one : each) {
        Gradients after = one.apply(before);
        for (Parameter leaf : List.of(a, b)) {
          assertThat(stretch(before.of(leaf).toArray(), after.of(leaf).toArray()))
              .isBetween(0.0, 1 + 1e-12);
        }
      }
    }
  }

  /** The factor from one to the other; NaN if there is none. */
  private static double stretch(double[] from, double[] to) {
    double factor = from[0] == 0 ? 1 : Math.abs(to[0]) / Math.abs(from[0]);
    boolean parallel =
        Arrays.equals(from, to)
            || IntStream.range(0, from.length)
                .allMatch(i -> Math.abs(factor * from[i] - to[i]) <= 1e-12 * Math.abs(from[i]));
    return parallel ? factor : Double.NaN;
  }
}
