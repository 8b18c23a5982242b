package org.spikelet.app.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.spikelet.app.question.Problem;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Initializer;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Sequential;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Precision;

/**
 * Why cross-entropy rises from a very small loss in single precision, and not in double.
 *
 * <p>The gradient of a row's logits is p − onehot, which sums to 0: what the own class is pulled
 * up, the others are pushed down. Where 1 − p of the own class is less than 2⁻²⁵, p is rounded to 1
 * and p − 1 to 0. The others' pushes are left, all of one sign, with nothing against them.
 *
 * <p>The training is the laboratory's, {@code float32} there.
 */
final class Cancellation {

  private static final int ROWS = 64;
  private static final double RATE = 5e-3;

  /**
   * What is left of the gradient of the logits.
   *
   * @param step steps taken
   * @param loss the loss then
   * @param gone the share of the rows in which the own class's gradient is exactly 0
   * @param unbalanced |Σ g| / Σ |g| over all logits: 0 where pushes and pulls cancel, 1 where all
   *     are of one sign
   * @param norm √(Σ w²) over all weights
   */
  record State(int step, double loss, double gone, double unbalanced, double norm) {
    /** Returns the numbers as columns of the table. */
    @Override
    public String toString() {
      return String.format(Locale.ROOT, " %8.1e %6.2f %10.3f %6.1f", loss, gone, unbalanced, norm);
    }
  }

  private final Optional<Precision> precision;
  private final Tensor inputs;
  private final Tensor classes;
  private final Sequential net;
  private final Adam adam;

  private Cancellation(long seed, Optional<Precision> precision) {
    Problem problem = Problem.normal(seed, ROWS).withTargets(Problem::largest);
    SplittableRandom random = new SplittableRandom(problem.initSeed());
    this.precision = precision;
    this.inputs =
        precision
            .map(p -> p.rounded(problem.data().inputs()))
            .orElseGet(() -> problem.data().inputs());
    this.classes = problem.data().targets();
    this.net =
        Sequential.of(
            Dense.of(Problem.INPUTS, 32, random, Initializer.HE_NORMAL),
            Activation.RELU,
            Dense.of(32, 16, random, Initializer.HE_NORMAL),
            Activation.RELU,
            Dense.of(16, Problem.OUTPUTS, random, Initializer.HE_NORMAL));
    this.adam = new Adam(net.parameters(), RATE);
    precision.ifPresent(p -> p.round(adam));
  }

  /** Trains, and looks before the first step and then every so many steps. */
  static List<State> run(long seed, Optional<Precision> precision, int steps, int every) {
    Cancellation training = new Cancellation(seed, precision);
    Supplier<Tape> open = () -> precision.map(Tape::record).orElseGet(Tape::record);
    List<State> states = new ArrayList<>();
    for (int t = 0; t <= steps; t++) {
      if (t % every == 0) {
        states.add(training.state(t, open));
      }
      training.step(open);
    }
    return states;
  }

  private void step(Supplier<Tape> open) {
    try (Tape tape = open.get()) {
      adam.step(tape.gradients(Losses.crossEntropy(net.forward(inputs), classes)));
      precision.ifPresent(p -> p.round(adam));
    }
  }

  private State state(int step, Supplier<Tape> open) {
    try (Tape tape = open.get()) {
      Tensor logits = tape.watch(net.forward(inputs));
      Tensor loss = Losses.crossEntropy(logits, classes);
      Tensor g = tape.gradients(loss).of(logits);
      double gone = g.pick(classes).equalTo(0).mean().item();
      double unbalanced = Math.abs(g.sum().item()) / g.abs().sum().item();
      double squares = net.parameters().stream().mapToDouble(w -> w.square().sum().item()).sum();
      return new State(step, loss.item(), gone, unbalanced, Math.sqrt(squares));
    }
  }

  /**
   * Prints the states of both trainings side by side.
   *
   * @param arguments the seed
   */
  public static void main(String[] arguments) {
    long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
    List<State> twice = run(seed, Optional.empty(), 30_000, 2_000);
    List<State> single = run(seed, Optional.of(Precision.FLOAT32), 30_000, 2_000);
    System.out.printf("%38s %34s%n", "double", "float");
    String columns = " %8s %6s %10s %6s";
    System.out.printf("%6s" + columns + columns + "%n", columns("step"));
    for (int i = 0; i < single.size(); i++) {
      System.out.printf("%6d%s%s%n", single.get(i).step, twice.get(i), single.get(i));
    }
  }

  private static Object[] columns(String first) {
    String[] names = {"loss", "gone", "unbalanced", "norm"};
    return Stream.of(new String[] {first}, names, names).flatMap(Stream::of).toArray();
  }
}
