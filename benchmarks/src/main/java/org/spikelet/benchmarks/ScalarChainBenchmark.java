package org.spikelet.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/**
 * What the tape costs when there is next to nothing to compute: a chain of operations on one
 * number.
 *
 * <p>Divide by the length for the price of an operation, forward and backward. It should hardly
 * grow up to 100,000; of a million operations a tape keeps some 200 MB alive, which the garbage
 * collector moves: expect up to ten times as much there, but not with {@code -XX:+UseParallelGC} or
 * with room for them, {@code -Xms4g -Xmn2g -XX:+AlwaysPreTouch}. {@code forward} is the baseline,
 * without a derivative. A sine takes some time by itself, and its derivative a cosine; a product
 * takes none, but has two gradients.
 *
 * <p>Run it alone with {@code java -jar benchmarks/target/benchmarks.jar ScalarChain}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ScalarChainBenchmark {

  /** The operation. */
  @Param({"sin", "mul"})
  public String operation;

  /** Operations in the chain. */
  @Param({"1000", "10000", "100000", "1000000"})
  public int length;

  /** Made by JMH. */
  public ScalarChainBenchmark() {}

  /** The baseline: the chain without a tape. */
  @Benchmark
  public double forward() {
    return chain(Tensor.scalar(1)).item();
  }

  /** The chain and its derivative. */
  @Benchmark
  public double forwardAndBackward() {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.scalar(1));
      return tape.gradients(chain(x)).of(x).item();
    }
  }

  private Tensor chain(Tensor x) {
    boolean sine = operation.equals("sin");
    Tensor y = x;
    for (int i = 0; i < length; i++) {
      y = sine ? y.sin() : y.mul(x);
    }
    return y;
  }
}
