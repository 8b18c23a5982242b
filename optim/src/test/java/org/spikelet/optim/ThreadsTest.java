package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same bits at any number of threads; each number needs a JVM of its own. */
class ThreadsTest {

  @ParameterizedTest
  @ValueSource(strings = {"vector", "reference"})
  void theNumberOfThreadsDoesNotChangeABit(String kernels) throws Exception {
    String one = run("-Dspikelet.kernels=" + kernels, "-Dspikelet.threads=1");
    assertThat(one).startsWith("weights ");
    for (int threads = 2; threads <= 3; threads++) {
      assertThat(run("-Dspikelet.kernels=" + kernels, "-Dspikelet.threads=" + threads))
          .isEqualTo(one);
    }
  }

  @Test
  void withoutTheVectorModuleTheReferenceKernelsAreUsed() throws Exception {
    String reference = run("-Dspikelet.kernels=reference");
    assertThat(start(List.of("-Dspikelet.threads=1"))).contains(reference);
  }

  @Test
  void askingForVectorKernelsWithoutTheModuleSaysHowToGetIt() throws Exception {
    assertThat(start(List.of("-Dspikelet.kernels=vector")))
        .contains("spikelet.kernels=vector: the module jdk.incubator.vector is missing")
        .contains("--add-modules jdk.incubator.vector");
  }

  private static String run(String... options) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("--add-modules", "jdk.incubator.vector"));
    all.addAll(List.of(options));
    return start(all).lines().filter(line -> line.startsWith("weights")).findFirst().orElseThrow();
  }

  private static String start(List<String> options) throws IOException, InterruptedException {
    return OwnJvm.run(WideRun.class, options, List.of());
  }
}
