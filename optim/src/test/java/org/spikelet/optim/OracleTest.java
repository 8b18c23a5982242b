package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;

/**
 * Whole training runs agree with PyTorch's: the loss of every step, the norms before clipping, and
 * every parameter at the end, to 1e−9 relative.
 *
 * <p>The numbers come from PyTorch 1.13 in double precision; each file holds the data, the initial
 * parameters and several runs.
 */
class OracleTest {

  private static final List<String> FILES =
      List.of(
          "train-14-100-40-4",
          "train-small-cross-entropy",
          "train-small-mse-tanh",
          "train-clipped",
          "train-cosine");

  private static final Map<String, BinaryOperator<Tensor>> LOSSES =
      Map.of("cross_entropy", Losses::crossEntropy, "mse", Losses::meanSquaredError);

  /** What {@link #optimizer} reads; another option must not be ignored in silence. */
  private static final Set<String> OPTIONS =
      Set.of(
          "kind", "lr", "momentum", "nesterov", "weight_decay", "betas", "eps", "amsgrad", "alpha");

  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> runsAgreeWithPyTorch(TestReporter reporter) {
    return FILES.stream()
        .flatMap(
            name -> {
              JsonNode file = read(name);
              return file.get("runs")
                  .valueStream()
                  .map(
                      run -> {
                        String title = name + " " + run.get("optimizer");
                        return DynamicTest.dynamicTest(title, () -> check(file, run, reporter));
                      });
            });
  }

  private static void check(JsonNode file, JsonNode run, TestReporter reporter) {
    Sequential net = net(file);
    Optimizer optimizer = optimizer(run.get("optimizer"), net.parameters(), file.get("schedule"));
    DataLoader loader = loader(file);
    BinaryOperator<Tensor> lossFunction = LOSSES.get(file.get("loss").asText());
    double[] losses = doubles(run.get("losses"));
    double limit = file.get("clip_global_norm").asDouble();
    double largest = 0;
    for (int t = 0; t < losses.length; t++) {
      Batch batch = loader.batch(t);
      try (Tape tape = Tape.record()) {
        Tensor loss = lossFunction.apply(net.forward(batch.inputs()), batch.targets());
        largest = Math.max(largest, compare("loss of step " + t, loss.item(), losses[t]));
        Gradients gradients = tape.gradients(loss);
        if (limit > 0) {
          double expected = run.get("norms_before_clipping").get(t).asDouble();
          largest = Math.max(largest, compare("norm of step " + t, gradients.norm(), expected));
          gradients = Clipping.globalNorm(limit).apply(gradients);
        }
        optimizer.step(gradients);
      }
    }
    for (int k = 0; k < net.parameters().size(); k++) {
      double[] actual = net.parameters().get(k).toArray();
      double[] expected = values(run.get("final"), k);
      assertThat(actual).hasSameSizeAs(expected);
      for (int i = 0; i < actual.length; i++) {
        String what = "element " + i + " of parameter " + k;
        largest = Math.max(largest, compare(what, actual[i], expected[i]));
      }
    }
    reporter.publishEntry("largest relative error", Double.toString(largest));
  }

  /** Returns the relative error. */
  private static double compare(String what, double actual, double expected) {
    double error = Math.abs(actual - expected);
    assertThat(error)
        .as("%s: %s instead of %s", what, actual, expected)
        .isLessThanOrEqualTo(1e-9 * Math.abs(expected) + 1e-15);
    return expected == 0 ? 0 : error / Math.abs(expected);
  }

  private static Sequential net(JsonNode file) {
    int[] sizes = JSON.convertValue(file.get("sizes"), int[].class);
    Activation activation =
        Activation.valueOf(file.get("activation").asText().toUpperCase(Locale.ROOT));
    List<Module> layers = new ArrayList<>();
    for (int i = 1; i < sizes.length; i++) {
      if (i > 1) {
        layers.add(activation);
      }
      layers.add(Dense.of(sizes[i - 1], sizes[i], new Random(0)));
    }
    Sequential net = Sequential.of(layers.toArray(Module[]::new));
    for (int k = 0; k < net.parameters().size(); k++) {
      Parameter parameter = net.parameters().get(k);
      parameter.assign(Tensor.of(parameter.shape(), values(file.get("initial"), k)));
    }
    return net;
  }

  /** The values of parameter k: weight, bias, weight, bias, … */
  private static double[] values(JsonNode layers, int k) {
    JsonNode layer = layers.get(k / 2);
    return k % 2 == 0
        ? Stream.of(rows(layer.get("weight"))).flatMapToDouble(Arrays::stream).toArray()
        : doubles(layer.get("bias"));
  }

  private static DataLoader loader(JsonNode file) {
    JsonNode targets = file.get("targets");
    Dataset data =
        new Dataset(
            Tensor.matrix(rows(file.get("inputs"))),
            targets.get(0).isArray()
                ? Tensor.matrix(rows(targets))
                : Tensor.vector(doubles(targets)));
    DataLoader loader = new DataLoader(data, file.get("batch").asInt());
    return file.get("drop_last").asBoolean() ? loader.withDropLast() : loader;
  }

  private static Optimizer optimizer(
      JsonNode options, List<Parameter> parameters, JsonNode schedule) {
    options
        .fieldNames()
        .forEachRemaining(
            option -> assertThat(OPTIONS).as("options this test knows").contains(option));
    Schedule rate = schedule(options.get("lr").asDouble(), schedule);
    double decay = options.path("weight_decay").asDouble(0);
    String kind = options.get("kind").asText();
    return switch (kind) {
      case "sgd" -> new Sgd(parameters, rate, sgd(options).withWeightDecay(decay));
      case "adam" -> new Adam(parameters, rate, adam(options).withWeightDecay(decay));
      case "adamw" -> new Adam(parameters, rate, adam(options).withDecoupledWeightDecay(decay));
      case "rmsprop" ->
          new RmsProp(
              parameters,
              rate,
              RmsProp.DEFAULTS
                  .withAlpha(options.get("alpha").asDouble())
                  .withEpsilon(options.get("eps").asDouble())
                  .withWeightDecay(decay));
      default -> throw new IllegalArgumentException("unknown kind of optimizer: " + kind);
    };
  }

  private static Sgd.Settings sgd(JsonNode options) {
    double momentum = options.path("momentum").asDouble(0);
    return options.path("nesterov").asBoolean()
        ? Sgd.DEFAULTS.withNesterov(momentum)
        : Sgd.DEFAULTS.withMomentum(momentum);
  }

  private static Adam.Settings adam(JsonNode options) {
    JsonNode betas = options.get("betas");
    Adam.Settings settings =
        Adam.DEFAULTS
            .withBetas(betas.get(0).asDouble(), betas.get(1).asDouble())
            .withEpsilon(options.get("eps").asDouble());
    return options.path("amsgrad").asBoolean() ? settings.withAmsgrad() : settings;
  }

  private static Schedule schedule(double rate, JsonNode schedule) {
    if (schedule.isNull()) {
      return Schedule.constant(rate);
    }
    assertThat(schedule.get("kind").asText()).isEqualTo("CosineAnnealingLR");
    return Schedule.cosine(
        rate, schedule.get("eta_min").asDouble(), schedule.get("T_max").asLong());
  }

  @Test
  void anUnknownOptimizerFails() {
    JsonNode options = JSON.createObjectNode().put("kind", "lion").put("lr", 0.1);
    List<Parameter> parameters = List.of(Parameter.of("w", Tensor.scalar(0)));
    assertThatThrownBy(() -> optimizer(options, parameters, JSON.nullNode()))
        .hasMessageContaining("lion");
  }

  private static double[] doubles(JsonNode array) {
    return JSON.convertValue(array, double[].class);
  }

  private static double[][] rows(JsonNode array) {
    return JSON.convertValue(array, double[][].class);
  }

  private static JsonNode read(String name) {
    try (InputStream in = OracleTest.class.getResourceAsStream("/oracle/" + name + ".json")) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }
}
