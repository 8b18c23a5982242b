package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.spikelet.optim.DataLoaderProperties.numbered;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loaders by example, and what they refuse. */
class DataLoaderTest {

  @ParameterizedTest
  @CsvSource({
    "10, 3, false, 4", "10, 3, true, 3", "9, 3, false, 3", "9, 3, true, 3",
    "10, 10, false, 1", "10, 10, true, 1", "1, 1, true, 1", "10, 2147483647, false, 1"
  })
  void theNumberOfBatches(int n, int batchSize, boolean dropLast, int batches) {
    assertThat(DataLoaderProperties.loader(n, batchSize, dropLast).batches()).isEqualTo(batches);
  }

  /** PyTorch would give no batch at all here; a full batch is what was meant. */
  @Test
  void aBatchSizeAboveTheNumberOfRowsIsFullBatchEvenWithDropLast() {
    DataLoader loader = new DataLoader(numbered(5), 32).withDropLast();
    assertThat(loader).hasSize(1);
    assertThat(loader.batch(7).rows()).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void theDataSetIsTheOneItWasGiven() {
    Dataset data = numbered(5);
    assertThat(new DataLoader(data, 2).withShuffle(1).data()).isSameAs(data);
  }

  @Test
  void iteratingGivesTheNextEpochEachTime() {
    DataLoader loader = new DataLoader(numbered(5), 2);
    assertThat(loader).extracting(Batch::epoch).containsExactly(0L, 0L, 0L);
    assertThat(loader).extracting(Batch::epoch).containsExactly(1L, 1L, 1L);
    assertThat(loader).extracting(Batch::index).containsExactly(0, 1, 2);
  }

  @Test
  void batchesFarOutExist() {
    DataLoader loader = new DataLoader(numbered(5), 2).withShuffle(3);
    Batch batch = loader.batch(Long.MAX_VALUE);
    assertThat(batch.epoch()).isEqualTo(Long.MAX_VALUE / 3);
    assertThat(batch.index()).isEqualTo((int) (Long.MAX_VALUE % 3));
  }

  @Test
  void anEpochEnds() {
    Iterator<Batch> epoch = new DataLoader(numbered(2), 2).iterator();
    epoch.next();
    assertThat(epoch.hasNext()).isFalse();
    assertThatThrownBy(epoch::next)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("1 batches");
  }

  @Test
  void anotherSeedIsAnotherLoader() {
    DataLoader loader = new DataLoader(numbered(50), 50).withShuffle(1);
    int[] one = loader.batch(0).rows();
    assertThat(loader.withShuffle(2).batch(0).rows()).isNotEqualTo(one);
    assertThat(loader.batch(0).rows()).as("it has not changed").isEqualTo(one);
    assertThat(loader.withShuffle(2).withShuffle(1).batch(0).rows()).isEqualTo(one);
  }

  @Test
  void aChangedLoaderKeepsTheOtherSettingsAndStartsWithEpochZero() {
    DataLoader loader = new DataLoader(numbered(5), 2).withDropLast();
    loader.forEach(batch -> assertThat(batch.epoch()).isZero());
    DataLoader shuffled = loader.withShuffle(1);
    assertThat(shuffled.batches()).isEqualTo(2);
    assertThat(shuffled).extracting(Batch::epoch).containsExactly(0L, 0L);
    assertThat(loader).extracting(Batch::epoch).containsExactly(1L, 1L);
    assertThat(shuffled.withDropLast().batch(0).rows()).isEqualTo(shuffled.batch(0).rows());
  }

  @Test
  void theRowsOfABatchAreACopy() {
    DataLoader loader = new DataLoader(numbered(3), 3);
    Batch batch = loader.batch(0);
    batch.rows()[0] = 99;
    assertThat(batch.rows()).containsExactly(0, 1, 2);
    assertThat(loader.batch(0).rows()).containsExactly(0, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void theBatchSizeMustBePositive(int batchSize) {
    Dataset data = numbered(3);
    assertThatThrownBy(() -> new DataLoader(data, batchSize))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch size: must be at least 1, got " + batchSize);
  }

  @Test
  void thereIsNoBatchBeforeTheFirst() {
    DataLoader loader = new DataLoader(numbered(3), 2);
    assertThatThrownBy(() -> loader.batch(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got -1");
  }
}
