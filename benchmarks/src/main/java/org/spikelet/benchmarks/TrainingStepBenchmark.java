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
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Optimizer;

/**
 * The time of one training step of the net 14-100-40-4 with Adam: forward, loss, backward, update.
 *
 * <p>{@code forward} is the baseline: it shows how much of a step the derivatives and the update
 * take. A step does about three times the multiplications of a forward pass.
 *
 * <p>Run it alone with {@code java -jar benchmarks/target/benchmarks.jar TrainingStep}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TrainingStepBenchmark {

  /** Rows in a batch. */
  @Param({"1", "32", "1600"})
  public int batch;

  private Module net;
  private Optimizer adam;
  private Tensor inputs;
  private Tensor targets;

  /** Made by JMH. */
  public TrainingStepBenchmark() {}

  /** Makes the net and a batch of random numbers. */
  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(1);
    net =
        Sequential.of(
            Dense.of(14, 100, random),
            Activation.RELU,
            Dense.of(100, 40, random),
            Activation.RELU,
            Dense.of(40, 4, random));
    adam = new Adam(net.parameters());
    inputs = Tensor.of(Shape.of(batch, 14), random.doubles(batch * 14L, -1, 1).toArray());
    targets = Tensor.of(Shape.of(batch), random.ints(batch, 0, 4).asDoubleStream().toArray());
  }

  /** The baseline: predictions without a tape. */
  @Benchmark
  public Tensor forward() {
    return net.forward(inputs);
  }

  /** The whole step. */
  @Benchmark
  public double step() {
    try (Tape tape = Tape.record()) {
      Tensor loss = Losses.crossEntropy(net.forward(inputs), targets);
      adam.step(tape.gradients(loss));
      return loss.item();
    }
  }
}
