package org.spikelet.optim;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Cuts a data set into batches, epoch after epoch.
 *
 * <p>Which rows batch t holds is a function of t, the seed and the settings alone: {@link #batch}
 * can start anywhere, and a stopped run goes on where it was by remembering one number. Settings
 * never change: {@link #withShuffle} and {@link #withDropLast} return another loader.
 *
 * <p>Iterating yields one epoch, each time the next one; a new loader starts with epoch 0.
 */
public final class DataLoader implements Iterable<Batch> {

  private final Dataset data;
  private final int batchSize;

  /** The seed to shuffle with, empty to keep the order of the rows. */
  private final OptionalLong seed;

  /** The number of rows that an epoch uses. */
  private final int used;

  private long nextEpoch;

  /** Of one epoch, kept because batches mostly come one after the other. */
  private volatile Order order = new Order(-1, new int[0]);

  /**
   * Batches in the order of the rows; the last one of an epoch may be smaller.
   *
   * @param batchSize from 1 to any number; at least the number of rows means full batch
   * @throws IllegalArgumentException if the batch size is less than 1
   */
  public DataLoader(Dataset data, int batchSize) {
    this(
        data,
        (int) Math.min(Check.count("batch size", batchSize), data.size()),
        OptionalLong.empty(),
        data.size());
  }

  private DataLoader(Dataset data, int batchSize, OptionalLong seed, int used) {
    this.data = data;
    this.batchSize = batchSize;
    this.seed = seed;
    this.used = used;
  }

  /** Returns a loader that orders the rows anew in each epoch, at random from this seed. */
  public DataLoader withShuffle(long seed) {
    return new DataLoader(data, batchSize, OptionalLong.of(seed), used);
  }

  /**
   * Returns a loader that leaves out the last batch of an epoch if it is smaller than the others. A
   * single batch of all rows stays.
   */
  public DataLoader withDropLast() {
    return new DataLoader(data, batchSize, seed, data.size() / batchSize * batchSize);
  }

  /** Returns the number of batches in an epoch, at least 1. */
  public int batches() {
    return 1 + (used - 1) / batchSize;
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
    int[] rows = Arrays.copyOfRange(order(epoch), from, Math.min(from + batchSize, used));
    return new Batch(data.rows(rows), rows, epoch, index);
  }

  /** The rows of one epoch in order. */
  private static final class Order {
    private final long epoch;
    private final int[] rows;

    Order(long epoch, int[] rows) {
      this.epoch = epoch;
      this.rows = rows;
    }
  }

  private int[] order(long epoch) {
    Order known = order;
    if (known.epoch != epoch) {
      int[] rows =
          seed.isPresent()
              ? Permutation.of(data.size(), seed.getAsLong(), epoch)
              : IntStream.range(0, data.size()).toArray();
      known = new Order(epoch, rows);
      order = known;
    }
    return known.rows;
  }

  /** What decides which batch comes at a step, but for the numbers in the data. */
  String settings() {
    return "[rows=%s, batchSize=%s, shuffle=%s, rowsOfAnEpoch=%s]"
        .formatted(data.size(), batchSize, seed.isPresent() ? seed.getAsLong() : "none", used);
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
