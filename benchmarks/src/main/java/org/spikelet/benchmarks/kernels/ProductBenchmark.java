package org.spikelet.benchmarks.kernels;

import java.util.Arrays;
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
import org.spikelet.autodiff.kernels.Kernels;
import org.spikelet.autodiff.kernels.Matrix;

/**
 * The matrix product y = op(a) · op(b) of the kernels alone, without tensors or tape.
 *
 * <p>The baseline are the reference kernels, plain loops. 2·m·k·n divided by the time is the speed
 * in floating-point operations: expect the vector kernels to be several times faster than the
 * reference, near the processor's peak at 1024, and to lose some of it on shapes that fill no whole
 * tile. Transposes should cost little: the kernels read or pack a transposed operand in place.
 *
 * <p>Run it alone with {@code java -jar benchmarks/target/benchmarks.jar ProductBenchmark}; choose
 * with {@code -p size=1024x1024x1024 -p transposed=none}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ProductBenchmark {

  /** The loops to measure. */
  @Param({"reference", "vector"})
  public String kernels;

  /** m × k × n: the layers of the small net at batch 32, tall and skinny, and square ones. */
  @Param({"32x14x100", "32x100x40", "32x40x4", "65536x14x100", "256x256x256", "1024x1024x1024"})
  public String size;

  /** The operand that is read transposed. */
  @Param({"none", "left", "right"})
  public String transposed;

  private Kernels chosen;
  private int m;
  private int k;
  private int n;
  private Matrix a;
  private Matrix b;
  private double[] y;

  /** Made by JMH. */
  public ProductBenchmark() {}

  /** Draws the operands. */
  @Setup
  public void prepare() {
    chosen = Kernels.choose(kernels);
    int[] sizes = Arrays.stream(size.split("x", -1)).mapToInt(Integer::parseInt).toArray();
    m = sizes[0];
    k = sizes[1];
    n = sizes[2];
    SplittableRandom random = new SplittableRandom(1);
    double[] left = random.doubles((long) m * k).toArray();
    double[] right = random.doubles((long) k * n).toArray();
    a = transposed.equals("left") ? Matrix.of(left, 0, k, m).transpose() : Matrix.of(left, 0, m, k);
    b =
        transposed.equals("right")
            ? Matrix.of(right, 0, n, k).transpose()
            : Matrix.of(right, 0, k, n);
    y = new double[m * n];
  }

  /** The product. */
  @Benchmark
  public double[] product() {
    chosen.multiply(a, b, Matrix.of(y, 0, m, n));
    return y;
  }
}
