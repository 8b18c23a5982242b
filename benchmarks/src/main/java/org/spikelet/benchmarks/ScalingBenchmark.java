package org.spikelet.benchmarks;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/**
 * How a training step grows with the batch, the width and the depth.
 *
 * <p>The smallest value of each is its baseline. Divide {@code batch} by the rows, {@code width} by
 * its square (the parameters), {@code depth} by itself. Expect the time of a row to be least at
 * some thousand rows, and at 65,536 at most 1.5 times that at 1,024; the time of a parameter not to
 * grow from 64 to 2,048; and depth to be linear as long as the layers fit into the same cache.
 *
 * <p>Run it alone with {@code java -jar benchmarks/target/benchmarks.jar Scaling}; add {@code
 * -jvmArgsPrepend -Dspikelet.threads=1} to leave the threads out of it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ScalingBenchmark {

  /** Made by JMH. */
  public ScalingBenchmark() {}

  /** The net 14-100-40-4, and rows. */
  @State(Scope.Benchmark)
  public static class Batch {

    /** Rows in a batch. */
    @Param({"1024", "4096", "16384", "65536"})
    public int rows;

    private TrainingTask task;

    /** Made by JMH. */
    public Batch() {}

    /** Makes the task. */
    @Setup
    public void prepare() {
      task = new TrainingTask(List.of(14, 100, 40, 4), rows);
    }
  }

  /** A net of three layers of one width, and 128 rows. */
  @State(Scope.Benchmark)
  public static class Width {

    /** Inputs, units and classes. */
    @Param({"64", "256", "1024", "2048"})
    public int width;

    private TrainingTask task;

    /** Made by JMH. */
    public Width() {}

    /** Makes the task. */
    @Setup
    public void prepare() {
      task = new TrainingTask(List.of(width, width, width, width), 128);
    }
  }

  /** A net of layers of 64 units, and 32 rows. */
  @State(Scope.Benchmark)
  public static class Depth {

    /** Layers. */
    @Param({"2", "8", "32", "128"})
    public int depth;

    private TrainingTask task;

    /** Made by JMH. */
    public Depth() {}

    /** Makes the task. */
    @Setup
    public void prepare() {
      List<Integer> widths =
          Stream.concat(Collections.nCopies(depth, 64).stream(), Stream.of(10)).toList();
      task = new TrainingTask(widths, 32);
    }
  }

  /** A step; time in proportion to the rows. */
  @Benchmark
  public double batch(Batch state) {
    return state.task.step();
  }

  /** A step; time in proportion to the square of the width. */
  @Benchmark
  public double width(Width state) {
    return state.task.step();
  }

  /** A step; time in proportion to the depth. */
  @Benchmark
  public double depth(Depth state) {
    return state.task.step();
  }
}
