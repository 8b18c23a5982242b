package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Sequential;

/** Gradient transformations with state, one after the other, saved and restored. */
class GradientTransformationProperties {

  /** Clips at twice the running mean of the norms: what it does depends on all steps before. */
  private static final class AdaptiveClipping implements GradientTransformation {
    private double mean;
    private double steps;

    @Override
    public Gradients apply(Gradients gradients) {
      double norm = gradients.norm();
      double limit = steps == 0 ? norm : 2 * mean;
      mean += (Math.min(norm, limit) - mean) / ++steps;
      return norm > limit ? gradients.scale(limit / norm) : gradients;
    }

    @Override
    public List<Tensor> save() {
      return List.of(Tensor.vector(mean, steps));
    }

    @Override
    public void restore(List<Tensor> saved) {
      if (saved.size() != 1) {
        throw new IllegalArgumentException("restore: one tensor, got " + saved.size());
      }
      mean = saved.get(0).get(0);
      steps = saved.get(0).get(1);
    }
  }

  /** Scales by 1, ½, ⅓, …. */
  private static final class Fading implements GradientTransformation {
    private double steps;

    @Override
    public Gradients apply(Gradients gradients) {
      return gradients.scale(1 / ++steps);
    }

    @Override
    public List<Tensor> save() {
      return List.of(Tensor.scalar(steps), Tensor.scalar(0));
    }

    @Override
    public void restore(List<Tensor> saved) {
      if (saved.size() != 2) {
        throw new IllegalArgumentException("restore: two tensors, got " + saved.size());
      }
      steps = saved.get(0).item();
    }
  }

  /** One training, from the seed. */
  private static final class Run {
    private final RandomGenerator random;
    private final Sequential net;
    private final Adam adam;
    private final GradientTransformation transformation =
        new AdaptiveClipping().then(Clipping.value(0.1)).then(new Fading());
    private final DataLoader loader;

    Run(long seed) {
      random = new SplittableRandom(seed);
      net = Sequential.of(Dense.of(3, 4, random), Activation.TANH, Dense.of(4, 1, random));
      adam = new Adam(net.parameters(), 0.01);
      loader = new DataLoader(new Dataset(uniform(11, 3), uniform(11, 1)), 2).withShuffle(seed);
    }

    private Tensor uniform(int rows, int columns) {
      return Tensor.of(
          Shape.of(rows, columns), random.doubles((long) rows * columns, -5, 5).toArray());
    }

    /** A loop of one's own, from one step to another. */
    void train(int from, int to) {
      for (int t = from; t < to; t++) {
        Batch batch = loader.batch(t);
        try (Tape tape = Tape.record()) {
          Tensor loss = Losses.meanSquaredError(net.forward(batch.inputs()), batch.targets());
          adam.step(transformation.apply(tape.gradients(loss)));
        }
      }
    }

    double[] weights() {
      return net.parameters().stream().flatMapToDouble(p -> Arrays.stream(p.toArray())).toArray();
    }
  }

  @Property(tries = 50)
  void aRunThatWasSavedAndResumedHasTheSameBits(
      @ForAll long seed, @ForAll @IntRange(max = 20) int saved) {
    int steps = 25;
    Run whole = new Run(seed);
    whole.train(0, steps);

    Run stopped = new Run(seed);
    stopped.train(0, saved);
    List<Tensor> state = stopped.transformation.save();

    Run resumed = new Run(seed);
    for (int k = 0; k < resumed.net.parameters().size(); k++) {
      Parameter parameter = resumed.net.parameters().get(k);
      parameter.assign(stopped.net.parameters().get(k));
    }
    resumed.adam.restore(stopped.adam.save());
    resumed.transformation.restore(state);
    stopped.train(saved, steps); // must not change what was saved
    resumed.train(saved, steps);

    assertThat(resumed.weights()).containsExactly(whole.weights());
    assertThat(stopped.weights()).containsExactly(whole.weights());
    for (int i = 0; i < 3; i++) {
      assertThat(resumed.transformation.save().get(i).toArray())
          .containsExactly(whole.transformation.save().get(i).toArray());
    }
  }

  @Example
  void theyAreAppliedInTurn() {
    Parameter w = Steps.parameter(0, 0);
    Gradients gradients = Steps.gradients(w, 3, -8);
    GradientTransformation half = g -> g.scale(0.5);
    assertThat(half.then(Clipping.value(2)).apply(gradients).of(w).toArray())
        .containsExactly(1.5, -2);
    assertThat(Clipping.value(2).then(half).apply(gradients).of(w).toArray())
        .containsExactly(1, -1);
  }

  @Example
  void oneThatRemembersNothingHasNothingToRestore() {
    GradientTransformation clipping = Clipping.value(1);
    assertThat(clipping.save()).isEmpty();
    clipping.restore(List.of());
    assertThatThrownBy(() -> clipping.restore(List.of(Tensor.scalar(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("remembers nothing, it was given 1 tensors");
  }

  @Example
  void theStateOfAnotherChainIsRefused() {
    GradientTransformation chain = new Fading().then(new AdaptiveClipping());
    assertThatThrownBy(() -> chain.restore(List.of(Tensor.scalar(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the first gradient transformation saves 2 tensors, there are 1");
    assertThatThrownBy(() -> chain.restore(new Fading().save()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one tensor, got 0");
  }
}
