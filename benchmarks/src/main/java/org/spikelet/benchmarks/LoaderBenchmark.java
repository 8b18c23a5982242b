package org.spikelet.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Batch;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;

/**
 * One epoch of batches of 32 rows, 14 columns each.
 *
 * <p>The baseline is {@code copy}, which copies as much memory, batch by batch, in order. Divide by
 * the rows: a shuffled row should take a small part of what training on it takes, and its time grow
 * only where the data leave the cache.
 *
 * <p>Run it alone with {@code java -jar benchmarks/target/benchmarks.jar Loader}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class LoaderBenchmark {

  private static final int COLUMNS = 14;
  private static final int BATCH = 32;

  /** Rows of data. */
  @Param({"1024", "65536"})
  public int rows;

  private double[] values;
  private DataLoader inOrder;
  private DataLoader shuffled;

  /** Made by JMH. */
  public LoaderBenchmark() {}

  /** Draws the data. */
  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(1);
    values = random.doubles((long) rows * COLUMNS).toArray();
    Dataset data =
        new Dataset(
            Tensor.of(Shape.of(rows, COLUMNS), values),
            Tensor.of(Shape.of(rows), random.doubles(rows).toArray()));
    inOrder = new DataLoader(data, BATCH);
    shuffled = new DataLoader(data, BATCH).withShuffle(1);
  }

  /** The baseline: the memory of the inputs, copied batch by batch. */
  @Benchmark
  public double copy() {
    double sum = 0;
    for (int from = 0; from < rows; from += BATCH) {
      double[] batch = new double[BATCH * COLUMNS];
      System.arraycopy(values, from * COLUMNS, batch, 0, batch.length);
      sum += batch[0];
    }
    return sum;
  }

  /** Batches in the order of the data. */
  @Benchmark
  public double inOrder() {
    return epoch(inOrder);
  }

  /** Batches in a new order each time. */
  @Benchmark
  public double shuffled() {
    return epoch(shuffled);
  }

  private static double epoch(DataLoader loader) {
    double sum = 0;
    for (Batch batch : loader) {
      sum += batch.inputs().at(0);
    }
    return sum;
  }
}
