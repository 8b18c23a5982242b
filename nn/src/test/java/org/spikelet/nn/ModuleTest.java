package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

class ModuleTest {

  record Residual(Module body) implements Module {
    @Override
    public Tensor forward(Tensor x) {
      return x.add(body.forward(x));
    }

    @Override
    public Map<String, Module> children() {
      return Map.of("body", body);
    }
  }

  private final BatchNorm norm = BatchNorm.of(4);
  private final Dropout dropout = Dropout.of(0.5, new SplittableRandom(2));
  private final Module net =
      Sequential.of(
          Dense.of(3, 4, new SplittableRandom(1)),
          norm,
          Activation.RELU,
          new Residual(Sequential.of(dropout, Dense.of(4, 4, new SplittableRandom(1)))));

  @Test
  void stateIsNamedByPathInOrder() {
    assertThat(net.state().keySet())
        .containsExactly(
            "0.weight",
            "0.bias",
            "1.weight",
            "1.bias",
            "1.runningMean",
            "1.runningVariance",
            "3.body.0.seed",
            "3.body.0.calls",
            "3.body.1.weight",
            "3.body.1.bias");
  }

  @Test
  void parametersAreTheTrainableStateInOrder() {
    assertThat(net.parameters())
        .containsExactlyElementsOf(
            net.state().values().stream().filter(Parameter::trainable).toList())
        .hasSize(6);
  }

  @Test
  void aModulesOwnParametersComeFirst() {
    Parameter scale = Parameter.of("scale", Tensor.scalar(1));
    Dense dense = Dense.of(2, 2, new SplittableRandom(1));
    Module scaled =
        new Module() {
          @Override
          public Tensor forward(Tensor x) {
            return dense.forward(x).mul(scale);
          }

          @Override
          public List<Parameter> ownParameters() {
            return List.of(scale);
          }

          @Override
          public Map<String, Module> children() {
            return Map.of("dense", dense);
          }
        };
    assertThat(scaled.state().keySet()).containsExactly("scale", "dense.weight", "dense.bias");
    assertThat(scaled.parameters().get(0)).isSameAs(scale);
  }

  @Test
  void sharedParametersAreTrainedOnceAndSavedUnderEachPath() {
    Dense dense = Dense.of(2, 2, new SplittableRandom(1));
    Module twice = Sequential.of(dense, Activation.TANH, dense);
    assertThat(twice.parameters()).containsExactlyElementsOf(dense.parameters());
    assertThat(twice.state().keySet()).containsExactly("0.weight", "0.bias", "2.weight", "2.bias");
  }

  @Test
  void twoParametersOfOneNameAreRefused() {
    Parameter first = Parameter.of("weight", Tensor.scalar(1));
    Parameter second = Parameter.of("weight", Tensor.scalar(2));
    Module twins =
        new Module() {
          @Override
          public Tensor forward(Tensor x) {
            return x.mul(first).mul(second);
          }

          @Override
          public List<Parameter> ownParameters() {
            return List.of(first, second);
          }
        };
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sequential.of(twins).state())
        .withMessage("state: two parameters have the path 'weight'; give each its own name");
  }

  @Test
  void modeReachesEveryLayer() {
    assertThat(net.training()).isTrue();
    net.eval();
    assertThat(norm.training()).isFalse();
    assertThat(dropout.training()).isFalse();
    assertThat(net.training()).isFalse();
    dropout.train();
    assertThat(net.training()).isTrue();
    net.train();
    assertThat(norm.training()).isTrue();
  }

  @Test
  void evaluationRepeatsAndChangesNothing() {
    Tensor x = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, -6);
    net.forward(x);
    net.eval();
    List<double[]> before = values(net);
    double[] y = net.forward(x).toArray();
    assertThat(net.forward(x).toArray()).isEqualTo(y);
    assertThat(values(net)).usingRecursiveComparison().isEqualTo(before);
    net.train();
    assertThat(net.forward(x).toArray()).isNotEqualTo(y);
    assertThat(values(net)).usingRecursiveComparison().isNotEqualTo(before);
  }

  private static List<double[]> values(Module module) {
    return module.state().values().stream().map(Parameter::toArray).toList();
  }

  @Test
  void aFunctionIsAModule() {
    Module net = Sequential.of(Tensor::square, x -> x.add(1));
    assertThat(net.forward(Tensor.vector(2, 3)).toArray()).containsExactly(5, 10);
    assertThat(net.parameters()).isEmpty();
    assertThat(net.training()).isFalse();
  }

  @Test
  void nothingInARowIsTheIdentity() {
    Tensor x = Tensor.vector(1, 2);
    assertThat(Sequential.of().forward(x)).isSameAs(x);
  }
}
