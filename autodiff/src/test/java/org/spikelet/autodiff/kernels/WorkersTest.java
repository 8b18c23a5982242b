package org.spikelet.autodiff.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Exchanger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Workers come when they are needed, bear interrupts, and go. */
class WorkersTest {

  private final Workers workers = new Workers(1, "worker of a test-");

  /** Has a worker run something, and returns the worker. */
  private Thread worker() throws InterruptedException {
    Exchanger<Thread> met = new Exchanger<>();
    IntConsumer task =
        number -> {
          try {
            met.exchange(Thread.currentThread());
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        };
    workers.offer(task, 1);
    return met.exchange(Thread.currentThread());
  }

  @Test
  void anInterruptDoesNotEndAWorker() throws InterruptedException {
    Thread worker = worker();
    for (int time = 0; time < 100; time++) {
      worker.interrupt();
      CountDownLatch done = new CountDownLatch(1);
      workers.offer(number -> done.countDown(), 1);
      done.await();
      assertThat(workers.waiting()).isZero();
    }
  }

  @Test
  void aWorkerTellsItsNumber() {
    CompletableFuture<Integer> told = new CompletableFuture<>();
    workers.offer(told::complete, 1);
    assertThat(told.join()).isEqualTo(1);
  }

  @Test
  void anIdleWorkerEndsAndAnotherComes() throws InterruptedException {
    Thread first = worker();
    first.join();
    Thread second = worker();
    assertThat(second).isNotSameAs(first);
    second.join();
    assertThat(workers.waiting()).isZero();
  }

  @Test
  void aWorkerTakesNothingFromTheThreadThatStartsIt() throws InterruptedException {
    Thread worker = worker();
    assertThat(worker.isDaemon()).isTrue();
    assertThat(worker.getContextClassLoader()).isNull();
  }

  /** Without a worker nothing is taken: what was offered must not gather. */
  @Test
  void whatIsWithdrawnDoesNotStayInTheQueue() {
    Workers none = new Workers(0, "nobody-");
    for (int time = 0; time < 10; time++) {
      IntConsumer task = number -> {};
      none.offer(task, 3);
      assertThat(none.waiting()).isEqualTo(3);
      none.withdraw(task);
      assertThat(none.waiting()).isZero();
    }
  }

  @Test
  void interruptedWorkersGoOnDividingTheWork() {
    for (int time = 0; time < 20; time++) {
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      Threads.divide(64, 1, (from, to) -> threads.add(Thread.currentThread()));
      threads.remove(Thread.currentThread());
      threads.forEach(Thread::interrupt);
    }
    assertThat(bothTakePart()).hasSizeGreaterThan(1);
  }

  /** Divides work whose first part waits for another thread to have come. */
  private static Set<Thread> bothTakePart() {
    assumeTrue(Threads.isWorthwhile(Long.MAX_VALUE));
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch two = new CountDownLatch(2);
    Threads.divide(
        64,
        1,
        (from, to) -> {
          if (threads.add(Thread.currentThread())) {
            two.countDown();
          }
          try {
            two.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return threads;
  }

  /** A class loader with workers of its own can be collected once they have been idle. */
  @Test
  void workersDoNotOutliveTheirClassLoader() throws Exception {
    assumeTrue(Threads.isWorthwhile(Long.MAX_VALUE));
    List<Thread> threads = new ArrayList<>();
    WeakReference<ClassLoader> loader = divideInALoaderOfItsOwn(threads);
    assertThat(threads).isNotEmpty();
    for (Thread thread : threads) {
      thread.join();
    }
    threads.clear();
    for (int time = 0; time < 100 && !loader.refersTo(null); time++) {
      System.gc();
    }
    assertThat(loader.refersTo(null)).isTrue();
  }

  private static WeakReference<ClassLoader> divideInALoaderOfItsOwn(List<Thread> helpers)
      throws Exception {
    URL classes = Threads.class.getProtectionDomain().getCodeSource().getLocation();
    URLClassLoader loader =
        new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
    Class<?> part = loader.loadClass(Threads.Part.class.getName());
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch two = new CountDownLatch(2);
    Object waiting =
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {part},
            (proxy, method, arguments) -> {
              if (threads.add(Thread.currentThread())) {
                two.countDown();
              }
              two.await();
              return null;
            });
    Method divide =
        loader.loadClass(Threads.class.getName()).getMethod("divide", int.class, int.class, part);
    divide.invoke(null, 64, 1, waiting);
    threads.remove(Thread.currentThread());
    helpers.addAll(threads);
    loader.close();
    return new WeakReference<>(loader);
  }
}
