package org.spikelet.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
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
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
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
 * with a look at every tenth.
 *
 * <p>A look is the difference of the step's gradient and a second one, or one product with the
 * Hessian: a forward pass, one backward, and one backward through that. A brake looks in the same
 * way. The watch should cost at most 10 % of the steps.
 *
 * <p>{@code java -cp benchmarks/target/benchmarks.jar org.spikelet.benchmarks.StabilityBenchmark}
 * runs it and prints the cost of the watch beside that of the steps; {@code java -jar
 * benchmarks/target/benchmarks.jar Stability} the times alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class StabilityBenchmark {

  private static final int STEPS = 100;

  /** How it is watched. */
  public enum Watch {
    /** Not at all. */
    NONE,
    /** A watch that is attached to the trainer. */
    DIFFERENCE,
    /** A watch that a loop of one's own asks after the step. */
    PRODUCT
  }

  /** How it is watched. */
  @Param public Watch watch;

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
    if (watch == Watch.DIFFERENCE) {
      StabilityWatch.attach(trainer, net.state(), warning -> {});
    } else if (watch == Watch.PRODUCT) {
      StabilityWatch own =
          new StabilityWatch(trainer.optimizer(), StabilityWatch.DEFAULTS, warning -> {});
      trainer.listen(
          step ->
              own.look(
                  step.number() + 1,
                  () ->
                      Losses.meanSquaredError(
                          net.forward(step.batch().inputs()), step.batch().targets())));
    }
  }

  /** A hundred steps. */
  @Benchmark
  public long steps() {
    return trainer.run(STEPS);
  }

  /**
   * Runs all, and prints what a watch adds to the time of the steps, and a look to that of a step.
   */
  public static void main(String[] arguments) throws RunnerException {
    Map<String, Double> times = new TreeMap<>();
    for (RunResult result :
        new Runner(new OptionsBuilder().include(StabilityBenchmark.class.getSimpleName()).build())
            .run()) {
      BenchmarkParams parameters = result.getParams();
      times.put(
          parameters.getParam("rows") + " " + parameters.getParam("watch"),
          result.getPrimaryResult().getScore());
    }
    for (String rows : List.of("32", "256")) {
      double none = times.get(rows + " " + Watch.NONE);
      for (Watch watch : List.of(Watch.DIFFERENCE, Watch.PRODUCT)) {
        double share = times.get(rows + " " + watch) / none - 1;
        System.out.printf(
            Locale.ROOT,
            "batches of %s rows, %s: the watch costs %.1f %% of the steps, a look %.2f steps%n",
            rows,
            watch.name().toLowerCase(Locale.ROOT),
            100 * share,
            StabilityWatch.DEFAULTS.every() * share);
      }
    }
  }
}
