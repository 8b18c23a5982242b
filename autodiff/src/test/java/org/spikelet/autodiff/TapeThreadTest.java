package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tape belongs to one thread; threads with tapes of their own do not disturb each other. */
class TapeThreadTest {

  private static final Tensor INPUTS =
      Tensor.matrix(new double[] {0.5, -1, 2}, new double[] {1.5, 0.3, -0.7});
  private static final Tensor TARGETS = Tensor.vector(1, -1);

  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** Trains a little regression, and returns the last weights. */
  private static double[] train(double start) {
    Parameter w = Parameter.of("w", Tensor.full(Shape.of(3), start));
    for (int step = 0; step < 500; step++) {
      try (Tape tape = Tape.record()) {
        Tensor loss = INPUTS.matmul(w).tanh().sub(TARGETS).square().mean();
        double[] g = tape.gradients(loss).of(w).toArray();
        w.update(
            values -> {
              for (int i = 0; i < g.length; i++) {
                values[i] -= 0.1 * g[i];
              }
            });
      }
    }
    return w.toArray();
  }

  @Test
  void trainingTwoModelsAtOnceGivesTheSameBitsAsAlone() throws Exception {
    double[] alone = train(0.1);
    double[] other = train(-0.2);
    CyclicBarrier together = new CyclicBarrier(2);
    Callable<double[]> first =
        () -> {
          together.await();
          return train(0.1);
        };
    Callable<double[]> second =
        () -> {
          together.await();
          return train(-0.2);
        };
    List<Future<double[]>> results = threads.invokeAll(List.of(first, second));
    assertThat(results.get(0).get()).isEqualTo(alone);
    assertThat(results.get(1).get()).isEqualTo(other);
  }

  @Test
  void everyUseOnAnotherThreadIsRefused() throws Exception {
    Parameter w = Parameter.of("w", Tensor.vector(1, 2));
    try (Tape tape = Tape.record()) {
      Tensor y = w.square();
      Tensor sum = y.sum();
      Gradients gradients = tape.gradients(sum);
      Map<String, ThrowingCallable> uses = TapeLifeTest.uses(tape, y, sum, gradients, w);
      uses.put("close", tape::close);
      SoftAssertions soft = new SoftAssertions();
      for (Map.Entry<String, ThrowingCallable> use : uses.entrySet()) {
        Throwable refusal = elsewhere(() -> catchThrowable(use.getValue()));
        soft.assertThat(refusal)
            .as(use.getKey())
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("belongs to the thread '" + Thread.currentThread().getName());
      }
      soft.assertAll();
    }
  }

  @Test
  void aCopyMayBeHandedToAnotherThread() throws Exception {
    try (Tape tape = Tape.record()) {
      Tensor copy = tape.watch(Tensor.scalar(3)).square().copy();
      assertThat(elsewhere(copy::item)).isEqualTo(9);
    }
  }

  @Test
  void anotherThreadHasNoTapeUntilItOpensOne() throws Exception {
    Parameter w = Parameter.of("w", Tensor.scalar(3));
    try (Tape tape = Tape.record()) {
      Tensor square = elsewhere(w::square);
      assertThat(tape.size()).isZero();
      assertThat(square.item()).isEqualTo(9);
    }
  }

  private <T> T elsewhere(Callable<T> task) throws ExecutionException, InterruptedException {
    return threads.submit(task).get();
  }
}
