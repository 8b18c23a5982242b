package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

class SummaryTest {

  private final RandomGenerator random = new SplittableRandom(1);

  @Test
  void listsLayersOutputsAndCounts() {
    Module net =
        Sequential.of(
            Dense.of(14, 100, random),
            BatchNorm.of(100),
            Activation.RELU,
            Sequential.of(Dense.withoutBias(100, 40, random), x -> x.square()),
            new ModuleTest.Residual(Sequential.of(Dense.of(40, 40, random), Activation.TANH)));
    assertThat(Summary.of(net, Shape.of(32, 14)))
        .isEqualTo(
            """
            path      kind       output  trainable  frozen
            0         Dense      32×100      1,500       0
            1         BatchNorm  32×100        200     200
            2         RELU       32×100          0       0
            3.0       Dense      32×40       4,000       0
            3.1       Module     32×40           0       0
            4         Residual   32×40           0       0
            4.body.0  Dense      ?           1,640       0
            4.body.1  TANH       ?               0       0
            total                            7,340     200""");
  }

  @Test
  void aModuleWithoutANameIsAModule() {
    Module anonymous =
        new Module() {
          @Override
          public Tensor forward(Tensor x) {
            return x.sum();
          }
        };
    assertThat(Summary.of(anonymous, Shape.of(3)))
        .isEqualTo(
            """
            path   kind    output  trainable  frozen
                   Module  scalar          0       0
            total                          0       0""");
  }

  @Test
  void aSingleLayerHasNoPath() {
    assertThat(Summary.of(Dense.of(3, 2, random), Shape.of(3)))
        .isEqualTo(
            """
            path   kind   output  trainable  frozen
                   Dense  2               8       0
            total                         8       0""");
  }

  @Test
  void sharedParametersCountOnceInTheTotal() {
    Dense dense = Dense.of(3, 3, random);
    assertThat(Summary.of(Sequential.of(dense, dense), Shape.of(3)))
        .endsWith("total                        12       0");
  }

  @Test
  void modesAndStateStayAsTheyWere() {
    BatchNorm inEvaluation = BatchNorm.of(3);
    BatchNorm inTraining = BatchNorm.of(3);
    Dropout dropout = Dropout.of(0.5, random);
    Module net =
        Sequential.of(
            inTraining, Sequential.of(inEvaluation, dropout), Sequential.of(inEvaluation, dropout));
    inEvaluation.eval();
    List<double[]> before = net.state().values().stream().map(Parameter::toArray).toList();
    Summary.of(net, Shape.of(1, 3));
    assertThat(inTraining.training()).isTrue();
    assertThat(inEvaluation.training()).isFalse();
    assertThat(dropout.training()).isTrue();
    assertThat(net.state().values().stream().map(Parameter::toArray).toList())
        .usingRecursiveComparison()
        .isEqualTo(before);
  }

  @Test
  void modesStayAsTheyWereAfterAnError() {
    BatchNorm norm = BatchNorm.of(3);
    Dropout dropout = Dropout.of(0.5, random);
    dropout.eval();
    Module net = Sequential.of(norm, dropout, Dense.of(4, 2, random));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Summary.of(net, Shape.of(8, 3)))
        .withMessage("Dense 4→2: the last axis of the input must be 4, its shape is 8×3");
    assertThat(norm.training()).isTrue();
    assertThat(dropout.training()).isFalse();
  }

  @Test
  void anOpenTapeDoesNotNotice() {
    Module net = Sequential.of(Dense.of(3, 3, random), BatchNorm.of(3));
    try (Tape tape = Tape.record()) {
      Summary.of(net, Shape.of(2, 3));
      assertThat(tape.size()).isEqualTo(0);
      Tensor loss = net.forward(Tensor.ones(Shape.of(2, 3))).square().sum();
      assertThat(tape.gradients(loss).norm()).isFinite();
    }
  }

  private static final class Mine implements Module {
    @Override
    public Tensor forward(Tensor x) {
      return x;
    }
  }

  @Test
  void aNetInWordsHasALineForEachModule() {
    Module net =
        Sequential.of(
            Dense.of(14, 100, random),
            BatchNorm.of(100),
            Activation.RELU,
            Sequential.of(Dense.withoutBias(100, 4, random), LayerNorm.of(4)),
            Dropout.of(0.5, random),
            new Mine(),
            x -> x.neg());

    assertThat(net)
        .hasToString(
            """
            Sequential, 2,108 to train
              0: Dense 14→100
              1: BatchNorm 100
              2: RELU
              3: Sequential, 408 to train
                0: Dense 100→4 without bias
                1: LayerNorm 4
              4: Dropout 0.5
              5: Mine
              6: Module""");
  }
}
