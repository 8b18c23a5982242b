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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a second thread brings, on a machine with two cores that are idle.
 *
 * <p>{@code oneModel} and {@code largeOnOneThread} are the baselines. Two models on two threads
 * share nothing, so a step of {@code twoModels} should take hardly longer than one of {@code
 * oneModel}: expect at least 1.8 times the steps in all. Both need a warm-up of some ten seconds,
 * for the compiler has no processor of its own. A step of the large net is divided among the
 * threads: expect {@code largeOnTwoThreads} to be 1.3 to 1.6 times as fast.
 *
 * <p>Run it alone with {@code java -jar benchmarks/target/benchmarks.jar ThreadsBenchmark}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ThreadsBenchmark {

  /** Made by JMH. */
  public ThreadsBenchmark() {}

  /** A small net for each thread. */
  @State(Scope.Thread)
  public static class Small {

    /** Rows in a batch. */
    @Param({"32", "1600"})
    public int rows;

    private TrainingTask task;

    /** Made by JMH. */
    public Small() {}

    /** Makes the task. */
    @Setup
    public void prepare() {
      task = TrainingTask.parse("14-100-40-4 x " + rows);
    }
  }

  /** A large net. */
  @State(Scope.Benchmark)
  public static class Large {

    /** Rows in a batch. */
    @Param({"128", "1024"})
    public int rows;

    private TrainingTask task;

    /** Made by JMH. */
    public Large() {}

    /** Makes the task. */
    @Setup
    public void prepare() {
      task = TrainingTask.parse("784-512-256-10 x " + rows);
    }
  }

  /** A baseline: a step of one small net, on one thread. */
  @Benchmark
  @Fork(
      value = 2,
      jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dspikelet.threads=1"})
  public double oneModel(Small state) {
    return state.task.step();
  }

  /** A step of each of two small nets, on two threads. */
  @Benchmark
  @Threads(2)
  @Fork(
      value = 2,
      jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dspikelet.threads=1"})
  public double twoModels(Small state) {
    return state.task.step();
  }

  /** A baseline: a step of a large net, on one thread. */
  @Benchmark
  @Fork(
      value = 2,
      jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dspikelet.threads=1"})
  public double largeOnOneThread(Large state) {
    return state.task.step();
  }

  /** The same on two threads. */
  @Benchmark
  @Fork(
      value = 2,
      jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dspikelet.threads=2"})
  public double largeOnTwoThreads(Large state) {
    return state.task.step();
  }
}
