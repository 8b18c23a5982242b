package org.spikelet.autodiff;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Signed zeros, infinities, NaN, subnormal and huge numbers go through operations as through Java.
 */
class SpecialValuesTest {

  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL / 2,
    -Double.MIN_NORMAL / 2,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    1e300,
    -1e300,
    1,
    -1
  };

  @TestFactory
  Stream<DynamicTest> functions() {
    return OperationTable.UNARY.stream()
        .map(row -> dynamicTest(row.name(), () -> row.assertValues(SPECIAL)));
  }

  @TestFactory
  Stream<DynamicTest> pairs() {
    return OperationTable.BINARY.stream()
        .map(row -> dynamicTest(row.name(), () -> assertValues(row)));
  }

  private static void assertValues(BinaryRow row) {
    int n = SPECIAL.length;
    Tensor y = row.operation().apply(Tensor.of(Shape.of(n, 1), SPECIAL), Tensor.vector(SPECIAL));
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double expected = row.ofNumbers().applyAsDouble(SPECIAL[i], SPECIAL[j]);
        String what = row.name() + " of " + SPECIAL[i] + " and " + SPECIAL[j];
        Agreement.assertSame(y.get(i, j), expected, row.ulps(), what);
      }
    }
  }
}
