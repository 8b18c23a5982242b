package org.spikelet.autodiff.kernels;

import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * The loops over arrays that take most of the time, in two versions: {@link ReferenceKernels} to
 * read and to compare with, and {@link VectorKernels} for speed.
 *
 * <p>The system property {@code spikelet.kernels}, {@code reference} or {@code vector}, chooses.
 * Without it they are the vector ones if the module {@code jdk.incubator.vector} is there ({@code
 * java --add-modules jdk.incubator.vector}) and the JVM compiles vectors, else the reference ones.
 * The choice depends only on how the JVM was started.
 */
public interface Kernels {

  /** The ones in use. */
  Kernels ACTIVE = choose(System.getProperty("spikelet.kernels", ""));

  /** y = a · b; a: m × k, b: k × n, y: m × n with contiguous rows. */
  void multiply(Matrix a, Matrix b, Matrix y);

  /**
   * y = a · b + bias, the product first, then the sum; a: m × k, b: k × n, y: m × n, whole; the n
   * elements of the bias are added to each row.
   */
  default void affine(Matrix a, Matrix b, double[] bias, double[] y) {
    multiply(a, b, Matrix.of(y, 0, a.rows, bias.length));
    int[] shape = {a.rows, bias.length};
    Broadcast.of(shape, shape, new int[] {bias.length}).zip(this::add, y, bias, y);
  }

  /** y = a + b: a {@link BinaryLoop}, as the next ones. */
  void add(double[] a, double[] b, int fromB, double[] y, int from, int to);

  /**
   * Adds the rows of x, contiguous ones, one after the other to as many elements of y from an index
   * on.
   */
  default void addRows(Matrix x, double[] y, int from) {
    for (int r = 0; r < x.rows; r++) {
      add(y, x.values, x.at(r, 0), y, from, from + x.columns);
    }
  }

  /** y = a − b. */
  void sub(double[] a, double[] b, int fromB, double[] y, int from, int to);

  /** y = a · b. */
  void mul(double[] a, double[] b, int fromB, double[] y, int from, int to);

  /** y = a / b. */
  void div(double[] a, double[] b, int fromB, double[] y, int from, int to);

  /** y = x where the condition is not 0 (NaN is not), else 0. */
  void mask(double[] x, double[] condition, int fromC, double[] y, int from, int to);

  /** y = x where the condition is another number than 0, 0 where it is 0, NaN where it is NaN. */
  void gate(double[] x, double[] condition, int fromC, double[] y, int from, int to);

  /** The loop of a function. */
  UnaryLoop loop(Function f);

  /** What a log says. */
  String description();

  /**
   * Returns the kernels of this name, or the best there are for an empty one.
   *
   * @throws IllegalArgumentException if there are none of the name
   * @throws IllegalStateException if they need a module that is missing
   */
  static Kernels choose(String wanted) {
    Optional<Module> api = ModuleLayer.boot().findModule("jdk.incubator.vector");
    Kernels chosen =
        switch (wanted) {
          case "reference" -> new ReferenceKernels();
          case "vector" ->
              vector(
                  api.orElseThrow(
                      () ->
                          new IllegalStateException(
                              "spikelet.kernels=vector: the module jdk.incubator.vector is missing;"
                                  + " start java with --add-modules jdk.incubator.vector")));
          case "" -> best(api);
          default ->
              throw new IllegalArgumentException(
                  "spikelet.kernels: must be reference or vector, got '" + wanted + "'");
        };
    System.getLogger("org.spikelet.autodiff")
        .log(Level.DEBUG, () -> "kernels: " + chosen.description());
    return chosen;
  }

  private static Kernels best(Optional<Module> api) {
    if (api.isEmpty()) {
      return new ReferenceKernels("the module jdk.incubator.vector is missing");
    }
    Optional<String> objection = CompilerCheck.objection();
    if (objection.isPresent()) {
      return new ReferenceKernels(objection.get());
    }
    return vector(api.get());
  }

  /** By name: without the API the class cannot be loaded, and nothing else may need it. */
  private static Kernels vector(Module api) {
    Kernels.class.getModule().addReads(api);
    try {
      return Class.forName("org.spikelet.autodiff.kernels.VectorKernels")
          .asSubclass(Kernels.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the vector kernels are missing from the build", e);
    }
  }
}
