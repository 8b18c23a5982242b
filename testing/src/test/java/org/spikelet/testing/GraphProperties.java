package org.spikelet.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.check.GradientCheck;

/** Graphs are what they promise to be. */
class GraphProperties {

  private static final Pattern CALL = Pattern.compile("= (\\w)\\.(\\w+)\\(");

  /** The operations of the library that do not belong into random graphs, and why. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          // with kinks
          "abs",
          "clip",
          "max",
          "maxKeepDims",
          "maximum",
          "min",
          "minKeepDims",
          "minimum",
          "relu",
          // constants
          "equalTo",
          "greaterThan",
          "lessThan",
          "sign",
          // with a condition that must be a constant
          "mask",
          "where");

  @Example
  void everyOperationIsInGraphsOrIsLeftOutForAReason() {
    Set<String> inGraphs = new TreeSet<>(LEFT_OUT);
    inGraphs.addAll(namesInGraphs());
    assertThat(operations().filter(name -> !inGraphs.contains(name)))
        .as(
            "operations neither in SmoothOperations, which random graphs are made of, nor in"
                + " LEFT_OUT of this test, with a row in KinkedOperations; add each to one of them")
        .isEmpty();
    assertThat(LEFT_OUT)
        .isSubsetOf(operations().toList())
        .doesNotContainAnyElementsOf(namesInGraphs());
  }

  private static Stream<String> operations() {
    return Arrays.stream(Tensor.class.getInterfaces())
        .flatMap(family -> Arrays.stream(family.getMethods()))
        .filter(method -> method.getReturnType() == Tensor.class)
        .map(Method::getName)
        .distinct();
  }

  /** What can be called on matrices. */
  private static Set<String> namesInGraphs() {
    Shape square = Shape.of(2, 2);
    return Stream.of(1, 2)
        .flatMap(operands -> SmoothOperations.with(operands).stream())
        .map(
            operation -> operation.call(List.of(square, square), 0).orElseThrow().spelling().java())
        .map(code -> code.replaceAll("^%(?:1\\$)?s\\.(transpose\\(\\)\\.)?(\\w+)\\(.*", "$2"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Property(tries = 300)
  void valuesAreTame(@ForAll("graphs") Graph graph) {
    assertThat(graph.size()).isBetween(1, 12);
    assertThat(graph.inputs()).hasSizeBetween(1, 3);
    double[] values = graph.apply(graph.inputs()).toArray();
    assertThat(values).hasSizeBetween(1, 32);
    assertThat(Arrays.stream(values)).allMatch(v -> Math.abs(v) <= 4);
  }

  @Property(tries = 300)
  void everyInputAndNodeIsUsed(@ForAll("graphs") Graph graph) {
    String code = graph.code();
    for (int k = 0; k < graph.inputs().size() + graph.size(); k++) {
      char name = (char) ('a' + k);
      assertThat(code).containsPattern("[=(,] " + name + "[.,;)]|\\(" + name + "|return " + name);
    }
  }

  @Property(tries = 600)
  void everyKindOfGraphOccurs(@ForAll("graphs") Graph graph) {
    Set<String> names =
        CALL.matcher(graph.code()).results().map(call -> call.group(2)).collect(Collectors.toSet());
    names.forEach(name -> Statistics.label("operation").collect(name));
    Statistics.label("operation")
        .coverage(
            checker -> namesInGraphs().forEach(name -> checker.check(name).count(n -> n >= 3)));
    Statistics.label("size").collect(graph.size() >= 6);
    Statistics.label("size").coverage(checker -> checker.check(true).percentage(p -> p > 12));
    Statistics.label("inputs").collect(graph.inputs().size());
    Statistics.label("inputs")
        .coverage(
            checker -> {
              checker.check(1).percentage(p -> p > 10);
              checker.check(2).percentage(p -> p > 10);
              checker.check(3).percentage(p -> p > 1);
            });
    Statistics.label("sharing").collect(shares(graph));
    Statistics.label("sharing").coverage(checker -> checker.check(true).percentage(p -> p > 25));
  }

  private static boolean shares(Graph graph) {
    Set<String> seen = new HashSet<>();
    return CALL.matcher(graph.code())
        .results()
        .map((MatchResult call) -> call.group(1))
        .anyMatch(operand -> !seen.add(operand));
  }

  @Property(tries = 200)
  void theSameProgramWithinATape(@ForAll("graphs") Graph graph) {
    double[] plain = graph.apply(graph.inputs()).toArray();
    try (Tape tape = Tape.record()) {
      Tensor y = graph.apply(graph.inputs().stream().map(tape::watch).toList());
      assertThat(y.toArray()).isEqualTo(plain);
    }
  }

  @Property(tries = 300)
  void kinksOfOwnOperationsAreAvoided(@ForAll("withKinks") Graph graph) {
    graph.check();
    Statistics.label("kinks")
        .collect(graph.code().contains("relu") || graph.code().contains("maximum"));
    Statistics.label("kinks").coverage(checker -> checker.check(true).percentage(p -> p > 40));
  }

  @Example
  void aWrongNumberOfInputsIsRefused() {
    Graph graph = new Graph(List.of(Tensor.scalar(1)), List.of());
    assertThatThrownBy(() -> graph.apply(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("graph: needs 1 inputs, got 0");
  }

  @Provide
  Arbitrary<Graph> graphs() {
    return Tensors.graphs();
  }

  @Provide
  Arbitrary<Graph> withKinks() {
    return Tensors.graphs()
        .with(
            GraphOperation.unary("%s.relu()", Tensor::relu),
            GraphOperation.unary("%s.abs()", Tensor::abs),
            GraphOperation.binary("%s.maximum(%s)", Tensor::maximum),
            GraphOperation.unary("%s.max()", Tensor::max));
  }

  @Property(tries = 300)
  void valuesAreAsLargeAsAskedForAndNoLarger(@ForAll("large") Graph graph) {
    double largest =
        graph.inputs().stream()
            .flatMapToDouble(x -> Arrays.stream(x.toArray()))
            .map(Math::abs)
            .max()
            .orElse(0);
    assertThat(largest).isLessThanOrEqualTo(500);
    assertThat(graph.apply(graph.inputs()).abs().max().item()).isLessThanOrEqualTo(1000);
    Statistics.collect(largest > 4);
    Statistics.coverage(coverage -> coverage.check(true).percentage(p -> p > 80));
    graph.check(new GradientCheck());
  }

  @Example
  void aMagnitudeIsPositive() {
    assertThatThrownBy(() -> Tensors.graphs().withMagnitude(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("magnitude: must be positive and finite, got 0.0");
  }

  @Provide
  Arbitrary<Graph> large() {
    return Tensors.graphs().withMagnitude(1000);
  }
}
