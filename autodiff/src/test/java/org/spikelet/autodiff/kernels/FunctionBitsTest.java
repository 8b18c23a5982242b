package org.spikelet.autodiff.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector functions have the same bits, interpreted or compiled, with vectors of any size. */
class FunctionBitsTest {

  /** Each in a JVM of its own; a processor that has no such vectors takes its largest. */
  @ParameterizedTest
  @ValueSource(
      strings = {"-Xint", "-XX:MaxVectorSize=16", "-XX:MaxVectorSize=32", "-XX:MaxVectorSize=64"})
  void theBitsAreTheSameInAnyJvm(String option) throws IOException, InterruptedException {
    int times = option.equals("-Xint") ? 1 : 300;
    assertThat(KernelsTest.inOwnJvm(Say.class, option, "-Dtimes=" + times)).isEqualTo(bits(1));
  }

  @Test
  void aHashTellsFunctionsApart() {
    assertThat(bits(1).split(" ")).doesNotHaveDuplicates().hasSize(Function.values().length);
  }

  /**
   * Hashes of the results of all functions, computed again and again. Of sines by two good methods
   * one in 400 differs, so there are many.
   */
  private static String bits(int times) {
    SplittableRandom random = new SplittableRandom(1);
    double[] x = random.doubles(4000, -30, 30).toArray();
    for (int i = 0; i < 100; i++) {
      x[i] = Double.longBitsToDouble(random.nextLong());
    }
    StringBuilder hashes = new StringBuilder();
    for (Function f : Function.values()) {
      UnaryLoop loop = new VectorKernels().loop(f);
      double[] y = new double[x.length];
      for (int i = 0; i < times; i++) {
        loop.run(x, y, 0, x.length);
      }
      hashes.append(hashes.isEmpty() ? "" : " ").append(Arrays.hashCode(y));
    }
    return hashes.toString();
  }

  /** Says the hashes. */
  static final class Say {
    public static void main(String[] args) {
      System.out.println(bits(Integer.getInteger("times")));
    }
  }
}
