package org.spikelet.benchmarks;

import java.util.List;
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
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.AdaGrad;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Clipping;
import org.spikelet.optim.GradientTransformation;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.RmsProp;
import org.spikelet.optim.Sgd;

/**
 * The update of one parameter, without the gradients, which are computed once.
 *
 * <p>The baseline is {@code descent}, w ← w − ηg as a plain loop. Expect SGD to be near it, for
 * both wait for the memory; the others have a root and a division for each weight, some 1 to 2 ns.
 * Divide by the size: the time of a weight should not grow but where the arrays leave a cache.
 * {@code clippedStep} adds a pass for the global norm.
 *
 * <p>Run it alone with {@code java -jar benchmarks/target/benchmarks.jar OptimizerBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class OptimizerBenchmark {

  /** The rule. */
  @Param({"sgd", "momentum", "rmsprop", "adagrad", "adam"})
  public String rule;

  /** Weights. */
  @Param({"5000", "500000"})
  public int size;

  private Optimizer optimizer;
  private Gradients gradients;
  private double[] w;
  private double[] g;

  private final GradientTransformation clipping = Clipping.globalNorm(1e9);

  /** Made by JMH. */
  public OptimizerBenchmark() {}

  /** Draws the weights; the gradient of ½ Σ w² is w. */
  @Setup
  public void prepare() {
    w = new SplittableRandom(1).doubles(size, -1, 1).toArray();
    g = w.clone();
    Parameter weights = Parameter.of("w", Tensor.of(Shape.of(size), w));
    optimizer = optimizer(List.of(weights));
    try (Tape tape = Tape.record()) {
      gradients = tape.gradients(weights.square().sum().mul(0.5)).copy();
    }
  }

  private Optimizer optimizer(List<Parameter> weights) {
    return switch (rule) {
      case "sgd" -> new Sgd(weights, 1e-9);
      case "momentum" -> new Sgd(weights, 1e-9, Sgd.DEFAULTS.withMomentum(0.9));
      case "rmsprop" -> new RmsProp(weights, 1e-9);
      case "adagrad" -> new AdaGrad(weights, 1e-9);
      case "adam" -> new Adam(weights, 1e-9);
      default -> throw new IllegalArgumentException("rule: " + rule);
    };
  }

  /** The baseline. */
  @Benchmark
  public double[] descent() {
    for (int i = 0; i < w.length; i++) {
      w[i] -= 1e-9 * g[i];
    }
    return w;
  }

  /** A step. */
  @Benchmark
  public Optimizer step() {
    optimizer.step(gradients);
    return optimizer;
  }

  /** The global norm of the gradients, which does not exceed the limit, and a step. */
  @Benchmark
  public Optimizer clippedStep() {
    optimizer.step(clipping.apply(gradients));
    return optimizer;
  }
}
