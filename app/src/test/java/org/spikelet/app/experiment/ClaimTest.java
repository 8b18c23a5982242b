package org.spikelet.app.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.spikelet.nn.Losses;
import org.spikelet.optim.RmsProp;

class ClaimTest {

  private static final Setup PLAIN = Setup.FLAGSHIP;
  private static final Setup SMALL = PLAIN.named("small").withBatchSize(4);

  private static Claim.Draft claim() {
    return Claim.of("mine", "Words.");
  }

  @Test
  void twoSetupsAreTriedWithAdamAndForComparisonWithSgd() {
    Claim claim = claim().with(SMALL).without(PLAIN).brings(Measure.SPIKES);

    assertThat(claim.runs().decisive()).isEqualTo(new Claim.Pair(SMALL.adam(), PLAIN.adam()));
    assertThat(claim.runs().first()).contains(claim.runs().decisive());
    assertThat(claim.runs().sgd()).contains(new Claim.Pair(SMALL.sgd(), PLAIN.sgd()));
    assertThat(claim.runs().recipes()).hasSize(4);
    assertThat(claim.seeds()).isEqualTo(Claim.SEEDS);
  }

  @Test
  void twoTrainingsStandAlone() {
    Recipe rmsProp = PLAIN.by(Optimization.of("rmsprop", p -> new RmsProp(p, 1e-3)));

    Claim claim = claim().with(rmsProp).without(PLAIN.adam()).removes(Measure.SPIKES).seeds(3);

    assertThat(claim.runs().recipes()).containsExactly(rmsProp, PLAIN.adam());
    assertThat(claim.runs().sgd()).isEmpty();
    assertThat(claim.seeds()).isEqualTo(3);
    assertThat(claim.design())
        .isEqualTo("flagship: rmsprop (with), and flagship: Adam, its defaults (without).");
  }

  @Test
  void trainingsBySgdStandInItsColumn() {
    Claim claim = claim().with(SMALL.sgd()).without(PLAIN.sgd()).brings(Measure.SPIKES);

    assertThat(claim.runs().first()).isEmpty();
    assertThat(claim.runs().sgd()).contains(claim.runs().decisive());
  }

  @Test
  void adamAndSgdHaveAColumnEach() {
    Claim claim = claim().adamAgainstSgd(PLAIN).brings(Measure.SPIKES);

    assertThat(claim.runs().decisive()).isEqualTo(new Claim.Pair(PLAIN.adam(), PLAIN.sgd()));
    assertThat(claim.runs().first()).contains(new Claim.Pair(PLAIN.adam(), PLAIN.adam()));
    assertThat(claim.runs().sgd()).contains(new Claim.Pair(PLAIN.sgd(), PLAIN.sgd()));
  }

  @Test
  void stockOptimizersOfTheSameSettingsAreTheSame() {
    assertThat(PLAIN.sgd()).isEqualTo(PLAIN.by(Optimization.sgd(0.02)));
    assertThat(PLAIN.sgd()).isNotEqualTo(PLAIN.by(Optimization.sgd(0.01)));
  }

  @Test
  void differencesAreNamed() {
    assertThat(SMALL.adam().differences(PLAIN.adam())).containsExactly("batch size");
    assertThat(PLAIN.adam().differences(PLAIN.sgd())).containsExactly("optimizer");
    assertThat(PLAIN.named("other").adam().differences(PLAIN.adam())).isEmpty();
    assertThat(
            PLAIN
                .withLoss(Losses::huber)
                .withData(Data.NOISY)
                .withDropLast()
                .withSteps(10)
                .adam()
                .differences(PLAIN.adam()))
        .containsExactly("data", "loss", "drop last", "steps");
  }

  @Test
  void aWatchedLossStaysWithAnotherLossToTrainOn() {
    Setup watching = PLAIN.watching(Losses::meanAbsoluteError);
    Setup huber = watching.withLoss(Losses::huber);

    assertThat(huber.model().watched()).isEqualTo(watching.model().watched());
    assertThat(huber.adam().differences(watching.adam())).containsExactly("loss");
    assertThat(PLAIN.withLoss(Losses::huber).model().watchesAnother()).isFalse();
  }

  @Test
  void quickStepsFollowTheSteps() {
    assertThat(PLAIN.withSteps(10_000).quickSteps()).isEqualTo(2_500);
    assertThat(PLAIN.withSteps(2_000).quickSteps()).isEqualTo(1_500);
    assertThat(PLAIN.withSteps(100).quickSteps()).isEqualTo(100);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> claim().with(PLAIN).without(PLAIN).brings(Measure.SPIKES))
        .hasMessageContaining("the same training, flagship-adam");
    assertThatThrownBy(() -> claim().with(SMALL).without(PLAIN).brings(Measure.TOP_ROWS))
        .hasMessageContaining("add .withTwist(Setup.Twist.FROZEN)");
    assertThatThrownBy(() -> claim().with(SMALL).without(PLAIN).brings(Measure.SPIKES).seeds(0))
        .hasMessageContaining("at least one seed, got 0");
    assertThatThrownBy(() -> Claim.of("x", " ").with(SMALL).without(PLAIN).brings(Measure.SPIKES))
        .hasMessageContaining("say in words");
    assertThatThrownBy(() -> Claim.of("-x", "W.").with(SMALL).without(PLAIN).brings(Measure.SPIKES))
        .hasMessageContaining("got '-x'");
    assertThatThrownBy(() -> PLAIN.named("a/b")).hasMessageContaining("got 'a/b'");
    assertThatThrownBy(() -> PLAIN.withSteps(0)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> PLAIN.withSgdRate(-1)).hasMessageContaining("got -1.0");
    assertThatThrownBy(() -> Optimization.of("A B", p -> new RmsProp(p, 1e-3)))
        .hasMessageContaining("got 'A B'");
  }
}
