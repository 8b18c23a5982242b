package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Elements go where they should, and only there. */
class MovementTest {

  private static final Tensor GRID = Tensor.matrix(new double[] {1, 2, 3}, new double[] {4, 5, 6});

  @Example
  void reshapeKeepsTheRowMajorOrder() {
    assertThat(GRID.reshape(3, 2).toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(GRID.reshape(3, 2).get(1, 0)).isEqualTo(3);
    assertThat(Tensor.vector(5).reshape().shape()).isEqualTo(Shape.SCALAR);
  }

  @Example
  void reshapeFindsOutOneLength() {
    assertThat(GRID.reshape(2, -1).shape()).isEqualTo(Shape.of(2, 3));
    assertThat(GRID.reshape(-1, 2).shape()).isEqualTo(Shape.of(3, 2));
    assertThat(Tensor.zeros(Shape.of(0, 3)).reshape(3, -1).shape()).isEqualTo(Shape.of(3, 0));
  }

  @Example
  void transposeExchangesTheLastTwoAxes() {
    assertThat(GRID.transpose().shape()).isEqualTo(Shape.of(3, 2));
    assertThat(GRID.transpose().toArray()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(Tensor.zeros(Shape.of(5, 2, 3)).transpose().shape()).isEqualTo(Shape.of(5, 3, 2));
  }

  @Property
  void permuteMovesEachElementToItsPermutedPosition(
      @ForAll("shapes") Shape shape, @ForAll long seed) {
    Sample sample = new Sample(shape, seed);
    Tensor x = sample.signed(shape);
    int[] order = sample.permutation(shape.rank());
    Tensor y = x.permute(order);
    for (int[] position : Positions.of(y.shape())) {
      int[] origin = new int[shape.rank()];
      for (int k = 0; k < order.length; k++) {
        origin[order[k]] = position[k];
      }
      assertThat(y.get(position)).isEqualTo(x.get(origin));
    }
  }

  @Example
  void sliceTakesARange() {
    assertThat(GRID.slice(0, 1, 2).toArray()).containsExactly(4, 5, 6);
    assertThat(GRID.slice(1, 1, 3).toArray()).containsExactly(2, 3, 5, 6);
    assertThat(GRID.slice(-1, 0, 1).shape()).isEqualTo(Shape.of(2, 1));
    assertThat(GRID.slice(1, 2, 2).shape()).isEqualTo(Shape.of(2, 0));
  }

  @Example
  void padPutsZerosAround() {
    assertThat(GRID.pad(1, 1, 2).toArray()).containsExactly(0, 1, 2, 3, 0, 0, 0, 4, 5, 6, 0, 0);
    assertThat(GRID.pad(0, 1, 0).toArray()).containsExactly(0, 0, 0, 1, 2, 3, 4, 5, 6);
    assertThat(Tensor.zeros(Shape.of(2, 0)).pad(1, 1, 0).toArray()).containsExactly(0, 0);
  }

  @Example
  void concatenatePutsOneAfterTheOther() {
    Tensor column = Tensor.matrix(new double[] {7}, new double[] {8});
    assertThat(GRID.concatenate(1, column, column).toArray())
        .containsExactly(1, 2, 3, 7, 7, 4, 5, 6, 8, 8);
    assertThat(GRID.concatenate(0, GRID.slice(0, 0, 1)).toArray())
        .containsExactly(1, 2, 3, 4, 5, 6, 1, 2, 3);
    assertThat(GRID.concatenate(-1).toArray()).isEqualTo(GRID.toArray());
  }

  @Example
  void gatherRowsPicksAndRepeats() {
    assertThat(GRID.gatherRows(1, 0, 1).toArray()).containsExactly(4, 5, 6, 1, 2, 3, 4, 5, 6);
    assertThat(GRID.gatherRows().shape()).isEqualTo(Shape.of(0, 3));
    assertThat(Tensor.vector(5, 6).gatherRows(1).toArray()).containsExactly(6);
  }

  @Example
  void scatterRowsAddsWhatMeets() {
    assertThat(GRID.scatterRows(3, 2, 2).toArray()).containsExactly(0, 0, 0, 0, 0, 0, 5, 7, 9);
    assertThat(GRID.scatterRows(2, 1, 0).toArray()).containsExactly(4, 5, 6, 1, 2, 3);
  }

  @Example
  void theIndicesMayBeChangedAfterwards() {
    int[] rows = {1, 0};
    int[] order = {1, 0};
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(GRID);
      Tensor picked = x.gatherRows(rows).mul(GRID);
      Tensor turned = x.permute(order).mul(GRID.transpose());
      rows[0] = 0;
      order[0] = 0;
      assertThat(tape.gradients(picked.sum()).of(x).toArray()).containsExactly(4, 5, 6, 1, 2, 3);
      assertThat(tape.gradients(turned.sum()).of(x).toArray()).isEqualTo(GRID.toArray());
    }
  }

  @Provide
  Arbitrary<Shape> shapes() {
    return Sample.shapes();
  }
}
