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
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;
import org.spikelet.optim.Adam;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.SpikeRecorder;

/**
 * What it costs to record a training for the spike doctor: 100 steps of the net 14-100-40-4 with
 * Adam at batch 32, of which ten take a snapshot.
 *
 * <p>{@code recorded = false} is the baseline. The difference should be at most 15 % of it.
 *
 * <p>Run it alone with {@code java -jar benchmarks/target/benchmarks.jar Recorder}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RecorderBenchmark {

  private static final int STEPS = 100;

  /** Whether the steps are recorded. */
  @Param({"false", "true"})
  public boolean recorded;

  private Trainer trainer;

  /** Made by JMH. */
  public RecorderBenchmark() {}

  /** Makes the training, on 1536 random rows. */
  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(1);
    Module net =
        Sequential.of(
            Dense.of(14, 100, random),
            Activation.RELU,
            Dense.of(100, 40, random),
            Activation.RELU,
            Dense.of(40, 4, random));
    Tensor x = Tensor.of(Shape.of(1536, 14), random.doubles(1536 * 14, -1, 1).toArray());
    Tensor y = Tensor.of(Shape.of(1536, 4), random.doubles(1536 * 4, -1, 1).toArray());
    trainer =
        new Trainer(
            net::forward,
            Losses::meanSquaredError,
            new Adam(net.parameters()),
            new DataLoader(new Dataset(x, y), 32).withShuffle(1));
    if (recorded) {
      SpikeRecorder.attach(trainer, net.state());
    }
  }

  /** A hundred steps. */
  @Benchmark
  public long steps() {
    return trainer.run(STEPS);
  }
}
