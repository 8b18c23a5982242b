package org.spikelet.app.validation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.spikelet.autodiff.Parameter;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Module;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.RmsProp;
import org.spikelet.optim.Sgd;

/**
 * What a training is like, and how it is logged, drawn from a seed.
 *
 * @param interval a line for each so many steps, the mean of their losses
 * @param scale the loss is logged times this
 * @param offset and plus this: a log-density has no least value
 * @param style which program's file it is
 */
record LogWorld(
    long seed,
    int inputs,
    int outputs,
    List<Integer> hidden,
    Module activation,
    int batch,
    int batches,
    double noise,
    BiFunction<List<Parameter>, Double, Optimizer> optimizer,
    double rate,
    int steps,
    int interval,
    double scale,
    double offset,
    LogStyle style) {

  private static final List<LogStyle> STYLES = List.of(LogStyle.values());

  /** Those that the rules were made with. */
  static LogWorld known(long seed) {
    SplittableRandom r = new SplittableRandom(seed * 7919 + 1);
    return new LogWorld(
        seed,
        10,
        3,
        r.nextBoolean() ? List.of(32, 16) : List.of(40),
        r.nextBoolean() ? Activation.RELU : Activation.TANH,
        16,
        30 + r.nextInt(30),
        0.1 + 0.2 * r.nextDouble(),
        r.nextInt(3) < 2 ? Adam::new : (p, rate) -> new Sgd(p, 50 * rate),
        1e-3,
        1800 + r.nextInt(800),
        1,
        Math.exp(Math.log(10) * (4 * r.nextDouble() - 3)),
        0,
        STYLES.get(r.nextInt(STYLES.size())));
  }

  /** Others: wider ranges, other optimizers, longer intervals, losses below 0. */
  static LogWorld unknown(long seed) {
    SplittableRandom r = new SplittableRandom(seed * 104_729 + 77);
    List<List<Integer>> nets =
        List.of(List.of(64), List.of(24, 24, 24), List.of(48, 12), List.of(16));
    int interval = new int[] {1, 1, 1, 2, 5}[r.nextInt(5)];
    double scale = Math.exp(Math.log(10) * (13 * r.nextDouble() - 9));
    double lottery = r.nextDouble();
    return new LogWorld(
        seed,
        4 + r.nextInt(16),
        1 + r.nextInt(6),
        nets.get(r.nextInt(nets.size())),
        List.<Module>of(Activation.RELU, Activation.TANH, Activation.GELU).get(r.nextInt(3)),
        List.of(8, 24, 50).get(r.nextInt(3)),
        20 + r.nextInt(100),
        0.05 + 0.6 * r.nextDouble(),
        lottery < 0.5
            ? (p, rate) -> new Adam(p, rate, Adam.DEFAULTS.withDecoupledWeightDecay(0.01))
            : lottery < 0.75
                ? (p, rate) -> new RmsProp(p, rate)
                : (p, rate) -> new Sgd(p, 10 * rate, Sgd.DEFAULTS.withMomentum(0.9)),
        5e-4 + 1.5e-3 * r.nextDouble(),
        (1200 + r.nextInt(2000)) * Math.min(interval, 3),
        interval,
        scale,
        r.nextInt(5) == 0 ? -3 * scale : 0,
        STYLES.get(r.nextInt(STYLES.size())));
  }

  /** A third kind, drawn when the rules were finished. */
  static LogWorld last(long seed) {
    SplittableRandom r = new SplittableRandom(seed * 15_485_863 + 5);
    List<List<Integer>> nets = List.of(List.of(20, 20), List.of(100), List.of(12, 12, 12, 12));
    int interval = new int[] {1, 1, 1, 3, 10}[r.nextInt(5)];
    double scale = Math.exp(Math.log(10) * (13 * r.nextDouble() - 9));
    double lottery = r.nextDouble();
    return new LogWorld(
        seed,
        3 + r.nextInt(30),
        2 + r.nextInt(8),
        nets.get(r.nextInt(nets.size())),
        List.<Module>of(Activation.RELU, Activation.TANH, Activation.SIGMOID).get(r.nextInt(3)),
        List.of(10, 20, 40).get(r.nextInt(3)),
        15 + r.nextInt(80),
        0.03 + 0.4 * r.nextDouble(),
        lottery < 0.6
            ? (p, rate) -> new Adam(p, rate, Adam.DEFAULTS.withBetas(0.9, 0.99))
            : (p, rate) -> new Sgd(p, 30 * rate),
        3e-4 + 2e-3 * r.nextDouble(),
        (1000 + r.nextInt(2500)) * Math.min(interval, 4),
        interval,
        scale,
        r.nextInt(5) == 0 ? -2 * scale : 0,
        STYLES.get(r.nextInt(STYLES.size())));
  }
}
