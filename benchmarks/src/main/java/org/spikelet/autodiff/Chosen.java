package org.spikelet.autodiff;

/** The kernels of a name. */
final class Chosen {

  private Chosen() {}

  static Kernels kernels(String name) {
    return switch (name) {
      case "reference" -> new ReferenceKernels();
      case "vector" -> new VectorKernels();
      default -> throw new IllegalArgumentException("kernels: " + name);
    };
  }
}
