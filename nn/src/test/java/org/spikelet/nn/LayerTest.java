package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.LayerTable.Row;

/** What holds for every layer. */
class LayerTest {

  /** An order of the rows of a batch of {@link LayerTable}. */
  private static final int[] ORDER = {3, 0, 4, 2, 1};

  static Stream<Row> layers() {
    return LayerTable.rows();
  }

  @Test
  void noLayerIsMissingFromTheTable() {
    List<Class<?>> layers =
        PackageClasses.beside(Module.class).stream()
            .filter(Module.class::isAssignableFrom)
            .filter(type -> !Modifier.isAbstract(type.getModifiers()))
            .toList();
    List<? extends Class<?>> tested =
        LayerTable.rows().map(row -> row.make().getClass()).distinct().toList();
    assertThat(layers).contains(Dense.class, Activation.class);
    assertThat(tested)
        .as("the layers in LayerTable; add a row there for each that is missing")
        .map(Class::getName)
        .containsAll(layers.stream().map(Class::getName).toList());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void derivativesAreRightToSecondOrderInEvaluation(Row row) {
    Module layer = row.make();
    layer.eval();
    if (layer instanceof Embedding) {
      ModuleCheck.checkOfCodes(row.name(), layer, row.batch());
    } else {
      ModuleCheck.check(row.name(), layer, row.batch());
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void equalLayersGiveEqualBits(Row row) {
    Module one = row.make();
    Module other = row.make();
    for (int call = 0; call < 3; call++) {
      assertThat(one.forward(row.batch()).toArray())
          .isEqualTo(other.forward(row.batch()).toArray());
    }
    assertThat(values(one)).isEqualTo(values(other));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void inEvaluationRowsDoNotInfluenceOneAnother(Row row) {
    Module layer = row.make();
    layer.eval();
    Tensor x = row.batch();
    double[] together = layer.forward(x).gatherRows(2).toArray();
    assertThat(layer.forward(x.gatherRows(2)).toArray()).isEqualTo(together);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void theInputStaysAsItWas(Row row) {
    Tensor x = row.batch();
    row.make().forward(x);
    assertThat(x.toArray()).isEqualTo(row.batch().toArray());
  }

  /** Also in training: batch statistics do not depend on the order. */
  @ParameterizedTest
  @MethodSource("layers")
  void permutedRowsGivePermutedRows(Row row) {
    Module layer = row.make();
    if (layer instanceof Dropout) {
      layer.eval(); // its mask belongs to places, not to rows
    }
    Tensor x = row.batch();
    double[] expected = layer.forward(x).gatherRows(ORDER).toArray();
    double[] actual = layer.forward(x.gatherRows(ORDER)).toArray();
    assertThat(actual).containsExactly(expected, within(1e-14));
  }

  /** Training goes on with the same gradients after the state was put into a fresh layer. */
  @ParameterizedTest
  @MethodSource("layers")
  void theStateIsAllThereIsToRestore(Row row) {
    Module saved = row.make();
    saved.forward(row.batch());
    Module restored = row.constructor().get();
    restored.state().forEach((path, parameter) -> parameter.assign(saved.state().get(path)));
    assertThat(gradients(row, restored)).isEqualTo(gradients(row, saved));
    assertThat(values(restored)).isEqualTo(values(saved));
  }

  private static List<List<Double>> gradients(Row row, Module layer) {
    try (Tape tape = Tape.record()) {
      Tensor x = tape.watch(row.batch());
      Tensor loss = layer.forward(x).square().sum();
      Gradients gradients = tape.gradients(loss);
      return Stream.concat(Stream.of(x), layer.parameters().stream())
          .map(leaf -> list(gradients.of(leaf)))
          .toList();
    }
  }

  private static Map<String, List<Double>> values(Module layer) {
    Map<String, List<Double>> values = new TreeMap<>();
    layer.state().forEach((path, parameter) -> values.put(path, list(parameter)));
    return values;
  }

  private static List<Double> list(Tensor tensor) {
    return Arrays.stream(tensor.toArray()).boxed().toList();
  }
}
