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

  private LayerTable() {}

  /** How to make one layer, always the same. */
  record Row(String name, Supplier<Module> constructor) {

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

  /** A batch away from the kinks at 0, whose rows and columns have no small variance. */
  static Tensor batch() {
    int rows = 5;
    RandomGenerator random = random();
    double[] values = new double[rows * FEATURES];
    Arrays.setAll(
        values,
        i -> {
          double size = random.nextDouble(0.1, 2);
          return random.nextBoolean() ? size : -size;
        });
    return Tensor.of(Shape.of(rows, FEATURES), values);
  }

  private static Row row(String name, Supplier<Module> constructor) {
    return new Row(name, constructor);
  }

  private static RandomGenerator random() {
    return new SplittableRandom(3);
  }
}
