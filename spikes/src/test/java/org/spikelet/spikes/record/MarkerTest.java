package org.spikelet.spikes.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/** Copies of values must not pile up, however often a parameter is changed. */
class MarkerTest {

  private static final int STEPS = 512;

  private final Parameter parameter = Parameter.frozen("state", Tensor.zeros(Shape.of(3)));

  /** The steps with a copy. */
  private int[] copied(IntUnaryOperator changes) {
    Marker marker = new Marker(List.of(parameter), List.of());
    return IntStream.range(0, STEPS)
        .filter(
            step -> {
              IntStream.range(0, changes.applyAsInt(step)).forEach(i -> parameter.update(w -> {}));
              return marker.take(Gradients.none()).copy(0).isPresent();
            })
        .toArray();
  }

  @Test
  void whatIsChangedEverMoreOftenIsCopiedSeldom() {
    assertThat(copied(step -> step).length).isBetween(1, 14);
  }

  @Test
  void whatIsChangedEveryOtherStepIsCopiedOnceIn128Steps() {
    assertThat(copied(step -> 1 + step % 2)).containsExactly(1, 129, 257, 385);
  }

  @Test
  void whatIsChangedInEachStepIsNotCopied() {
    assertThat(copied(step -> 3)).isEmpty();
  }

  @Test
  void whatIsLeftOutIsNoChange() {
    Marker marker = new Marker(List.of(parameter), List.of());
    parameter.update(w -> {});
    marker.leaveOut(() -> IntStream.range(0, 9).forEach(i -> parameter.update(w -> {})));
    parameter.update(w -> {});
    assertThat(marker.take(Gradients.none()).changes(0)).isEqualTo(2);
  }
}
