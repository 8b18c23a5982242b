package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A tensor is an immutable array with a shape. */
class TensorTest {

  @Test
  void factories() {
    assertThat(Tensor.scalar(3).shape()).isEqualTo(Shape.SCALAR);
    assertThat(Tensor.vector(1, 2).shape()).isEqualTo(Shape.of(2));
    assertThat(Tensor.vector().shape()).isEqualTo(Shape.of(0));
    assertThat(Tensor.full(Shape.of(2, 1), 7).toArray()).containsExactly(7, 7);
    assertThat(Tensor.zeros(Shape.of(2)).toArray()).containsExactly(0, 0);
    assertThat(Tensor.ones(Shape.SCALAR).item()).isEqualTo(1);
    Tensor matrix = Tensor.matrix(new double[] {1, 2, 3}, new double[] {4, 5, 6});
    assertThat(matrix.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(matrix.size()).isEqualTo(6);
    assertThat(Tensor.matrix(new double[0], new double[0]).shape()).isEqualTo(Shape.of(2, 0));
  }

  @Test
  void elementsAreInRowMajorOrder() {
    Tensor x = Tensor.of(Shape.of(2, 3, 2), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(x.get(0, 0, 1)).isEqualTo(1);
    assertThat(x.get(0, 2, 0)).isEqualTo(4);
    assertThat(x.get(1, 0, 0)).isEqualTo(6);
    assertThat(x.get(1, 2, 1)).isEqualTo(11);
    assertThat(Tensor.scalar(5).get()).isEqualTo(5);
    assertThat(Tensor.of(Shape.of(1, 1), 5).item()).isEqualTo(5);
  }

  @Test
  void givenArraysAreCopied() {
    double[] values = {1, 2};
    double[] row = {3, 4};
    Tensor vector = Tensor.vector(values);
    Tensor shaped = Tensor.of(Shape.of(2, 1), values);
    Tensor matrix = Tensor.matrix(row);
    values[0] = 100;
    row[0] = 100;
    assertThat(vector.toArray()).containsExactly(1, 2);
    assertThat(shaped.toArray()).containsExactly(1, 2);
    assertThat(matrix.toArray()).containsExactly(3, 4);
  }

  @Test
  void returnedArraysAreCopies() {
    Tensor x = Tensor.vector(1, 2);
    x.toArray()[0] = 100;
    assertThat(x.toArray()).containsExactly(1, 2);
    x.shape().dimensions()[0] = 100;
    assertThat(x.shape()).isEqualTo(Shape.of(2));
  }

  @Test
  void operationsLeaveTheirOperandsAlone() {
    Tensor x = Tensor.vector(3, -1, 2);
    x.relu().add(x).max();
    x.softmax(0).matmul(x);
    assertThat(x.toArray()).containsExactly(3, -1, 2);
  }

  @Test
  void smallOnesArePrintedInFull() {
    assertThat(Tensor.scalar(1.5)).hasToString("Tensor(scalar) 1.5");
    assertThat(Tensor.vector(1, 2)).hasToString("Tensor(2) [1.0, 2.0]");
    assertThat(Tensor.of(Shape.of(2, 1), 1, 2)).hasToString("Tensor(2×1) [[1.0], [2.0]]");
    assertThat(Tensor.of(Shape.of(2, 2), 1, 2, 3, 4))
        .hasToString("Tensor(2×2) [[1.0, 2.0], [3.0, 4.0]]");
    assertThat(Tensor.zeros(Shape.of(24)).toString()).doesNotContain("…");
  }

  @Test
  void largeOnesArePrintedByTheirEnds() {
    double[] values = new double[25];
    values[0] = 1;
    values[24] = 2;
    assertThat(Tensor.vector(values)).hasToString("Tensor(25) [1.0, …, 2.0]");
  }

  /** Printing is for debugging, so it refuses nothing; but values of a closed tape are gone. */
  @Test
  void thoseOfATapeArePrintedAsLongAsTheyMayBeRead() throws Exception {
    Tensor y;
    String lost = "Tensor(scalar) of a closed tape, or of another thread";
    try (Tape tape = Tape.record()) {
      y = tape.watch(Tensor.scalar(3)).square();
      assertThat(y).hasToString("Tensor(scalar) 9.0");
      Tensor seen = y;
      assertThat(CompletableFuture.supplyAsync(seen::toString).get()).isEqualTo(lost);
    }
    assertThat(y).hasToString(lost);
  }

  @Test
  void aLongEmptyOneIsPrintedBriefly() {
    assertThat(Tensor.zeros(Shape.of(1_000_000, 0)).toString()).hasSizeLessThan(200);
  }
}
