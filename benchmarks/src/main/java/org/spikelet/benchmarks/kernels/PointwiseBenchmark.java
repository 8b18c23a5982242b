package org.spikelet.benchmarks.kernels;

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
import org.spikelet.autodiff.kernels.Function;
import org.spikelet.autodiff.kernels.Kernels;
import org.spikelet.autodiff.kernels.UnaryLoop;

/**
 * The functions that have a vector version, over an array.
 *
 * <p>The baseline is {@code copy}, which only moves the memory. Expect the reference to take 10 to
 * 40 ns for an element, and the vector kernels about 1 to 3; at 1,000,000 elements the memory
 * shows.
 *
 * <p>Run it alone with {@code java -jar benchmarks/target/benchmarks.jar PointwiseBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class PointwiseBenchmark {

  /** The loops to measure. */
  @Param({"reference", "vector"})
  public String kernels;

  /** Elements of the array. */
  @Param({"1000", "1000000"})
  public int size;

  private Kernels chosen;
  private double[] x;
  private double[] y;

  /** Made by JMH. */
  public PointwiseBenchmark() {}

  /** Draws the array, from −3 to 3. */
  @Setup
  public void prepare() {
    chosen = Kernels.choose(kernels);
    x = new SplittableRandom(1).doubles(size, -3, 3).toArray();
    y = new double[size];
  }

  /** The baseline: reading and writing as much. */
  @Benchmark
  public double[] copy() {
    System.arraycopy(x, 0, y, 0, size);
    return y;
  }

  /** y = f(x), for each function that has a vector version. */
  @Benchmark
  public double[] function(Chosen f) {
    f.loop.run(x, y, 0, size);
    return y;
  }

  /** y = x where x is not 0. */
  @Benchmark
  public double[] mask() {
    chosen.mask(x, x, 0, y, 0, size);
    return y;
  }

  /** The function to measure. */
  @State(Scope.Benchmark)
  public static class Chosen {

    /** All of them. */
    @Param public Function f;

    private UnaryLoop loop;

    /** Made by JMH. */
    public Chosen() {}

    /** Looks up its loop. */
    @Setup
    public void prepare(PointwiseBenchmark benchmark) {
      loop = Kernels.choose(benchmark.kernels).loop(f);
    }
  }
}
