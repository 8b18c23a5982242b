package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.curvature.Hessian;

/** Second derivatives of small nets against PyTorch's: H·v = ∇(∇loss · v). */
class HessianVectorProductTest {

  private static final double TOLERANCE = 1e-9;

  @TestFactory
  Stream<DynamicTest> agreesWithPyTorch() {
    List<JsonNode> cases = Oracle.cases("hvp.json");
    assertThat(cases).hasSize(3);
    return cases.stream()
        .map(expected -> dynamicTest(expected.get("activation").asText(), () -> check(expected)));
  }

  private static void check(JsonNode expected) {
    assertThat(expected.get("loss").asText()).isEqualTo("cross_entropy");
    Module net = net(expected);
    List<Parameter> parameters = net.parameters();
    assertThat(parameters).hasSize(expected.get("vector").size());
    try (Tape tape = Tape.record()) {
      Tensor loss =
          Losses.crossEntropy(
              net.forward(Oracle.tensor(expected.get("inputs"))),
              Oracle.tensor(expected.get("targets")));
      Oracle.assertClose("value", loss, expected.get("value"), TOLERANCE);
      Gradients gradients = tape.recordedGradients(loss);
      Tensor product = Tensor.scalar(0);
      for (int i = 0; i < parameters.size(); i++) {
        Tensor gradient = gradients.of(parameters.get(i));
        Oracle.assertClose("gradient " + i, gradient, expected.get("gradient").get(i), TOLERANCE);
        product = product.add(gradient.mul(Oracle.tensor(expected.get("vector").get(i))).sum());
      }
      Gradients second = tape.gradients(product);
      for (int i = 0; i < parameters.size(); i++) {
        Oracle.assertClose(
            "H·v " + i,
            second.of(parameters.get(i)),
            expected.get("hessian_vector_product").get(i),
            TOLERANCE);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> theOperatorAgreesToo() {
    return Oracle.cases("hvp.json").stream()
        .map(
            expected ->
                dynamicTest(expected.get("activation").asText(), () -> checkOperator(expected)));
  }

  private static void checkOperator(JsonNode expected) {
    Module net = net(expected);
    Tensor inputs = Oracle.tensor(expected.get("inputs"));
    Tensor targets = Oracle.tensor(expected.get("targets"));
    Hessian hessian =
        Hessian.of(() -> Losses.crossEntropy(net.forward(inputs), targets), net.parameters());
    Tensor product = hessian.times(flat(expected.get("vector")));
    Tensor wanted = flat(expected.get("hessian_vector_product"));
    assertThat(product.shape()).isEqualTo(wanted.shape());
    assertThat(product.toArray()).containsExactly(wanted.toArray(), offset(TOLERANCE));
    assertThat(product.square().sum().sqrt().item()).isGreaterThan(1e-3);
  }

  /** One vector of many tensors, each in row-major order. */
  private static Tensor flat(JsonNode tensors) {
    Tensor all = Tensor.zeros(Shape.of(0));
    for (JsonNode tensor : tensors) {
      all = all.concatenate(0, Oracle.tensor(tensor).reshape(-1));
    }
    return all;
  }

  private static Module net(JsonNode expected) {
    JsonNode sizes = expected.get("sizes");
    Activation activation =
        Activation.valueOf(expected.get("activation").asText().toUpperCase(Locale.ROOT));
    List<Module> layers = new ArrayList<>();
    for (int i = 0; i + 1 < sizes.size(); i++) {
      if (i > 0) {
        layers.add(activation);
      }
      Dense dense =
          Dense.of(sizes.get(i).intValue(), sizes.get(i + 1).intValue(), new SplittableRandom(1));
      JsonNode initial = expected.get("initial").get(i);
      dense.state().get("weight").assign(Oracle.tensor(initial.get("weight")));
      dense.state().get("bias").assign(Oracle.tensor(initial.get("bias")));
      layers.add(dense);
    }
    return Sequential.of(layers.toArray(Module[]::new));
  }
}
