package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.spikelet.optim.Precision.BFLOAT16;
import static org.spikelet.optim.Precision.FLOAT32;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Operation;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.TapeObserver;
import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.check.FiniteCheck;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Sequential;

/** Numbers are rounded to nearest, ties to even; and so is all of one training, and no other. */
class PrecisionTest {

  @ParameterizedTest
  @CsvSource({
    "0x1p0, 0x1p0",
    "0x1.000001p0, 0x1p0", // halfway, down to even
    "0x1.000003p0, 0x1.000004p0", // halfway, up to even
    "0x1.0000010000001p0, 0x1.000002p0", // over halfway by the last digit of a double
    "0x1.0000008p0, 0x1p0",
    "-0x1.000003p0, -0x1.000004p0",
    "0x1.ffffffp0, 0x1p1", // halfway, with a carry
    "0x1.fffffefffffffp127, 0x1.fffffep127", // not quite halfway to the next, the largest stays
    "0x1.ffffffp127, Infinity", // halfway
    "-0x1.ffffffp127, -Infinity",
    "0x1p1023, Infinity",
    "0x1p-149, 0x1p-149", // the least
    "0x1p-150, 0", // halfway to 0, which is even
    "0x1.8p-149, 0x1p-148", // halfway, up to even
    "0x1.0000000000001p-150, 0x1p-149",
    "0x1.fffffffp-127, 0x1p-126", // a subnormal number becomes normal
    "-0x1p-150, -0.0",
    "0x0.0000000000001p-1022, 0", // the least double
    "-0.0, -0.0",
    "Infinity, Infinity",
    "-Infinity, -Infinity",
    "NaN, NaN"
  })
  void float32HasTwentyFourDigits(String x, String rounded) {
    assertThat(FLOAT32.round(Double.parseDouble(x))).isEqualTo(Double.valueOf(rounded));
  }

  @ParameterizedTest
  @CsvSource({
    "0x1p0, 0x1p0",
    "0x1.01p0, 0x1p0", // halfway, down to even
    "0x1.03p0, 0x1.04p0", // halfway, up to even
    "0x1.0100000000001p0, 0x1.02p0", // over halfway by a digit that a float would have lost
    "0x1.00ffffffp0, 0x1p0",
    "-0x1.03p0, -0x1.04p0",
    "0x1.ffp0, 0x1p1", // halfway, with a carry
    "0x1.feffffffp127, 0x1.fep127",
    "0x1.ff00p127, Infinity", // halfway
    "-0x1.ff00p127, -Infinity",
    "0x1p1023, Infinity",
    "0x1p-133, 0x1p-133", // the least
    "0x1p-134, 0", // halfway to 0, which is even
    "0x1.8p-133, 0x1p-132", // halfway, up to even
    "0x1.0000000000001p-134, 0x1p-133",
    "0x1.ffp-127, 0x1p-126", // a subnormal number becomes normal
    "-0x1p-134, -0.0",
    "0x0.0000000000001p-1022, 0",
    "-0.0, -0.0",
    "Infinity, Infinity",
    "-Infinity, -Infinity",
    "NaN, NaN"
  })
  void bfloat16HasEightDigits(String x, String rounded) {
    assertThat(BFLOAT16.round(Double.parseDouble(x))).isEqualTo(Double.valueOf(rounded));
  }

  /** A bit pattern of NaN must not be rounded up to that of infinity. */
  @Test
  void noNanBecomesANumber() {
    double odd = Double.longBitsToDouble(0x7ff0_0000_0000_0001L);
    double full = Double.longBitsToDouble(0xffff_ffff_ffff_ffffL);

    for (Precision precision : Precision.values()) {
      assertThat(precision.round(odd)).isNaN();
      assertThat(precision.round(full)).isNaN();
    }
  }

  /** A training of a small net, step by step. */
  private static final class Run {

    private final SplittableRandom random = new SplittableRandom(5);
    private final Sequential net =
        Sequential.of(Dense.of(3, 8, random), Activation.TANH, Dense.of(8, 4, random));
    private final Adam adam =
        new Adam(net.parameters(), 1e-2, Adam.DEFAULTS.withAmsgrad().withClippedUpdates());
    private final Tensor x = Tensor.of(Shape.of(16, 3), random.doubles(48, -2, 2).toArray());
    private final Tensor classes =
        Tensor.vector(random.doubles(16, 0, 4).map(Math::floor).toArray());

    private Tensor loss() {
      return Losses.crossEntropy(net.forward(x), classes);
    }

    private void step() {
      try (Tape tape = Tape.record()) {
        adam.step(tape.gradients(loss()));
      }
    }

    private void step(Precision precision) {
      try (Tape tape = Tape.record(precision)) {
        adam.step(tape.gradients(loss()));
        precision.round(adam);
      }
    }

    private List<Double> weights() {
      return net.parameters().stream().flatMap(p -> Arrays.stream(p.toArray()).boxed()).toList();
    }
  }

  @Test
  void everyResultGradientWeightAndMomentIsRounded() {
    for (Precision precision : Precision.values()) {
      Run run = new Run();
      TapeObserver look =
          new TapeObserver() {
            @Override
            public void computed(Tape tape, Operation operation) {
              assertRounded(operation.name(), operation.output().toArray(), precision::round);
            }
          };
      for (int t = 0; t < 5; t++) {
        try (Tape outer = Tape.record(precision);
            Tape tape = Tape.record(look)) {
          assertThat(outer.size()).isZero();
          Gradients gradients = tape.gradients(run.loss());
          for (Parameter parameter : run.net.parameters()) {
            assertRounded("gradient", gradients.of(parameter).toArray(), precision::round);
          }
          run.adam.step(gradients);
          precision.round(run.adam);
        }
        for (Slot slot : run.adam.slots()) {
          assertRounded("weight", slot.parameter().toArray(), precision::round);
          for (int k = 0; k < 3; k++) { // m, v and the largest v
            assertRounded("state", slot.array(k), precision::round);
          }
        }
      }
    }
  }

  private static void assertRounded(String what, double[] values, DoubleUnaryOperator round) {
    assertThat(values).as(what).containsExactly(Arrays.stream(values).map(round).toArray());
  }

  @Test
  void anOuterTapeRoundsATrainer() {
    Run run = new Run();
    DataLoader loader = new DataLoader(new Dataset(run.x, run.x), 4);
    Trainer trainer =
        new Trainer(x -> run.net.forward(x), PrecisionTest::firstThree, run.adam, loader)
            .listen(step -> FLOAT32.round(run.adam));

    try (Tape outer = Tape.record(FLOAT32)) {
      trainer.run(3);
      assertThat(outer.size()).isZero();
    }

    Run byHand = new Run();
    for (long t = 0; t < 3; t++) {
      try (Tape tape = Tape.record(FLOAT32)) {
        Batch batch = loader.batch(t);
        Tensor loss = firstThree(byHand.net.forward(batch.inputs()), batch.targets());
        byHand.adam.step(tape.gradients(loss));
        FLOAT32.round(byHand.adam);
      }
    }
    assertThat(run.weights()).isEqualTo(byHand.weights());
  }

  private static Tensor firstThree(Tensor y, Tensor targets) {
    return Losses.meanSquaredError(y.slice(1, 0, 3), targets);
  }

  /** The last digits are lost in single precision, most digits in bfloat16. */
  @Test
  void theFormatsDiffer() {
    List<Double> plain = trained(Run::step);
    List<Double> single = trained(run -> run.step(FLOAT32));
    List<Double> half = trained(run -> run.step(BFLOAT16));

    assertThat(distance(plain, single)).isBetween(1e-9, 1e-4);
    assertThat(distance(plain, half)).isGreaterThan(1e-3);
  }

  private static double distance(List<Double> a, List<Double> b) {
    double largest = 0;
    for (int i = 0; i < a.size(); i++) {
      largest = Math.max(largest, Math.abs(a.get(i) - b.get(i)));
    }
    return largest;
  }

  private interface Step {
    void take(Run run) throws Exception;
  }

  private static List<Double> trained(Step step) {
    Run run = new Run();
    try {
      for (int t = 0; t < 30; t++) {
        step.take(run);
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return run.weights();
  }

  /** Step by step side by side, each comes to the bits that it has alone. */
  @Test
  void trainingsOnOtherThreadsAreLeftAlone() throws Exception {
    List<Step> steps =
        List.of(Run::step, run -> run.step(FLOAT32), run -> run.step(BFLOAT16), Run::step);
    List<List<Double>> alone = steps.stream().map(PrecisionTest::trained).toList();
    CyclicBarrier together = new CyclicBarrier(steps.size());
    ExecutorService threads = Executors.newFixedThreadPool(steps.size());
    try {
      List<Future<List<Double>>> beside =
          steps.stream()
              .map(
                  step ->
                      threads.submit(
                          () ->
                              trained(
                                  run -> {
                                    together.await();
                                    step.take(run);
                                  })))
              .toList();
      for (int k = 0; k < steps.size(); k++) {
        assertThat(beside.get(k).get()).isEqualTo(alone.get(k));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aTapeAfterwardsIsAsBefore() {
    List<Double> before = trained(Run::step);
    trained(run -> run.step(BFLOAT16));

    assertThat(trained(Run::step)).isEqualTo(before);
  }

  @Test
  void operandsStayAsTheyAre() {
    Tensor third = Tensor.scalar(1.0 / 3);
    try (Tape tape = Tape.record(FLOAT32)) {
      Tensor watched = tape.watch(third);
      assertThat(watched.mul(3).item()).isEqualTo(1);
      assertThat(watched.neg().item()).isEqualTo(-(float) (1.0 / 3));
    }
    assertThat(third.item()).isEqualTo(1.0 / 3);
    assertThat(FLOAT32.rounded(third).item()).isEqualTo((float) (1.0 / 3));
    assertThat(third.item()).isEqualTo(1.0 / 3);
  }

  /** 10²⁰ · 10²⁰ is finite as a double. */
  @Test
  void aCheckInsideSeesWhatWasRounded() {
    try (Tape outer = Tape.record(FLOAT32);
        Tape tape = Tape.record(new FiniteCheck())) {
      Tensor large = tape.watch(Tensor.scalar(1e20));

      assertThatThrownBy(large::square)
          .isInstanceOf(ArithmeticException.class)
          .hasMessageContaining("square");
      assertThat(outer.size()).isZero();
    }
  }
}
