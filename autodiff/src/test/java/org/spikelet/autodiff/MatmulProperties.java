package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.spikelet.autodiff.check.GradientCheck;

/**
 * The matrix product equals three nested loops, with either side transposed, batched or a vector.
 */
class MatmulProperties {

  @Property(edgeCases = EdgeCasesMode.NONE)
  void equalsThreeLoops(
      @ForAll @IntRange(min = 0, max = 5) int m,
      @ForAll @IntRange(min = 0, max = 9) int k,
      @ForAll @IntRange(min = 0, max = 5) int n,
      @ForAll long seed) {
    Sample sample = new Sample(Shape.SCALAR, seed);
    Tensor a = sample.signed(Shape.of(m, k));
    Tensor b = sample.signed(Shape.of(k, n));
    assertIsProduct(a.matmul(b), a, b);
  }

  /** As the derivatives of a product use it: a factor that is read transposed is not copied. */
  @Property(edgeCases = EdgeCasesMode.NONE)
  void factorsMayBeReadTransposed(
      @ForAll @IntRange(min = 0, max = 5) int m,
      @ForAll @IntRange(min = 0, max = 9) int k,
      @ForAll @IntRange(min = 0, max = 5) int n,
      @ForAll boolean transposeA,
      @ForAll boolean transposeB,
      @ForAll boolean flat,
      @ForAll long seed) {
    Assume.that(!flat || m * k * n > 0);
    Sample sample = new Sample(Shape.SCALAR, seed);
    Tensor a = sample.signed(transposeA ? Shape.of(k, m) : Shape.of(m, k));
    Tensor b = sample.signed(transposeB ? Shape.of(n, k) : Shape.of(k, n));
    assertIsProduct(
        new Factor(a, transposeA, flat).times(new Factor(b, transposeB, flat)),
        transposeA ? a.transpose() : a,
        transposeB ? b.transpose() : b);
  }

  private static void assertIsProduct(Tensor y, Tensor a, Tensor b) {
    assertThat(y.shape()).isEqualTo(Shape.of(a.shape().dimension(0), b.shape().dimension(1)));
    for (int i = 0; i < y.shape().dimension(0); i++) {
      for (int j = 0; j < y.shape().dimension(1); j++) {
        double sum = 0;
        for (int p = 0; p < a.shape().dimension(1); p++) {
          sum += a.get(i, p) * b.get(p, j);
        }
        assertThat(y.get(i, j)).isCloseTo(sum, offset(1e-13));
      }
    }
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void factorsReadTransposedHaveTheRightDerivatives(
      @ForAll @IntRange(min = 0, max = 3) int m,
      @ForAll @IntRange(min = 0, max = 5) int k,
      @ForAll @IntRange(min = 1, max = 3) int n,
      @ForAll boolean transposeA,
      @ForAll boolean transposeB,
      @ForAll long seed) {
    Sample sample = new Sample(Shape.SCALAR, seed);
    Shape batch = Shape.of(sample.integer(1, 2), sample.integer(1, 2));
    Tensor a = sample.signed(transposeA ? batch.withLast(k, m) : batch.withLast(m, k));
    Tensor b = sample.signed(transposeB ? batch.withLast(n, k) : batch.withLast(k, n));
    new GradientCheck()
        .withOrder(2)
        .withSeed(seed)
        .check(
            "product",
            in ->
                new Factor(in.get(0), transposeA, false)
                    .times(new Factor(in.get(1), transposeB, false)),
            a,
            b);
  }

  @Property
  void batchesBroadcast(
      @ForAll @IntRange(min = 1, max = 3) int outer,
      @ForAll @IntRange(min = 1, max = 3) int inner,
      @ForAll long seed) {
    Sample sample = new Sample(Shape.SCALAR, seed);
    Tensor a = sample.signed(Shape.of(outer, 1, 2, 3));
    Tensor b = sample.signed(Shape.of(inner, 3, 4));
    Tensor y = a.matmul(b);
    assertThat(y.shape()).isEqualTo(Shape.of(outer, inner, 2, 4));
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        Tensor single = block(a, o).reshape(2, 3).matmul(block(b, i).reshape(3, 4));
        assertThat(block(block(y, o), i).toArray()).isEqualTo(single.toArray());
      }
    }
  }

  private static Tensor block(Tensor x, int index) {
    int[] dimensions = x.shape().dimensions();
    return x.slice(0, index, index + 1)
        .reshape(Arrays.copyOfRange(dimensions, 1, dimensions.length));
  }

  /** A weight on the right: all rows of a in one product, which copies neither. */
  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void aMatrixOnTheRightMeetsAllRows(
      @ForAll @IntRange(max = 3) int outer,
      @ForAll @IntRange(max = 3) int m,
      @ForAll @IntRange(max = 5) int k,
      @ForAll @IntRange(max = 4) int n,
      @ForAll long seed) {
    Sample sample = new Sample(Shape.SCALAR, seed);
    Tensor a = sample.signed(Shape.of(outer, 2, m, k));
    Tensor b = sample.signed(Shape.of(k, n));
    List<String> names = new ArrayList<>();
    TapeObserver log =
        new TapeObserver() {
          @Override
          public void computed(Tape tape, Operation operation) {
            names.add(operation.name());
          }
        };
    try (Tape tape = Tape.record(log)) {
      Tensor x = tape.watch(a);
      Tensor w = tape.watch(b);
      Tensor y = x.matmul(w);
      Tensor rows = a.reshape(outer * 2 * m, k);
      assertThat(y.shape()).isEqualTo(Shape.of(outer, 2, m, n));
      assertIsProduct(y.reshape(outer * 2 * m, n).copy(), rows, b);

      Tensor upstream = sample.signed(y.shape());
      Tensor g = upstream.reshape(outer * 2 * m, n);
      names.clear();
      Gradients gradients = tape.gradients(y, upstream);
      if (a.size() > 0 && b.size() > 0) {
        assertThat(names).containsOnly("matmul").hasSize(2);
      }
      assertThat(gradients.of(x).shape()).isEqualTo(a.shape());
      assertIsProduct(gradients.of(x).reshape(outer * 2 * m, k), g, b.transpose());
      assertIsProduct(gradients.of(w), rows.transpose(), g);
    }
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void aMatrixOnTheRightHasTheRightDerivatives(
      @ForAll @IntRange(max = 2) int outer,
      @ForAll @IntRange(max = 3) int m,
      @ForAll @IntRange(max = 4) int k,
      @ForAll @IntRange(min = 1, max = 3) int n,
      @ForAll long seed) {
    Sample sample = new Sample(Shape.SCALAR, seed);
    new GradientCheck()
        .withOrder(2)
        .withSeed(seed)
        .check(
            "product",
            in -> in.get(0).matmul(in.get(1)),
            sample.signed(Shape.of(outer, m, k)),
            sample.signed(Shape.of(k, n)));
  }

  /** Values, derivatives and the tape: one operation where the shapes are a layer's. */
  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void affineIsAProductAndASum(
      @ForAll @IntRange(max = 2) int outer,
      @ForAll @IntRange(max = 3) int m,
      @ForAll @IntRange(max = 5) int k,
      @ForAll @IntRange(max = 4) int n,
      @ForAll long seed) {
    Sample sample = new Sample(Shape.SCALAR, seed);
    Tensor a = sample.signed(Shape.of(outer, m, k));
    Tensor b = sample.signed(Shape.of(k, n));
    Tensor c = sample.signed(Shape.of(n));
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(a);
      Tensor w = tape.watch(b);
      Tensor bias = tape.watch(c);
      Tensor two = x.matmul(w).add(bias);
      int before = tape.size();
      Tensor one = x.affine(w, bias);
      if (a.size() > 0 && b.size() > 0) {
        assertThat(tape.size() - before).isEqualTo(1);
      }
      assertThat(one.shape()).isEqualTo(two.shape());
      assertThat(one.toArray()).containsExactly(two.toArray());
      Tensor upstream = sample.signed(two.shape());
      Gradients ofTwo = tape.gradients(two, upstream);
      Gradients ofOne = tape.gradients(one, upstream);
      for (Tensor leaf : List.of(x, w, bias)) {
        assertThat(ofOne.of(leaf).shape()).isEqualTo(leaf.shape());
        assertThat(ofOne.of(leaf).toArray()).containsExactly(ofTwo.of(leaf).toArray());
      }
    }
  }

  /** As the second derivatives use them: a flat factor read transposed gives one matrix. */
  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void flatFactorsReadTransposedHaveTheRightDerivatives(
      @ForAll @IntRange(min = 1, max = 3) int m,
      @ForAll @IntRange(min = 1, max = 3) int k,
      @ForAll @IntRange(min = 1, max = 3) int n,
      @ForAll boolean transposeA,
      @ForAll long seed) {
    Sample sample = new Sample(Shape.SCALAR, seed);
    Tensor a = sample.signed(Shape.of(2, m, k));
    Tensor b = sample.signed(transposeA ? Shape.of(2, m, n) : Shape.of(n, k));
    new GradientCheck()
        .withOrder(2)
        .withSeed(seed)
        .check(
            "product",
            in ->
                new Factor(in.get(0), transposeA, true)
                    .times(new Factor(in.get(1), !transposeA, true)),
            a,
            b);
  }

  @Example
  void aVectorOnTheLeftIsARow() {
    Tensor b = Tensor.matrix(new double[] {1, 2}, new double[] {3, 4});
    Tensor y = Tensor.vector(10, 1).matmul(b);
    assertThat(y.shape()).isEqualTo(Shape.of(2));
    assertThat(y.toArray()).containsExactly(13, 24);
  }

  @Example
  void aVectorOnTheRightIsAColumn() {
    Tensor a = Tensor.matrix(new double[] {1, 2}, new double[] {3, 4});
    Tensor y = a.matmul(Tensor.vector(10, 1));
    assertThat(y.shape()).isEqualTo(Shape.of(2));
    assertThat(y.toArray()).containsExactly(12, 34);
  }

  @Example
  void twoVectorsHaveAnInnerProduct() {
    Tensor y = Tensor.vector(1, 2, 3).matmul(Tensor.vector(4, 5, 6));
    assertThat(y.shape()).isEqualTo(Shape.SCALAR);
    assertThat(y.item()).isEqualTo(32);
  }

  @Example
  void aVectorMeetsEachMatrixOfABatch() {
    Tensor batch = Tensor.of(Shape.of(2, 2, 1), 1, 2, 3, 4);
    assertThat(Tensor.vector(10, 1).matmul(batch).shape()).isEqualTo(Shape.of(2, 1));
    assertThat(Tensor.vector(10, 1).matmul(batch).toArray()).containsExactly(12, 34);
    assertThat(batch.matmul(Tensor.vector(5)).shape()).isEqualTo(Shape.of(2, 2));
    assertThat(batch.matmul(Tensor.vector(5)).toArray()).containsExactly(5, 10, 15, 20);
  }

  @Example
  void anEmptyInnerDimensionGivesZeros() {
    Tensor y = Tensor.zeros(Shape.of(2, 0)).matmul(Tensor.zeros(Shape.of(0, 3)));
    assertThat(y.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(y.toArray()).containsOnly(0);
  }
}
