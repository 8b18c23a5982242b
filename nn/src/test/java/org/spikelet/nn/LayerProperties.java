package org.spikelet.nn;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.check.GradientCheck;

/** Derivatives to second order, with respect to inputs and parameters. */
class LayerProperties {

  @Provide
  Arbitrary<Tensor> matrices() {
    return Tensors.matrices().flatMap(shape -> Tensors.between(shape, -2, 2));
  }

  @Provide
  Arbitrary<Tensor> anyRank() {
    return Arbitraries.of(Shape.of(3), Shape.of(2, 3), Shape.of(2, 2, 3))
        .flatMap(shape -> Tensors.between(shape, -2, 2));
  }

  /** Three to five rows, spread so that no variance of a column comes near 0. */
  @Provide
  Arbitrary<Tensor> batches() {
    return Arbitraries.integers()
        .between(3, 5)
        .flatMap(rows -> Tensors.between(Shape.of(rows, 3), -1, 1))
        .map(x -> x.add(ramp(x.shape().dimension(0)).reshape(x.shape().dimension(0), 1).mul(1.5)));
  }

  /** One to three rows, spread so that no variance of a row comes near 0. */
  @Provide
  Arbitrary<Tensor> rows() {
    return Arbitraries.integers()
        .between(1, 3)
        .flatMap(rows -> Tensors.between(Shape.of(rows, 4), -1, 1))
        .map(x -> x.add(ramp(4).mul(1.5)));
  }

  private static Tensor ramp(int n) {
    return Tensor.vector(IntStream.range(0, n).asDoubleStream().toArray());
  }

  @Property(tries = 40)
  void dense(@ForAll("anyRank") Tensor x, @ForAll @IntRange(min = 1, max = 4) int out) {
    ModuleCheck.check("Dense", Dense.of(3, out, random(), Initializer.XAVIER_NORMAL), x);
  }

  @Property(tries = 20)
  void denseWithoutBias(@ForAll("anyRank") Tensor x) {
    ModuleCheck.check("Dense", Dense.withoutBias(3, 2, random()), x);
  }

  @Property(tries = 40)
  void batchNormInTraining(@ForAll("batches") Tensor x) {
    ModuleCheck.check("BatchNorm", withRandomState(BatchNorm.of(3)), x);
  }

  @Property(tries = 20)
  void batchNormInEvaluation(@ForAll("batches") Tensor x) {
    Module norm = withRandomState(BatchNorm.of(3));
    norm.eval();
    ModuleCheck.check("BatchNorm", norm, x);
  }

  @Property(tries = 40)
  void layerNorm(@ForAll("rows") Tensor x) {
    ModuleCheck.check("LayerNorm", withRandomState(LayerNorm.of(4)), x);
  }

  @Property(tries = 40)
  void rmsNorm(@ForAll("rows") Tensor x) {
    ModuleCheck.check("RmsNorm", withRandomState(RmsNorm.of(4, 0.01)), x);
  }

  @Property(tries = 20)
  void embedding(@ForAll @Size(min = 1, max = 5) List<@IntRange(max = 2) Integer> codes) {
    Tensor x = Tensor.vector(codes.stream().mapToDouble(code -> code).toArray());
    ModuleCheck.checkOfCodes("Embedding", Embedding.of(3, 2, random()), x);
  }

  @Property(tries = 20)
  void attention(
      @ForAll @IntRange(min = 1, max = 2) int batch,
      @ForAll @IntRange(min = 1, max = 3) int context,
      @ForAll boolean causal,
      @ForAll long seed) {
    Module attention = causal ? Attention.causal(4, 2, random()) : Attention.of(4, 2, random());
    Shape shape = Shape.of(batch, context, 4);
    double[] x = new SplittableRandom(seed).doubles(shape.size(), -1, 1).toArray();
    ModuleCheck.check("Attention", attention, Tensor.of(shape, x));
  }

  @Property(tries = 40)
  void dropout(@ForAll("matrices") Tensor x) {
    Dropout dropout = Dropout.of(0.4, random());
    Parameter calls = dropout.state().get("calls");
    new GradientCheck()
        .withOrder(2)
        .check(
            "Dropout",
            in -> {
              calls.assign(Tensor.scalar(7)); // the same mask each time
              return dropout.forward(in.get(0)).square();
            },
            x);
  }

  @Property(tries = 20)
  void network(@ForAll("batches") Tensor x) {
    Module net =
        Sequential.of(
            Dense.of(3, 4, random()),
            // The layers before may leave almost no variance; with ε = 1e−5 the curvature would
            // then be
            // too strong for central differences.
            BatchNorm.of(4, BatchNorm.DEFAULTS.withEpsilon(0.5)),
            Activation.TANH,
            LayerNorm.of(4, 0.5),
            Dense.of(4, 2, random()),
            Activation.GELU);
    ModuleCheck.check("network", net, x);
  }

  /** Ones and zeros would hide a missing factor or term. */
  private static Module withRandomState(Module module) {
    RandomGenerator random = random();
    for (Parameter parameter : module.state().values()) {
      parameter.update(values -> Arrays.setAll(values, i -> random.nextDouble(0.5, 2)));
    }
    return module;
  }

  private static RandomGenerator random() {
    return new SplittableRandom(5);
  }
}
