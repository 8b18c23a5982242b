package org.spikelet.autodiff.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Which kernels are used. */
class KernelsTest {

  @Test
  void theyCanBeChosen() {
    assertThat(Kernels.choose("reference")).isInstanceOf(ReferenceKernels.class);
    assertThat(Kernels.choose("vector")).isInstanceOf(VectorKernels.class);
  }

  @Test
  void theTestsRunWithTheVectorOnes() {
    assertThat(Kernels.choose("")).isInstanceOf(VectorKernels.class);
    assertThat(Kernels.ACTIVE.description()).matches("vector, \\d+ bits");
  }

  @Test
  void anotherNameIsRefused() {
    assertThatThrownBy(() -> Kernels.choose("fast"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("spikelet.kernels: must be reference or vector, got 'fast'");
  }
}
