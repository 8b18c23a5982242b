package org.spikelet.spikes.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.BatchNorm;
import org.spikelet.nn.Dropout;
import org.spikelet.nn.Module;
import org.spikelet.optim.Adam;
import org.spikelet.optim.DataLoader;
import org.spikelet.spikes.FollowingClip;
import org.spikelet.spikes.Trainings;
import org.spikelet.spikes.Trainings.Training;

class SnapshotTest {

  private final Module net =
      Trainings.net(
          new SplittableRandom(1),
          8,
          List.of(BatchNorm.of(8), Dropout.of(0.5, new SplittableRandom(2))));
  private final Adam adam = new Adam(net.parameters(), 0.01);
  private final Training training =
      Trainings.training(net, new DataLoader(Trainings.data(40, 0.1, 3), 16).withShuffle(4), adam);
  private final List<Parameter> state = List.copyOf(net.state().values());

  @Test
  void restoresWeightsBuffersMomentsAndCounts() {
    training.trainer().run(7);
    Snapshot before = Snapshot.of(state, training.trainer(), 7);
    List<Tensor> values = state.stream().map(Tensor::copy).toList();
    training.trainer().run(5);
    for (int k = 0; k < values.size(); k++) {
      // The seed of the dropout is the one thing that never changes.
      boolean moved = !List.of(state.get(k).toArray()).equals(List.of(values.get(k).toArray()));
      assertThat(moved || state.get(k).name().equals("seed")).isTrue();
    }

    before.restore();

    for (int k = 0; k < values.size(); k++) {
      assertThat(state.get(k).toArray()).isEqualTo(values.get(k).toArray());
    }
    assertThat(adam.steps()).isEqualTo(7);
    assertThat(Snapshot.of(state, training.trainer(), 7))
        .isEqualTo(before)
        .hasSameHashCodeAs(before);
    assertThat(before.step()).isEqualTo(7);
  }

  @Test
  void differsByAnySingleThing() {
    Snapshot before = Snapshot.of(state, training.trainer(), 0);
    assertThat(Snapshot.of(state, training.trainer(), 1)).isNotEqualTo(before);
    training.trainer().run(1);
    Snapshot after = Snapshot.of(state, training.trainer(), 0);
    assertThat(after).isNotEqualTo(before);
    before.restoreParameters();
    assertThat(Snapshot.of(state, training.trainer(), 0)).isNotEqualTo(before);
    after.restoreParameters();
    assertThat(Snapshot.of(state, training.trainer(), 0)).isEqualTo(after);
  }

  @Test
  void differsByASingleWeight() {
    Snapshot before = Snapshot.of(state, training.trainer(), 0);
    net.parameters().get(1).update(w -> w[3] = Math.nextUp(w[3]));
    assertThat(Snapshot.of(state, training.trainer(), 0))
        .isNotEqualTo(before)
        .doesNotHaveSameHashCodeAs(before);
  }

  @Test
  void anotherOptimizerIsHandedTheState() {
    training.trainer().run(3);
    Snapshot snapshot = Snapshot.of(state, training.trainer(), 3);
    Adam other = new Adam(net.parameters(), 0.01);
    snapshot.restoreTo(other);
    assertThat(other.steps()).isEqualTo(3);
    assertThat(other.save()).isEqualTo(adam.save());
  }

  @Test
  void aCopyIsNotOverwritten() {
    Snapshot snapshot = Snapshot.of(state, training.trainer(), 0);
    Snapshot copy = snapshot.copy();
    training.trainer().run(3);
    snapshot.take(3);
    assertThat(copy).isNotEqualTo(snapshot);
    copy.restore();
    assertThat(Snapshot.of(state, training.trainer(), 0)).isEqualTo(copy);
  }

  @Test
  void frozenStateCanBeRestoredAlone() {
    Snapshot before = Snapshot.of(state, training.trainer(), 0);
    training.trainer().run(3);
    double[] weights = net.parameters().get(0).toArray();
    before.restoreFrozen();
    assertThat(net.parameters().get(0).toArray()).isEqualTo(weights);
    assertThat(net.state().get("1.runningMean").toArray()).containsOnly(0);
  }

  /** What changes the gradients may remember something. */
  @Test
  void theTransformationIsPartOfIt() {
    Training clipped =
        Trainings.training(
            net, new DataLoader(Trainings.data(40, 0.1, 3), 16), adam, new FollowingClip());
    clipped.trainer().run(3);
    Snapshot before = Snapshot.of(state, clipped.trainer(), 3);
    Snapshot copy = before.copy();
    double[] mean = clipped.trainer().transformation().save().get(0).toArray();
    clipped.trainer().run(3);
    assertThat(clipped.trainer().transformation().save().get(0).toArray()).isNotEqualTo(mean);
    before.restore();
    assertThat(clipped.trainer().transformation().save().get(0).toArray()).isEqualTo(mean);
    assertThat(Snapshot.of(state, clipped.trainer(), 3)).isEqualTo(before).isEqualTo(copy);
    clipped.trainer().transformation().restore(List.of(Tensor.vector(9)));
    assertThat(Snapshot.of(state, clipped.trainer(), 3)).isNotEqualTo(before);
  }
}
