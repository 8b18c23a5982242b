package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.check.GradientCheck;
import org.spikelet.nn.LossTable.Row;

/** What holds for every loss. */
class LossTableTest {

  private static final int[] ORDER = {2, 3, 1, 0};

  static List<Row> losses() {
    return LossTable.rows();
  }

  @Test
  void noLossIsMissingFromTheTable() {
    List<String> declared =
        Arrays.stream(Losses.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(LossTableTest::signature)
            .toList();
    assertThat(LossTable.rows())
        .extracting(Row::signature)
        .containsExactlyInAnyOrderElementsOf(declared);
  }

  private static String signature(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(",", method.getName() + "(", ")"));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void derivativesAreRightToSecondOrder(Row row) {
    new GradientCheck()
        .withOrder(2)
        .check(
            row.signature(),
            in -> row.function().apply(in.get(0), row.targets()),
            row.predictions());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void itIsAPositiveScalar(Row row) {
    Tensor loss = row.function().apply(row.predictions(), row.targets());
    assertThat(loss.shape()).isEqualTo(Shape.of());
    assertThat(loss.item()).isPositive();
  }

  /** A mean stays when the batch is doubled, a sum doubles. */
  @ParameterizedTest
  @MethodSource("losses")
  void aBatchTwiceOver(Row row) {
    double once = row.function().apply(row.predictions(), row.targets()).item();
    double twice = row.function().apply(doubled(row.predictions()), doubled(row.targets())).item();
    assertThat(twice).isCloseTo(row.mean() ? once : 2 * once, within(1e-14 * once));
  }

  private static Tensor doubled(Tensor x) {
    return x.concatenate(0, x);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theOrderOfTheRowsDoesNotMatter(Row row) {
    Tensor permutedTargets = row.targets().gatherRows(ORDER);
    try (Tape tape = Tape.record()) {
      Tensor p = tape.watch(row.predictions());
      Tensor permuted = tape.watch(row.predictions().gatherRows(ORDER));
      Tensor loss = row.function().apply(p, row.targets());
      Tensor permutedLoss = row.function().apply(permuted, permutedTargets);
      assertThat(permutedLoss.item()).isCloseTo(loss.item(), within(1e-14 * loss.item()));
      assertThat(tape.gradients(permutedLoss).of(permuted).toArray())
          .isEqualTo(tape.gradients(loss).of(p).gatherRows(ORDER).toArray());
    }
  }
}
