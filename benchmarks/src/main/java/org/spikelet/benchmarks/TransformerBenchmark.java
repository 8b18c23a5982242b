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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The time of one training step of a transformer with Adam: forward, loss, backward, update.
 *
 * <p>The baseline is the block with ReLU: what GELU takes more is the price of the error function.
 * Per letter, {@code gpt 32} does some 30 times the multiplications of {@code gpt 1}, which shows
 * what small tensors cost.
 *
 * <p>Run it alone with {@code java -jar benchmarks/target/benchmarks.jar Transformer}; add {@code
 * -jvmArgsPrepend -Dspikelet.threads=1} for one thread, as {@code benchmarks/peers/run} has it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class TransformerBenchmark {

  /** Batch, context and width of a block and its activation; or the names a step of program 08. */
  @Param({
    "block 32,8,32 relu",
    "block 32,8,32 gelu",
    "block 32,16,64 relu",
    "block 32,16,64 gelu",
    "block 16,64,128 relu",
    "block 16,64,128 gelu",
    "gpt 1",
    "gpt 32",
  })
  public String setting;

  private TransformerTask task;

  /** Made by JMH. */
  public TransformerBenchmark() {}

  /** Makes the net and the batch. */
  @Setup
  public void prepare() {
    task = TransformerTask.parse(setting);
  }

  /** The whole step. */
  @Benchmark
  public double step() {
    return task.step();
  }
}
