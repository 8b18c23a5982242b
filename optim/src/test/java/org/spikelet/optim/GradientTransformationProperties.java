package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.GradientTransformationTable.AdaptiveClipping;
import org.spikelet.optim.GradientTransformationTable.Fading;

/** Gradient transformations with state, one after the other, saved and restored. */
class GradientTransformationProperties {

  private static TransformedRun run(long seed) {
    return new TransformedRun(
        seed, p -> new AdaptiveClipping().then(Clipping.value(0.1)).then(new Fading()));
  }

  @Property(tries = 50)
  void aRunThatWasSavedAndResumedHasTheSameBits(
      @ForAll long seed, @ForAll @IntRange(max = 20) int saved) {
    int steps = 25;
    TransformedRun whole = run(seed);
    whole.train(0, steps);

    TransformedRun stopped = run(seed);
    stopped.train(0, saved);
    List<Tensor> state = stopped.transformation.save();

    TransformedRun resumed = run(seed);
    resumed.continueFrom(stopped.parameters(), stopped.adam.save(), state);
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
  void theStateOfAnotherChainIsRefusedAndNothingHasChanged() {
    GradientTransformation chain = new Fading().then(new AdaptiveClipping());
    chain.apply(Steps.gradients(Steps.parameter(0), 3));
    assertThatThrownBy(() -> chain.restore(List.of(Tensor.scalar(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the first gradient transformation saves 2 tensors, there are 1");
    assertThatThrownBy(() -> chain.restore(new Fading().save()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one tensor, got 0");
    assertThat(chain.save().get(0).item()).as("steps of the first").isEqualTo(1);
    assertThat(chain.save().get(2).toArray()).as("mean of the second").containsExactly(3, 1);
  }
}
