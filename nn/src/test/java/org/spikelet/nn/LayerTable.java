package org.spikelet.nn;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/** Every layer and activation, for the tests that hold for all of them. */
final class LayerTable {

  /** The width of the inputs. */
  static final int FEATURES = 4;

  private static final int ROWS = 5;

  private LayerTable() {}

  /** How to make one layer, always the same, and a batch for it. */
  record Row(String name, Supplier<Module> constructor, Tensor batch) {

    /** A layer with random parameters and statistics: ones and zeros would hide a lot. */
    Module make() {
      RandomGenerator random = new SplittableRandom(5);
      Module layer = constructor.get();
      for (Parameter parameter : layer.state().values()) {
        if (!(layer instanceof Dropout)) { // its state is a seed and a count
          parameter.update(values -> Arrays.setAll(values, i -> random.nextDouble(0.5, 2)));
        }
      }
      return layer;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> rows() {
    return Stream.concat(
        Stream.of(
            row("Dense", () -> Dense.of(FEATURES, 3, random())),
            row("Dense, no bias", () -> Dense.withoutBias(FEATURES, 3, random())),
            row("BatchNorm", () -> BatchNorm.of(FEATURES)),
            row("LayerNorm", () -> LayerNorm.of(FEATURES)),
            row("RmsNorm", () -> RmsNorm.of(FEATURES)),
            new Row("Embedding", () -> Embedding.of(3, 2, random()), codes()),
            new Row("Attention", () -> Attention.of(FEATURES, 2, random()), sequences()),
            new Row(
                "Attention, causal", () -> Attention.causal(FEATURES, 2, random()), sequences()),
            row("Dropout", () -> Dropout.of(0.4, random())),
            row(
                "Sequential",
                () ->
                    Sequential.of(
                        Dense.of(FEATURES, 3, random()),
                        BatchNorm.of(3, BatchNorm.DEFAULTS.withEpsilon(0.5)),
                        Activation.TANH))),
        Arrays.stream(Activation.values()).map(a -> row("Activation " + a, () -> a)));
  }

  /** As many sequences of three places. */
  private static Tensor sequences() {
    return batch().reshape(ROWS, 1, FEATURES).mul(Tensor.of(Shape.of(3, 1), 0.1, -0.2, 0.3));
  }

  private static Tensor codes() {
    return Tensor.of(Shape.of(ROWS, 2), 2, 0, 1, 1, 0, 0, 2, 1, 0, 2);
  }

  /** A batch away from the kinks at 0, whose rows and columns have no small variance. */
  private static Tensor batch() {
    RandomGenerator random = random();
    double[] values = new double[ROWS * FEATURES];
    Arrays.setAll(
        values,
        i -> {
          double size = random.nextDouble(0.1, 2);
          return random.nextBoolean() ? size : -size;
        });
    return Tensor.of(Shape.of(ROWS, FEATURES), values);
  }

  private static Row row(String name, Supplier<Module> constructor) {
    return new Row(name, constructor, batch());
  }

  private static RandomGenerator random() {
    return new SplittableRandom(3);
  }
}
