package org.spikelet.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Checkpoint;
import org.spikelet.optim.Checkpoints;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Trainer;

/**
 * What it costs to save a checkpoint each second while a training runs: steps in a second, with and
 * without. Adam in batches of 32; {@code SMALL} is the net 14-100-40-4, {@code LARGE} has a million
 * weights, and a checkpoint of 24 MB. The cost should be less than 2 %.
 *
 * <p>Run it alone with {@code java -jar benchmarks/target/benchmarks.jar CheckpointEachSecond}; the
 * files are in the folder for temporary ones.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 4)
@Measurement(iterations = 5, time = 4)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class CheckpointEachSecondBenchmark {

  /** Widths of the layers. */
  public enum Net {
    /** 5,704 weights. */
    SMALL(14, 100, 40, 4),
    /** A million weights. */
    LARGE(784, 1000, 210, 10);

    private final int inputs;
    private final int first;
    private final int second;
    private final int classes;

    Net(int inputs, int first, int second, int classes) {
      this.inputs = inputs;
      this.first = first;
      this.second = second;
      this.classes = classes;
    }

    private Module module(SplittableRandom random) {
      return Sequential.of(
          Dense.of(inputs, first, random),
          Activation.RELU,
          Dense.of(first, second, random),
          Activation.RELU,
          Dense.of(second, classes, random));
    }
  }

  /** When it is saved. */
  public enum Saved {
    /** Not at all. */
    NEVER,
    /** Each second. */
    EACH_SECOND
  }

  /** What is trained. */
  @Param({"SMALL", "LARGE"})
  public Net net;

  /** When it is saved. */
  @Param({"NEVER", "EACH_SECOND"})
  public Saved saved;

  private Path folder;
  private Trainer trainer;
  private Optional<Checkpoints> checkpoints = Optional.empty();

  /** Makes the training. */
  @Setup
  public void prepare() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Module module = net.module(random);
    double[] values = random.doubles(1024L * net.inputs, -1, 1).toArray();
    Tensor x = Tensor.of(Shape.of(1024, net.inputs), values);
    Tensor classes = Tensor.vector(random.ints(1024, 0, 4).asDoubleStream().toArray());
    trainer =
        new Trainer(
            module::forward,
            Losses::crossEntropy,
            new Adam(module.parameters()),
            new DataLoader(new Dataset(x, classes), 32).withShuffle(1));
    folder = Files.createTempDirectory("checkpoint-benchmark");
    if (saved == Saved.EACH_SECOND) {
      Checkpoints opened =
          Checkpoints.open(
              folder,
              new Checkpoint(trainer, module.state()),
              Checkpoints.DEFAULTS.withEvery(Duration.ofSeconds(1)));
      trainer.listen(opened);
      checkpoints = Optional.of(opened);
    }
  }

  /** Deletes the files. */
  @TearDown
  public void delete() throws IOException {
    if (checkpoints.isPresent()) {
      checkpoints.get().close();
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** One step. */
  @Benchmark
  public long step() {
    return trainer.run(1);
  }
}
