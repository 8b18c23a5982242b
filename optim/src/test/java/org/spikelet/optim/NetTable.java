package org.spikelet.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.spikelet.nn.Activation;
import org.spikelet.nn.BatchNorm;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Dropout;
import org.spikelet.nn.LayerNorm;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;

/** Nets from three features to one number, each with another layer of nn in its middle. */
final class NetTable {

  static final int FEATURES = 3;
  private static final int HIDDEN = 4;

  private NetTable() {}

  /** By the class of the layer; activations by their names, too. */
  static Map<String, Function<RandomGenerator, Module>> rows() {
    Map<String, Function<RandomGenerator, Module>> rows = new LinkedHashMap<>();
    rows.put("Dense", random -> Dense.withoutBias(HIDDEN, HIDDEN, random));
    rows.put("BatchNorm", random -> BatchNorm.of(HIDDEN));
    rows.put("LayerNorm", random -> LayerNorm.of(HIDDEN));
    rows.put("Dropout", random -> Dropout.of(0.3, random));
    rows.put(
        "Sequential",
        random -> Sequential.of(BatchNorm.of(HIDDEN), Activation.RELU, Dropout.of(0.2, random)));
    for (Activation activation : Activation.values()) {
      rows.put("Activation " + activation, random -> activation);
    }
    return rows;
  }

  static Module make(String name, RandomGenerator random) {
    return Sequential.of(
        Dense.of(FEATURES, HIDDEN, random),
        rows().get(name).apply(random),
        Dense.of(HIDDEN, 1, random));
  }
}
