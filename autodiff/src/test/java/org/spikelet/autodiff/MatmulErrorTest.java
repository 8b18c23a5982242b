package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What matmul says, word for word: the shapes, and a cure only where it would be one. */
class MatmulErrorTest {

  @ParameterizedTest
  @CsvSource({
    "'5,3', '4,3', '5×3 · 4×3; did you mean to transpose the second?'",
    "'3,5', '3,4', '3×5 · 3×4; did you mean to transpose the first?'",
    "'2,3', '4,5', 2×3 · 4×5",
    "3, '5,3', 3 · 5×3",
    "'3,3', 5, 3×3 · 5",
    "'5,3', 5, 5×3 · 5",
    "3, 5, '3 · 5, the lengths of two vectors'"
  })
  void innerDimensionsThatDiffer(String a, String b, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> zeros(a).matmul(zeros(b)))
        .withMessage("matmul: inner dimensions differ: " + message);
  }

  @Test
  void scalarsAndVectorsWhereMatricesAreNeeded() {
    Tensor scalar = Tensor.scalar(1);
    Tensor matrix = zeros("2,2");
    Tensor vector = zeros("2");
    refused("scalar · 2×2", () -> scalar.matmul(matrix));
    refused("2×2 · scalar", () -> matrix.matmul(scalar));
    refused("2 · scalar", () -> vector.matmul(scalar));
    refused("scalar · 2", () -> scalar.matmul(vector));
  }

  private static void refused(String shapes, Runnable product) {
    assertThatIllegalArgumentException()
        .isThrownBy(product::run)
        .withMessage("matmul: needs matrices, got " + shapes + "; reshape to two axes");
  }

  private static Tensor zeros(String dimensions) {
    String[] lengths = dimensions.split(",", -1);
    int[] shape = new int[lengths.length];
    for (int k = 0; k < shape.length; k++) {
      shape[k] = Integer.parseInt(lengths[k]);
    }
    return Tensor.zeros(Shape.of(shape));
  }
}
