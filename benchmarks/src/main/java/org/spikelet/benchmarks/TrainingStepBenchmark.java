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
import org.spikelet.autodiff.Tensor;
import org.spikelet.benchmarks.kernels.HandWrittenStep;

/**
 * The time of one training step with Adam: forward, loss, backward, update.
 *
 * <p>There are two baselines. {@code forward} shows how much of a step the derivatives and the
 * update take: a step does about three times the multiplications of a forward pass. {@code
 * handWritten} is the same step without a tape, with the same kernels: {@code step} divided by it
 * is the price of the tape. Expect at most 1.15 on the small net at 32 rows, more at one row, where
 * there is nearly nothing to compute, and next to nothing on the large net.
 *
 * <p>Run it alone with {@code java -jar benchmarks/target/benchmarks.jar TrainingStep}; add {@code
 * -prof gc} to see what a step allocates, and {@code -jvmArgsPrepend -Dspikelet.threads=1} to keep
 * the large net on one thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class TrainingStepBenchmark {

  /** The net's widths, and the rows in a batch. */
  @Param({
    "14-100-40-4 x 32",
    "14-100-40-4 x 1",
    "14-100-40-4 x 1600",
    "784-512-256-10 x 128",
  })
  public String setting;

  private TrainingTask task;
  private HandWrittenStep byHand;

  /** Made by JMH. */
  public TrainingStepBenchmark() {}

  /** Makes the net and the batch, and takes twenty steps in both ways, which must agree. */
  @Setup
  public void prepare() {
    task = TrainingTask.parse(setting);
    byHand =
        new HandWrittenStep(task.widths(), task.net().parameters(), task.inputs(), task.targets());
    for (int t = 1; t <= 20; t++) {
      double expected = task.step();
      double actual = byHand.step();
      // Both round in another order; a wrong step would differ in the first digits.
      if (!(Math.abs(actual - expected) <= 1e-9 * expected)) {
        throw new IllegalStateException(
            "step %d: the loss is %s with a tape, %s by hand".formatted(t, expected, actual));
      }
    }
  }

  /** A baseline: predictions without a tape. */
  @Benchmark
  public Tensor forward() {
    return task.forward();
  }

  /** The other baseline: the step without a tape. */
  @Benchmark
  public double handWritten() {
    return byHand.step();
  }

  /** The whole step. */
  @Benchmark
  public double step() {
    return task.step();
  }
}
