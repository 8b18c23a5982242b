package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.optim.Adam;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Schedule;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.Trainings;
import org.spikelet.spikes.detect.LossScale;
import org.spikelet.spikes.record.SpikeRecorder;

/** A loss below 0, as of a log-density, is recorded, and its spikes are examined. */
class NegativeLossTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 100})
  void aRaisedLearningRate(double below) {
    Module net = Trainings.net(new SplittableRandom(5), 16, List.of(Activation.TANH));
    Schedule glitch = t -> t >= 400 && t < 403 ? 3 : 3e-3;
    Trainer trainer =
        new Trainer(
            net::forward,
            (p, t) -> Losses.meanSquaredError(p, t).sub(below),
            new Adam(net.parameters(), glitch),
            new DataLoader(Trainings.data(256, 0.05, 1), 256));
    SpikeRecorder recorder = SpikeRecorder.attach(trainer, net.state());
    trainer.run(500);
    Examination examination = new SpikeDoctor().withRepetitions(3).withAtMost(2).examine(recorder);
    Diagnosis diagnosis =
        examination.diagnoses().stream()
            .filter(one -> one.spike().onset() >= 400)
            .findFirst()
            .orElseThrow();
    assertThat(diagnosis.spike().onset()).isBetween(400L, 402L);
    assertThat(diagnosis.spike().usual().scale()).isEqualTo(LossScale.LINEAR);
    assertThat(diagnosis.reproduced()).isTrue();
    assertThat(diagnosis.causes()).containsExactly(Cause.LEARNING_RATE_CHANGED);
    assertThat(diagnosis.words())
        .contains("the loss rose from its usual -")
        .doesNotContain("times its usual", "NaN", "nats");
    assertThat(diagnosis.course().orElseThrow().peakShares()).allMatch(Double::isFinite);
  }
}
