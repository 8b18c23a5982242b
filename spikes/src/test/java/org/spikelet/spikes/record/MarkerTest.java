package org.spikelet.spikes.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  /** As often as twice the last that is known is not unusual; more often is. */
  @Test
  void whatIsChangedMoreThanTwiceAsOftenIsCopiedAgain() {
    int[] changes = {1, 2, 1, 4, 1, 5};
    assertThat(copied(step -> step < changes.length ? changes[step] : 0)).containsExactly(1, 5);
  }

  @Test
  void severalParametersAreCopiedInOneStep() {
    Parameter other = Parameter.frozen("other", Tensor.vector(8, 9));
    Marker marker = new Marker(List.of(parameter, other), List.of());
    marker.take(Gradients.none());
    parameter.update(w -> w[1] = 7);
    other.update(w -> {});
    Marks marks = marker.take(Gradients.none());
    assertThat(marks.copy(0).orElseThrow()).containsExactly(0, 7, 0);
    assertThat(marks.copy(1).orElseThrow()).containsExactly(8, 9);
  }

  @Test
  void changesBeforeAMarkerIsMadeAreNone() {
    parameter.update(w -> {});
    assertThat(new Marker(List.of(parameter), List.of()).take(Gradients.none()).changes(0))
        .isZero();
  }

  /** Of 64 values each fourth is printed, in order. */
  @Test
  void aPrintTellsValuesApart() {
    Parameter large = Parameter.frozen("large", Tensor.zeros(Shape.of(64)));
    Marker marker = new Marker(List.of(large), List.of());
    Set<Long> prints = new HashSet<>();
    for (int k = 0; k < 16; k++) {
      int at = 4 * k;
      large.update(w -> w[at] = 1);
      prints.add(marker.take(Gradients.none()).print(0));
      large.update(w -> w[at] = 0);
    }
    assertThat(prints).hasSize(16);
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
