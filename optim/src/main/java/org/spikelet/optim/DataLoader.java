package org.spikelet.optim;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/**
 * Cuts a data set into batches, epoch after epoch.
 *
 * <p>Which rows batch t holds is a function of t, the seed and the settings alone: {@link #batch}
 * can start anywhere, and a stopped run goes on where it was by remembering one number. Iterating
 * yields one epoch, each time the next one.
 */
public final class DataLoader implements Iterable<Batch> {

  private final Dataset data;
  private final int batchSize;
  private boolean shuffled;
  private long seed;
  private boolean dropLast;
  private long nextEpoch;

  /** The order of one epoch, kept because batches mostly come one after the other. */
  private int[] order = {};

  private long orderedEpoch = -1;

  /**
   * Batches in the order of the rows; the last one of an epoch may be smaller.
   *
   * @param batchSize from 1 to any number; at least the number of rows means full batch
   * @throws IllegalArgumentException if the batch size is less than 1
   */
  public DataLoader(Dataset data, int batchSize) {
    Check.count("batch size", batchSize);
    this.data = data;
    this.batchSize = Math.min(batchSize, data.size());
  }

  /** Orders the rows anew in each epoch, at random from this seed, and returns this. */
  public DataLoader shuffle(long seed) {
    this.shuffled = true;
    this.seed = seed;
    this.orderedEpoch = -1;
    return this;
  }

  /**
   * Leaves out the last batch of an epoch if it is smaller than the others, and returns this. A
   * single batch of all rows stays.
   */
  public DataLoader dropLast(boolean dropLast) {
    this.dropLast = dropLast;
    return this;
  }

  /** Returns the number of batches in an epoch, at least 1. */
  public int batches() {
    return dropLast ? data.size() / batchSize : 1 + (data.size() - 1) / batchSize;
  }

  /** Returns the data set. */
  public Dataset data() {
    return data;
  }

  /**
   * Returns the batch of step t, counted from 0 over all epochs.
   *
   * @throws IllegalArgumentException if t is negative
   */
  public Batch batch(long t) {
    if (t < 0) {
      throw new IllegalArgumentException("batch: the step must not be negative, got " + t);
    }
    long epoch = t / batches();
    int index = (int) (t % batches());
    int from = index * batchSize;
    int[] rows = Arrays.copyOfRange(order(epoch), from, Math.min(from + batchSize, data.size()));
    return new Batch(data.rows(rows), rows, epoch, index);
  }

  private int[] order(long epoch) {
    if (orderedEpoch != epoch) {
      order =
          shuffled
              ? Permutation.of(data.size(), seed, epoch)
              : IntStream.range(0, data.size()).toArray();
      orderedEpoch = epoch;
    }
    return order;
  }

  /** Returns the batches of one epoch, the next each time this is called. */
  @Override
  public Iterator<Batch> iterator() {
    long first = nextEpoch++ * batches();
    return new Iterator<>() {
      private int index;

      @Override
      public boolean hasNext() {
        return index < batches();
      }

      @Override
      public Batch next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the epoch has " + batches() + " batches");
        }
        return batch(first + index++);
      }
    };
  }
}
