package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/** What holds for loaders of any data set, batch size and seed. */
class DataLoaderProperties {

  /** Row i holds (i, 10 i), its target is −i. */
  static Dataset numbered(int n) {
    double[] inputs = IntStream.range(0, 2 * n).mapToDouble(i -> i / 2 * (i % 2 * 9 + 1)).toArray();
    double[] targets = IntStream.range(0, n).mapToDouble(i -> -i).toArray();
    return new Dataset(Tensor.of(Shape.of(n, 2), inputs), Tensor.vector(targets));
  }

  static DataLoader loader(int n, int batchSize, boolean dropLast) {
    DataLoader loader = new DataLoader(numbered(n), batchSize);
    return dropLast ? loader.withDropLast() : loader;
  }

  private static DataLoader shuffled(int n, int batchSize, boolean dropLast, long seed) {
    return loader(n, batchSize, dropLast).withShuffle(seed);
  }

  private static List<Integer> rows(Iterable<Batch> batches) {
    List<Integer> rows = new ArrayList<>();
    batches.forEach(batch -> Arrays.stream(batch.rows()).forEach(rows::add));
    return rows;
  }

  private static List<Integer> range(int n) {
    return IntStream.range(0, n).boxed().toList();
  }

  @Property
  void everyRowComesOnceInAnEpoch(
      @ForAll @IntRange(min = 1, max = 60) int n,
      @ForAll @IntRange(min = 1, max = 70) int batchSize,
      @ForAll long seed) {
    DataLoader loader = shuffled(n, batchSize, false, seed);
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(rows(loader)).containsExactlyInAnyOrderElementsOf(range(n));
    }
  }

  @Property
  void dropLastLeavesOutTheRowsThatDoNotFillABatch(
      @ForAll @IntRange(min = 1, max = 60) int n,
      @ForAll @IntRange(min = 1, max = 70) int batchSize,
      @ForAll long seed) {
    DataLoader loader = shuffled(n, batchSize, true, seed);
    int size = Math.min(n, batchSize);
    for (int epoch = 0; epoch < 3; epoch++) {
      List<Integer> rows = rows(loader);
      assertThat(rows).doesNotHaveDuplicates().hasSize(n - n % size).isSubsetOf(range(n));
    }
    loader.forEach(batch -> assertThat(batch.size()).isEqualTo(size));
  }

  @Property
  void allBatchesAreFullButTheLast(
      @ForAll @IntRange(min = 1, max = 60) int n,
      @ForAll @IntRange(min = 1, max = 70) int batchSize,
      @ForAll boolean dropLast) {
    DataLoader loader = loader(n, batchSize, dropLast);
    List<Batch> batches = new ArrayList<>();
    loader.forEach(batches::add);
    assertThat(batches).hasSize(loader.batches());
    for (int i = 0; i < batches.size() - 1; i++) {
      assertThat(batches.get(i).size()).isEqualTo(Math.min(n, batchSize));
    }
    assertThat(batches.get(batches.size() - 1).size()).isBetween(1, Math.min(n, batchSize));
  }

  @Property
  void aBatchHoldsItsRowsAndTheirTargets(
      @ForAll @IntRange(min = 1, max = 60) int n,
      @ForAll @IntRange(min = 1, max = 70) int batchSize,
      @ForAll long seed) {
    for (Batch batch : shuffled(n, batchSize, false, seed)) {
      int[] rows = batch.rows();
      assertThat(batch.size()).isEqualTo(rows.length);
      assertThat(batch.inputs().shape()).isEqualTo(Shape.of(rows.length, 2));
      assertThat(batch.targets().shape()).isEqualTo(Shape.of(rows.length));
      for (int i = 0; i < rows.length; i++) {
        assertThat(batch.inputs().get(i, 0)).isEqualTo(rows[i]);
        assertThat(batch.inputs().get(i, 1)).isEqualTo(10 * rows[i]);
        assertThat(batch.targets().get(i)).isEqualTo(-rows[i]);
      }
    }
  }

  @Property
  void anyBatchCanBeHadWithoutTheOnesBefore(
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(min = 1, max = 50) int batchSize,
      @ForAll boolean dropLast,
      @ForAll long seed,
      @ForAll @IntRange(max = 100) int t) {
    DataLoader loader = shuffled(n, batchSize, dropLast, seed);
    List<Batch> inOrder = new ArrayList<>();
    while (inOrder.size() <= t) {
      loader.forEach(inOrder::add);
    }
    Batch direct = shuffled(n, batchSize, dropLast, seed).batch(t);
    assertThat(direct.rows()).isEqualTo(inOrder.get(t).rows());
    assertThat(direct.inputs().toArray()).isEqualTo(inOrder.get(t).inputs().toArray());
    assertThat(direct.epoch()).isEqualTo(inOrder.get(t).epoch()).isEqualTo(t / loader.batches());
    assertThat(direct.index()).isEqualTo(inOrder.get(t).index()).isEqualTo(t % loader.batches());
    assertThat(loader.batch(t).rows()).as("after others").isEqualTo(direct.rows());
  }

  @Property
  void theSameSeedGivesTheSameOrderAndEpochsDiffer(
      @ForAll @IntRange(min = 30, max = 60) int n,
      @ForAll @IntRange(min = 1, max = 70) int batchSize,
      @ForAll long seed) {
    DataLoader loader = shuffled(n, batchSize, false, seed);
    DataLoader again = shuffled(n, batchSize, false, seed);
    List<Integer> first = rows(loader);
    List<Integer> second = rows(loader);
    assertThat(rows(again)).isEqualTo(first);
    assertThat(rows(again)).isEqualTo(second).isNotEqualTo(first);
    assertThat(first).isNotEqualTo(range(n));
    assertThat(rows(shuffled(n, batchSize, false, seed + 1)))
        .isNotEqualTo(first)
        .isNotEqualTo(second);
  }

  @Property
  void withoutShufflingRowsComeInOrder(
      @ForAll @IntRange(min = 1, max = 60) int n,
      @ForAll @IntRange(min = 1, max = 70) int batchSize) {
    DataLoader loader = new DataLoader(numbered(n), batchSize);
    assertThat(rows(loader)).isEqualTo(range(n));
    assertThat(rows(loader)).isEqualTo(range(n));
  }
}
