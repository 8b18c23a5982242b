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
import org.spikelet.spikes.stability.StabilityWatch;

/**
 * What it costs to watch the stability of a training: 100 steps of the net 14-100-40-4 with Adam,
 * with a look every so many steps.
 *
 * <p>{@code every = 0} is the baseline, without a watch. A look is one product with the Hessian: a
 * forward pass, one backward, and one backward through that. A brake looks in the same way.
 *
 * <p>Run it alone with {@code java -jar benchmarks/target/benchmarks.jar Stability}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class StabilityBenchmark {

  private static final int STEPS = 100;

  /** The steps from look to look; 0 without a watch. */
  @Param({"0", "10", "50"})
  public int every;

  /** The rows of a batch. */
  @Param({"32", "256"})
  public int rows;

  private Trainer trainer;

  /** Made by JMH. */
  public StabilityBenchmark() {}

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
            new DataLoader(new Dataset(x, y), rows).withShuffle(1));
    if (every > 0) {
      StabilityWatch.attach(
          trainer, net.state(), StabilityWatch.DEFAULTS.withEvery(every), warning -> {});
    }
  }

  /** A hundred steps. */
  @Benchmark
  public long steps() {
    return trainer.run(STEPS);
  }
}
