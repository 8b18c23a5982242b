package org.spikelet.testing.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What counts as a difference. */
class ComparisonTest {

  @Test
  void theSameAnswer() {
    assertThat(difference(1, 1)).isEmpty();
    assertThat(difference(0.0, -0.0)).isEmpty();
    assertThat(difference(Double.NaN, Double.NaN)).isEmpty();
    assertThat(difference(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY)).isEmpty();
  }

  @Test
  void aBillionthOfTheNumber() {
    assertThat(difference(1000, 1000 * (1 + 0.9e-9))).isEmpty();
    assertThat(difference(1000, 1000 * (1 + 1.1e-9))).isPresent();
    assertThat(difference(1e-300, 1.1e-300)).as("below rounding of numbers near 1").isEmpty();
  }

  @Test
  void theLargestNumberSaysWhatRoundingErrorsAre() {
    Answer ours = answer(1e3, 1e-12);
    assertThat(Comparison.difference(ours, answer(1e3, 9e-10))).isEmpty();
    assertThat(Comparison.difference(ours, answer(1e3, 2e-9))).isPresent();
    assertThat(Comparison.difference(answer(1, 0), answer(1, 2e-12))).isPresent();
  }

  @Test
  void infinityAndNanAreNearNothing() {
    assertThat(difference(Double.NaN, 1)).isPresent();
    assertThat(difference(1, Double.NaN)).isPresent();
    assertThat(difference(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)).isPresent();
    assertThat(difference(Double.MAX_VALUE, Double.POSITIVE_INFINITY)).isPresent();
  }

  @Test
  void theFirstDifferenceIsNamed() {
    assertThat(Comparison.difference(answer(1, 2, 3), answer(1, 2, 4)))
        .contains(new Difference("product", "0[0]: 3.0, not 4.0"));
    assertThat(Comparison.difference(answer(1, 2, 3), answer(1, 5, 4)))
        .contains(new Difference("gradient", "0[0]: 2.0, not 5.0"));
  }

  @Test
  void theShapeCounts() {
    Answer scalar = answer(1);
    Answer vector = new Answer(List.of(1), scalar.value(), scalar.gradients(), scalar.products());
    assertThat(Comparison.difference(scalar, vector))
        .contains(new Difference("shape", "[], not [1]"));
  }

  @Test
  void theSignOfAZeroIsSeenWhereItIsAskedFor() {
    assertThat(Comparison.zerosDiffer(answer(0.0), answer(-0.0))).isTrue();
    assertThat(Comparison.zerosDiffer(answer(-0.0), answer(-0.0))).isFalse();
    assertThat(Comparison.zerosDiffer(answer(1), answer(-1))).isFalse();
  }

  private static Optional<Difference> difference(double ours, double theirs) {
    return Comparison.difference(answer(ours), answer(theirs));
  }

  /** Value, gradient and product; those that are not given are 0. */
  private static Answer answer(double... numbers) {
    double[] all = Arrays.copyOf(numbers, 3);
    return new Answer(
        List.of(),
        List.of(Doubles.write(all[0])),
        List.of(List.of(Doubles.write(all[1]))),
        List.of(List.of(Doubles.write(all[2]))));
  }
}
