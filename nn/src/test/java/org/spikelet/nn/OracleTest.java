package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/** Agreement with PyTorch, in double precision: outputs, gradients and running statistics. */
class OracleTest {

  private static final double TOLERANCE = 1e-11;

  @Test
  void thereAreAllCases() {
    assertThat(Oracle.cases("layers.json")).hasSize(29);
    assertThat(Oracle.cases("attention.json")).hasSize(7);
  }

  @TestFactory
  Stream<DynamicTest> agreesWithPyTorch() {
    return Stream.of("layers.json", "attention.json")
        .flatMap(file -> Oracle.cases(file).stream())
        .map(expected -> dynamicTest(expected.get("name").asText(), () -> check(expected)));
  }

  private static void check(JsonNode expected) {
    try (Tape tape = Tape.record()) {
      Map<String, Tensor> leaves = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> input : expected.get("inputs").properties()) {
        leaves.put(input.getKey(), tape.watch(Oracle.tensor(input.getValue())));
      }
      Tensor output = output(expected, leaves);
      Oracle.assertClose("output", output, expected.get("output"), TOLERANCE);

      Gradients gradients = tape.gradients(output, Oracle.tensor(expected.get("upstream")));
      int compared = 0;
      for (Map.Entry<String, Tensor> leaf : leaves.entrySet()) {
        JsonNode gradient = expected.get("gradients").get(leaf.getKey());
        if (gradient.isNull()) { // PyTorch has none for classes
          assertThat(leaf.getKey()).isIn("targets", "codes");
        } else {
          Oracle.assertClose(
              "gradient of " + leaf.getKey(), gradients.of(leaf.getValue()), gradient, TOLERANCE);
          compared++;
        }
      }
      assertThat(compared).isPositive();
    }
  }

  /** Computes a case; a layer's parameters take the place of the inputs that they were set to. */
  private static Tensor output(JsonNode expected, Map<String, Tensor> in) {
    return switch (expected.get("name").asText()) {
      case "linear" -> layer(Dense.of(3, 5, new SplittableRandom(1)), in);
      case "relu" -> Activation.RELU.forward(in.get("x"));
      case "tanh" -> Activation.TANH.forward(in.get("x"));
      case "sigmoid" -> Activation.SIGMOID.forward(in.get("x"));
      case "softplus" -> Activation.SOFTPLUS.forward(in.get("x"));
      case "elu" -> Activation.ELU.forward(in.get("x"));
      case "leaky_relu" -> Activation.LEAKY_RELU.forward(in.get("x"));
      case "silu" -> Activation.SILU.forward(in.get("x"));
      case "gelu_tanh" -> Activation.GELU_TANH.forward(in.get("x"));
      case "gelu_erf" -> Activation.GELU.forward(in.get("x"));
      case "softmax_rows" -> Activation.SOFTMAX.forward(in.get("x"));
      case "log_softmax_rows", "log_softmax_extreme" -> Activation.LOG_SOFTMAX.forward(in.get("x"));
      case "logsumexp_rows" -> in.get("x").logSumExp(-1);
      case "cross_entropy_mean", "cross_entropy_extreme" ->
          Losses.crossEntropy(in.get("logits"), in.get("targets"));
      case "cross_entropy_label_smoothing_0.1" ->
          Losses.crossEntropy(in.get("logits"), in.get("targets"), 0.1);
      case "cross_entropy_sum" ->
          Losses.crossEntropy(in.get("logits"), in.get("targets"), Reduction.SUM);
      case "bce_with_logits_mean" -> Losses.binaryCrossEntropy(in.get("logits"), in.get("targets"));
      case "mse_mean" -> Losses.meanSquaredError(in.get("predictions"), in.get("targets"));
      case "l1_mean" -> Losses.meanAbsoluteError(in.get("predictions"), in.get("targets"));
      case "huber_delta1_mean" -> Losses.huber(in.get("predictions"), in.get("targets"));
      case "batch_norm_train" -> batchNormInTraining(expected, in);
      case "batch_norm_eval" -> batchNormInEvaluation(expected, in);
      case "layer_norm" -> layer(LayerNorm.of(5), in);
      case "rms_norm" -> layer(RmsNorm.of(5), in);
      case "rms_norm_epsilon" -> layer(RmsNorm.of(4, 0.3), in);
      case "embedding" -> {
        Embedding embedding = Embedding.of(5, 3, new SplittableRandom(1));
        assign(embedding, in, "weight", "weight");
        yield embedding.forward(in.get("codes"));
      }
      case "attention 1 heads" -> attention(Attention.of(6, 1, new SplittableRandom(1)), in);
      case "attention 2 heads, causal" ->
          attention(Attention.causal(6, 2, new SplittableRandom(1)), in);
      case "attention 3 heads" -> attention(Attention.of(6, 3, new SplittableRandom(1)), in);
      case "attention 6 heads, causal" ->
          attention(Attention.causal(6, 6, new SplittableRandom(1)), in);
      case "matmul_chain" -> in.get("a").matmul(in.get("b")).tanh().matmul(in.get("c"));
      case "broadcast_arithmetic" ->
          // sin(a·b − c / (b² + 1))
          in.get("a").mul(in.get("b")).sub(in.get("c").div(in.get("b").square().add(1))).sin();
      case "reductions" ->
          // (max over the column) · (sum of all) + (mean of the column)
          in.get("a").max(0).mul(in.get("a").sum()).add(in.get("a").mean(0));
      case "pow_sqrt_log_exp" ->
          // a³ + √a + e^(−1.5 ln a)
          in.get("a").pow(3).add(in.get("a").sqrt()).add(in.get("a").log().mul(-1.5).exp());
      default -> throw new AssertionError("no computation for the case " + expected.get("name"));
    };
  }

  private static Tensor layer(Module layer, Map<String, Tensor> in) {
    layer.state().keySet().stream()
        .filter(List.of("weight", "bias")::contains)
        .forEach(name -> assign(layer, in, name, name));
    return layer.forward(in.get("x"));
  }

  private static Tensor attention(Module attention, Map<String, Tensor> in) {
    assign(attention, in, "in.weight", "w_in");
    assign(attention, in, "in.bias", "b_in");
    assign(attention, in, "out.weight", "w_out");
    assign(attention, in, "out.bias", "b_out");
    return attention.forward(in.get("x"));
  }

  /** Sets a parameter to an input, and takes its place. */
  private static void assign(Module layer, Map<String, Tensor> in, String path, String input) {
    Parameter parameter = layer.state().get(path);
    parameter.assign(in.get(input));
    in.put(input, parameter);
  }

  private static Tensor batchNormInTraining(JsonNode expected, Map<String, Tensor> in) {
    BatchNorm norm = BatchNorm.of(5);
    Tensor output = layer(norm, in);
    Map<String, Parameter> state = norm.state();
    Oracle.assertClose(
        "runningMean", state.get("runningMean"), expected.get("running_mean_after"), TOLERANCE);
    Oracle.assertClose(
        "runningVariance",
        state.get("runningVariance"),
        expected.get("running_var_after"),
        TOLERANCE);
    return output;
  }

  private static Tensor batchNormInEvaluation(JsonNode expected, Map<String, Tensor> in) {
    BatchNorm norm = BatchNorm.of(5);
    norm.state().get("runningMean").assign(Oracle.tensor(expected.get("running_mean")));
    norm.state().get("runningVariance").assign(Oracle.tensor(expected.get("running_var")));
    norm.eval();
    return layer(norm, in);
  }
}
