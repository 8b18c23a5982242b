package org.spikelet.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Attention;
import org.spikelet.nn.BatchNorm;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Dropout;
import org.spikelet.nn.Embedding;
import org.spikelet.nn.LayerNorm;
import org.spikelet.nn.Module;
import org.spikelet.nn.RmsNorm;
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
    rows.put("RmsNorm", random -> RmsNorm.of(HIDDEN));
    rows.put("Attention", random -> new OneSequence(Attention.causal(HIDDEN, 2, random)));
    rows.put("Embedding", random -> new Signs(Embedding.of(2, 1, random)));
    rows.put("Dropout", random -> Dropout.of(0.3, random));
    rows.put(
        "Sequential",
        random -> Sequential.of(BatchNorm.of(HIDDEN), Activation.RELU, Dropout.of(0.2, random)));
    for (Activation activation : Activation.values()) {
      rows.put("Activation " + activation, random -> activation);
    }
    return rows;
  }

  /** The rows of a batch as one sequence. */
  private record OneSequence(Module inner) implements Module {
    @Override
    public Tensor forward(Tensor x) {
      return inner.forward(x.reshape(1, -1, HIDDEN)).reshape(x.shape());
    }

    @Override
    public Map<String, Module> children() {
      return Map.of("inner", inner);
    }
  }

  /** Adds to each number what its sign stands for. */
  private record Signs(Embedding table) implements Module {
    @Override
    public Tensor forward(Tensor x) {
      return x.add(table.forward(x.detach().greaterThan(0)).reshape(x.shape()));
    }

    @Override
    public Map<String, Module> children() {
      return Map.of("table", table);
    }
  }

  static Module make(String name, RandomGenerator random) {
    return Sequential.of(
        Dense.of(FEATURES, HIDDEN, random),
        rows().get(name).apply(random),
        Dense.of(HIDDEN, 1, random));
  }
}
