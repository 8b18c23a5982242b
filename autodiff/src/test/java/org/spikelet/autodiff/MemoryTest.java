package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** The memory of closed tapes is used again, and nobody notices. */
@ExtendWith(MemoryTest.NewThread.class)
class MemoryTest {

  /** Runs each test on a thread of its own, in whose memory no other test has left arrays. */
  static final class NewThread implements InvocationInterceptor {

    @Override
    public void interceptTestMethod(
        Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
        throws Throwable {
      FutureTask<Void> task = new FutureTask<>(() -> proceed(test));
      new Thread(task).start();
      try {
        task.get();
      } catch (ExecutionException e) {
        throw e.getCause();
      }
    }

    private static Void proceed(Invocation<Void> test) throws Exception {
      try {
        return test.proceed();
      } catch (Exception | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void aSecondStepUsesTheArraysOfTheFirst() {
    double[] first = arrayOfAStep(32);
    assertThat(arrayOfAStep(32)).isSameAs(first);
  }

  @Test
  void aStepWithAnotherBatchSizeInBetweenCostsNothing() {
    arrayOfAStep(32);
    arrayOfAStep(5);
    double[] small = arrayOfAStep(5);
    double[] large = arrayOfAStep(32);
    assertThat(arrayOfAStep(5)).isSameAs(small);
    assertThat(arrayOfAStep(32)).isSameAs(large);
  }

  private static double[] arrayOfAStep(int rows) {
    try (Tape tape = Tape.record()) {
      assertThat(tape.size()).isZero();
      return Tensor.ones(Shape.of(rows, 3)).exp().mul(2).data();
    }
  }

  @Test
  void anInnerTapeGivesItsArraysBackToTheOuterOne() {
    try (Tape outer = Tape.record()) {
      Tensor kept = eight(1).add(1);
      double[] inside;
      try (Tape inner = Tape.record()) {
        inside = eight(3).add(1).data();
        assertThat(inner.size()).isZero();
      }
      assertThat(kept.toArray()).containsOnly(2);
      assertThat(eight(5).add(1).data()).isSameAs(inside);
      assertThat(outer.size()).isZero();
    }
  }

  private static Tensor eight(double value) {
    return Tensor.full(Shape.of(8), value);
  }

  @Test
  void shorterArraysAreMadeAnew() {
    try (Tape outer = Tape.record()) {
      double[] inside;
      try (Tape inner = Tape.record()) {
        inside = Tensor.ones(Shape.of(7)).add(1).data();
        assertThat(inner.size()).isZero();
      }
      assertThat(Tensor.ones(Shape.of(7)).add(1).data()).isNotSameAs(inside);
      assertThat(outer.size()).isZero();
    }
  }

  @Test
  void withoutATapeArraysAreNotUsedAgain() {
    Tensor x = eight(1).add(1);
    assertThat(eight(1).add(1).data()).isNotSameAs(x.data());
  }

  @Test
  void anotherThreadHasArraysOfItsOwn() throws InterruptedException {
    double[] here = arrayOfAStep(32);
    double[][] there = new double[1][];
    Thread thread = new Thread(() -> there[0] = arrayOfAStep(32));
    thread.start();
    thread.join();
    assertThat(there[0]).isNotSameAs(here);
  }

  @Test
  void aTensorOfAClosedTapeCannotBeRecordedOnTheNext() {
    Tensor dead;
    try (Tape tape = Tape.record()) {
      dead = Tensor.vector(1, 2).add(1);
      assertThat(tape.size()).isZero();
    }
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(Tensor.vector(1, 2));
      assertThatThrownBy(() -> Operation.enter("revive", dead, Operation.wrt(x, g -> g)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll("revive", "made for this operation");
    }
  }
}
