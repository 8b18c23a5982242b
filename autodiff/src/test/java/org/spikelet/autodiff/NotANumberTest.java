package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** NaN is never swallowed: whoever computes with it gets NaN, and others are left alone. */
class NotANumberTest {

  private static final double NAN = Double.NaN;

  /**
   * What compares or chooses, and gives a number for NaN: {@link #comparisonsWithItAreFalse}, and
   * {@link UnchosenBranchTest}.
   */
  private static final Set<String> CHOOSING = Set.of("greaterThan", "lessThan", "equalTo", "mask");

  @TestFactory
  Stream<DynamicTest> functionsKeepItInItsPlace() {
    return OperationTable.UNARY.stream()
        .map(
            row ->
                dynamicTest(row.name(), () -> assertKeptInItsPlace(row.name(), row.operation())));
  }

  @Test
  void clipKeepsItInItsPlace() {
    assertKeptInItsPlace("clip", x -> x.clip(-1, 1));
  }

  private static void assertKeptInItsPlace(String name, UnaryOperator<Tensor> operation) {
    double alone = operation.apply(Tensor.vector(0.5)).item();
    assertThat(operation.apply(Tensor.vector(0.5, NAN, 0.5)).toArray())
        .as(name + " of 0.5, NaN, 0.5")
        .containsExactly(alone, NAN, alone);
  }

  @TestFactory
  Stream<DynamicTest> pairsTakeItFromEitherSide() {
    return Stream.concat(OperationTable.BINARY.stream(), Stream.of(outerProduct()))
        .filter(row -> !CHOOSING.contains(row.name()))
        .map(row -> dynamicTest(row.name(), () -> assertTakenFromEitherSide(row)));
  }

  private static BinaryRow outerProduct() {
    return BinaryRow.of(
        "matmul",
        (a, b) -> a.reshape(a.size(), 1).matmul(b.reshape(1, 1)).reshape(a.size()),
        (a, b) -> a * b);
  }

  private static void assertTakenFromEitherSide(BinaryRow row) {
    String advice =
        row.name() + ": NaN was swallowed. Let it through, or name the operation in CHOOSING";
    double alone = row.operation().apply(Tensor.vector(0.5), Tensor.vector(2)).item();
    assertThat(row.operation().apply(Tensor.vector(0.5, NAN, 0.5), Tensor.vector(2)).toArray())
        .as(advice)
        .containsExactly(alone, NAN, alone);
    assertThat(row.operation().apply(Tensor.vector(1, 2, 3), Tensor.vector(NAN)).toArray())
        .as(advice)
        .containsExactly(NAN, NAN, NAN);
  }

  @TestFactory
  Stream<DynamicTest> reductionsKeepItInItsGroup() {
    Tensor rows = Tensor.matrix(new double[] {1, 2, 3}, new double[] {1, NAN, 3});
    return OperationTable.ALONG_AXES.stream()
        .map(
            row ->
                dynamicTest(
                    row.signature(),
                    () -> {
                      Tensor y = row.alongOne().apply(rows, 1).reshape(2, -1);
                      assertThat(y.slice(0, 0, 1).toArray()).isNotEmpty().doesNotContain(NAN);
                      assertThat(y.slice(0, 1, 2).toArray()).containsOnly(NAN);
                    }));
  }

  @Test
  void zeroTimesNotANumberIsNotSkippedInAProduct() {
    Tensor zeros = Tensor.zeros(Shape.of(1, 5));
    double[] column = {1, NAN, 1, 1, Double.POSITIVE_INFINITY};
    assertThat(zeros.matmul(Tensor.vector(column)).toArray()).containsExactly(NAN);
  }

  @Test
  void comparisonsWithItAreFalse() {
    Tensor x = Tensor.vector(NAN);
    assertThat(x.greaterThan(0).toArray()).containsExactly(0);
    assertThat(x.lessThan(0).toArray()).containsExactly(0);
    assertThat(x.equalTo(x).toArray()).containsExactly(0);
  }

  @Test
  void aRootOrLogarithmOfANegativeNumberIsIt() {
    assertThat(Tensor.vector(-1).sqrt().toArray()).containsExactly(NAN);
    assertThat(Tensor.vector(-1).log().toArray()).containsExactly(NAN);
    assertThat(Tensor.vector(-1).pow(0.5).toArray()).containsExactly(NAN);
  }
}
