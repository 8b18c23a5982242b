package org.spikelet.spikes.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.BatchNorm;
import org.spikelet.nn.Dropout;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Reduction;
import org.spikelet.optim.Adam;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.Trainings;
import org.spikelet.spikes.Trainings.Training;
import org.spikelet.spikes.record.Snapshot;

class EvaluationTest {

  private static final int[] ROWS = {3, 1, 4, 15};

  private final Module net =
      Trainings.net(
          new SplittableRandom(1),
          8,
          List.of(BatchNorm.of(8), Activation.RELU, Dropout.of(0.5, new SplittableRandom(2))));
  private final Adam adam = new Adam(net.parameters(), 0.01);
  private final DataLoader loader = new DataLoader(Trainings.data(40, 0.1, 3), 16);
  private final Training training = Trainings.training(net, loader, adam);
  private final List<Parameter> state = List.copyOf(net.state().values());
  private final Snapshot start = Snapshot.of(state, training.trainer(), 0);
  private final Evaluation evaluation = new Evaluation(training.trainer(), state, start);

  @Test
  void leavesNoTrace() {
    training.trainer().run(3);
    Snapshot before = Snapshot.of(state, training.trainer(), 3);
    evaluation.loss(ROWS);
    evaluation.rowLosses(ROWS);
    evaluation.sizeRatio(2, 3, ROWS);
    assertThat(Snapshot.of(state, training.trainer(), 3)).isEqualTo(before);
  }

  @Test
  void usesTheSameMasksEachTime() {
    double once = evaluation.loss(ROWS);
    // Three forwards in between draw other masks, and the weights are put back.
    training.trainer().run(3);
    Snapshot now = Snapshot.of(state, training.trainer(), 3);
    start.restoreParameters();
    now.restoreFrozen();
    assertThat(evaluation.loss(ROWS)).isEqualTo(once);
  }

  /** However often it is computed, and whatever state it finds. */
  @Test
  void aRepeatableLossIsTheSameEachTime() {
    double[] twice =
        evaluation.quietly(
            () ->
                new double[] {
                  evaluation.repeatable(ROWS).get().item(), evaluation.repeatable(ROWS).get().item()
                });
    assertThat(twice).containsOnly(evaluation.loss(ROWS));
  }

  @Test
  void theMeanOfTheRowsIsTheLoss() {
    double[] each = evaluation.rowLosses(ROWS);
    assertThat(each).hasSize(4).doesNotHaveDuplicates();
    double loss = evaluation.loss(ROWS);
    assertThat(Arrays.stream(each).average().orElseThrow()).isCloseTo(loss, offset(1e-12));
  }

  @Test
  void aMeanMayBeInfinite() {
    Trainer infinite =
        new Trainer(
            x -> x,
            (p, t) -> Losses.meanSquaredError(p.mul(Double.POSITIVE_INFINITY), p),
            adam,
            loader);
    assertThat(new Evaluation(infinite, state, start).rowLosses(ROWS))
        .hasSize(4)
        .containsOnly(Double.POSITIVE_INFINITY);
  }

  @Test
  void aLossThatIsNearlyAMeanOverRowsHasNone() {
    Trainer nearly =
        new Trainer(
            net::forward,
            (p, t) -> Losses.meanSquaredError(p, t).add(1e-6 * p.shape().dimension(0)),
            adam,
            loader);
    assertThat(new Evaluation(nearly, state, start).rowLosses(ROWS)).isEmpty();
  }

  /** Of a sum over rows, or of a loss that compares rows, no row has a share. */
  @Test
  void aLossThatIsNoMeanOverRowsHasNone() {
    Trainer sums =
        new Trainer(
            net::forward, (p, t) -> Losses.meanSquaredError(p, t, Reduction.SUM), adam, loader);
    assertThat(new Evaluation(sums, state, start).rowLosses(ROWS)).isEmpty();
  }

  private Evaluation with(BinaryOperator<Tensor> loss) {
    return new Evaluation(new Trainer(net::forward, loss, adam, loader), state, start);
  }

  private static Tensor sum(Tensor p, Tensor t) {
    return Losses.meanSquaredError(p, t, Reduction.SUM);
  }

  private static Tensor dividedTwice(Tensor p, Tensor t) {
    return Losses.meanSquaredError(p, t).mul(1.0 / t.shape().dimension(0));
  }

  /** Dropout and batch normalization have no part in it: the predictions are made once. */
  @Test
  void aLossGoesByTheSizeOfTheBatchOrNot() {
    assertThat(evaluation.sizeRatio(4, 16, ROWS)).isCloseTo(1, offset(1e-12));
    assertThat(with(EvaluationTest::sum).sizeRatio(4, 16, ROWS)).isCloseTo(0.25, offset(1e-12));
    assertThat(with(EvaluationTest::dividedTwice).sizeRatio(4, 16, ROWS))
        .isCloseTo(4, offset(1e-12));
  }

  /** The mean plus 1 over the size is 1 and 1/4 more than the row's loss, which differs. */
  @Test
  void aLossThatGoesByTheSizeInNoOneWayIsNotKnown() {
    Evaluation shifted =
        with((p, t) -> Losses.meanSquaredError(p, t).add(1.0 / t.shape().dimension(0)));
    assertThat(shifted.sizeRatio(1, 4, ROWS)).isNaN();
    assertThat(with((p, t) -> Losses.meanSquaredError(p, p)).sizeRatio(1, 4, ROWS))
        .as("0 whatever the size")
        .isNaN();
  }
}
