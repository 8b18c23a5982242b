package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.optim.Adam;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Sgd;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.Trainings;
import org.spikelet.spikes.record.SpikeRecorder;

/** A number that is not finite: the place is the user's, and the advice fits it. */
class NotFiniteTest {

  private static final Dataset DATA = Trainings.data(64, 0.05, 1);

  private static Module net() {
    return Trainings.net(new SplittableRandom(5), 8, List.of(Activation.TANH));
  }

  private static String words(Module net, Dataset data, BinaryOperator<Tensor> loss) {
    Trainer trainer =
        new Trainer(net::forward, loss, new Adam(net.parameters(), 3e-3), new DataLoader(data, 16));
    SpikeRecorder recorder = SpikeRecorder.attach(trainer, net.state());
    trainer.run(220);
    return words(recorder);
  }

  private static String words(SpikeRecorder recorder) {
    Diagnosis diagnosis =
        new SpikeDoctor()
            .withRepetitions(2)
            .withDecisiveTreatmentsOnly()
            .withAtMost(1)
            .examine(recorder)
            .diagnoses()
            .get(0);
    assertThat(diagnosis.causes()).contains(Cause.NON_FINITE);
    assertThat(diagnosis.words())
        .doesNotContain("org.spikelet.spikes.replay", "Evaluation", "\n", "cure:");
    return diagnosis.words();
  }

  @Test
  void aLogarithmInTheUsersLoss() {
    String words =
        words(
            net(), DATA, (p, t) -> p.sub(p).log().sum().mul(-1).add(Losses.meanSquaredError(p, t)));
    assertThat(words)
        .contains("Log in the forward pass: finite inputs gave −∞")
        .contains("NotFiniteTest.java:")
        .contains("compute the loss from the logits");
  }

  @Test
  void anotherOperationInTheUsersLoss() {
    String words =
        words(
            net(), DATA, (p, t) -> p.mul(1e200).square().sum().add(Losses.meanSquaredError(p, t)));
    assertThat(words)
        .contains("NotFiniteTest.java:")
        .contains("Cure: keep the inputs of this operation where its result is finite.")
        .doesNotContain("logits", "learning rate");
  }

  /** With functions of the library alone there is no line of the user's: the function is named. */
  @Test
  void inAFunctionOfTheLibrary() {
    Dataset large = new Dataset(DATA.inputs(), DATA.targets().mul(1e200));
    assertThat(words(net(), large, Losses::meanSquaredError))
        .contains("computed at Losses.meanSquaredError")
        .doesNotContain("logits");
  }

  @Test
  void aRowOfTheData() {
    double[] x = DATA.inputs().toArray();
    x[4 * 37 + 1] = Double.NaN;
    Dataset data = new Dataset(Tensor.of(DATA.inputs().shape(), x), DATA.targets());
    assertThat(words(net(), data, Losses::meanSquaredError))
        .contains("The data hold NaN or ±∞ in 1 row of step 2's batch: 37.")
        .contains("Cure: clean these rows of the data, or leave them out.")
        .doesNotContain("logits");
  }

  @Test
  void theWeights() {
    Module net = net();
    Trainer trainer =
        new Trainer(
            net::forward,
            Losses::meanSquaredError,
            new Sgd(net.parameters(), 1e-3),
            new DataLoader(DATA, 16));
    SpikeRecorder recorder = SpikeRecorder.attach(trainer, net.state());
    trainer.listen(
        step -> {
          if (step.number() == 199) {
            Parameter first = net.parameters().get(0);
            first.update(w -> w[3] = Double.NaN);
          }
        });
    trainer.run(201);
    // The replay does not know what the listener did.
    assertThat(
            new SpikeDoctor().withRepetitions(2).examine(recorder).diagnoses().get(0).reproduced())
        .isFalse();
  }

  /**
   * √ of 0 has an infinite slope: the loss is finite, the gradients are not, and so the weights.
   */
  @Test
  void aGradientOfTheStepBefore() {
    String words =
        words(net(), DATA, (p, t) -> p.sub(p).sqrt().sum().add(Losses.meanSquaredError(p, t)));
    assertThat(words)
        .contains("in the derivative of sqrt")
        .contains("NotFiniteTest.java:")
        .doesNotContain("logits");
  }

  /** A training that diverges: the growth is measured, and the advice is the learning rate. */
  @Test
  void aTrainingThatDiverged() {
    Module net = net();
    Trainer trainer =
        new Trainer(
            net::forward,
            Losses::meanSquaredError,
            new Sgd(net.parameters(), 1e5),
            new DataLoader(DATA, 16));
    SpikeRecorder recorder = SpikeRecorder.attach(trainer, net.state());
    trainer.run(220);
    String words = words(recorder);
    assertThat(words).contains("the training diverged", "Cure: a lower learning rate.");
    assertThat(words).contains("from " + Numbers.of(recorder.firstLoss()) + " at step 0 to ");
  }
}
