package org.spikelet.spikes.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.nn.Activation;
import org.spikelet.nn.BatchNorm;
import org.spikelet.nn.Dropout;
import org.spikelet.nn.LayerNorm;
import org.spikelet.nn.Module;
import org.spikelet.optim.AdaGrad;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Clipping;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.GradientTransformation;
import org.spikelet.optim.History;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.RmsProp;
import org.spikelet.optim.Schedule;
import org.spikelet.optim.Sgd;
import org.spikelet.spikes.FollowingClip;
import org.spikelet.spikes.Trainings;
import org.spikelet.spikes.Trainings.Training;
import org.spikelet.spikes.record.RecordedStretch;
import org.spikelet.spikes.record.Recording;
import org.spikelet.spikes.record.Snapshot;

/**
 * An unchanged replay has the same bits, with BatchNorm, Dropout, momentum, schedules, clipping,
 * shuffling, small last batches and whatever a user did by hand; and so has everything at its end.
 */
class ReplayProperties {

  private static final int WIDTH = 6;

  @Provide
  Arbitrary<List<Module>> layers() {
    SplittableRandom random = new SplittableRandom(3);
    return Arbitraries.of("batch norm", "dropout", "layer norm", "tanh", "relu")
        .list()
        .ofMaxSize(4)
        .map(
            names ->
                names.stream()
                    .map(
                        name ->
                            switch (name) {
                              case "batch norm" -> BatchNorm.of(WIDTH);
                              case "dropout" -> Dropout.of(0.3, random);
                              case "layer norm" -> LayerNorm.of(WIDTH);
                              case "tanh" -> Activation.TANH;
                              default -> Activation.RELU;
                            })
                    .toList());
  }

  @Provide
  Arbitrary<BiFunction<List<Parameter>, Schedule, Optimizer>> rules() {
    return Arbitraries.of(
        List.of(
            Sgd::new,
            (p, s) -> new Sgd(p, s, Sgd.DEFAULTS.withMomentum(0.9)),
            (p, s) -> new Sgd(p, s, Sgd.DEFAULTS.withNesterov(0.8).withWeightDecay(0.01)),
            AdaGrad::new,
            (p, s) -> new RmsProp(p, s, RmsProp.DEFAULTS.withMomentum(0.5)),
            Adam::new,
            (p, s) -> new Adam(p, s, Adam.DEFAULTS.withAmsgrad().withDecoupledWeightDecay(0.1)),
            (p, s) -> new Adam(p, s, Adam.DEFAULTS.withClippedUpdates())));
  }

  @Provide
  Arbitrary<Schedule> schedules() {
    return Arbitraries.of(
        Schedule.constant(0.01),
        Schedule.cosine(0.02, 0, 90),
        Schedule.step(0.02, 7, 0.5),
        Schedule.constant(0.02).warmUp(50));
  }

  @Provide
  Arbitrary<Supplier<GradientTransformation>> transformations() {
    return Arbitraries.of(
        List.of(
            GradientTransformation::none,
            () -> Clipping.globalNorm(0.1),
            FollowingClip::new,
            () -> g -> g.norm() > 0.5 ? Gradients.none() : g,
            () -> new FollowingClip().then(Clipping.value(0.01)).then(new FollowingClip())));
  }

  @Property(tries = 150)
  void anUnchangedReplayHasTheSameBits(
      @ForAll("layers") List<Module> layers,
      @ForAll("rules") BiFunction<List<Parameter>, Schedule, Optimizer> rule,
      @ForAll("schedules") Schedule schedule,
      @ForAll @IntRange(min = 2, max = 14) int batchSize,
      @ForAll boolean shuffled,
      @ForAll("transformations") Supplier<GradientTransformation> transformation,
      @ForAll boolean rateSetByHand,
      @ForAll boolean stateLost,
      @ForAll @IntRange(min = 0, max = 60) int start,
      @ForAll long seed) {
    Module net = Trainings.net(new SplittableRandom(seed), WIDTH, layers);
    // BatchNorm refuses a last batch of one row.
    DataLoader loader = new DataLoader(Trainings.data(26, 0.1, seed), batchSize);
    loader = 26 % batchSize == 1 ? loader.withDropLast() : loader;
    loader = shuffled ? loader.withShuffle(seed) : loader;
    Optimizer optimizer = rule.apply(net.parameters(), schedule);
    Training training = Trainings.training(net, loader, optimizer, transformation.get());
    History history = new History();
    training.trainer().listen(history).run(start);
    List<Parameter> parameters = List.copyOf(net.state().values());
    Snapshot first = Snapshot.of(parameters, training.trainer(), start);
    RecordedStretch stretch = new RecordedStretch(training.trainer(), first, 30);
    training
        .trainer()
        .listen(stretch)
        .listen(
            step -> {
              if (rateSetByHand && step.number() == start + 12) {
                optimizer.learningRate(0.003);
              }
              if (stateLost && step.number() == start + 15) {
                optimizer.restore(optimizer.blank());
              }
            });
    training.trainer().run(30);
    Snapshot last = Snapshot.of(parameters, training.trainer(), start + 30);
    Recording recording = stretch.recording(start + 20);

    Replay replay = new Replay(training.trainer(), recording);
    double[] losses = replay.unchanged(Replay.Observer.NONE);

    double[] all = history.losses();
    List<Double> recorded = new ArrayList<>();
    for (int t = start; t < start + 30; t++) {
      recorded.add(all[t]);
    }
    assertThat(losses).containsExactly(recorded.toArray(Double[]::new));
    assertThat(replay.firstDifference(losses)).isEmpty();
    double[][] replayed = values(parameters);
    last.restore();
    assertThat(replayed).isDeepEqualTo(values(parameters));
  }

  private static double[][] values(List<Parameter> parameters) {
    return parameters.stream().map(Parameter::toArray).toArray(double[][]::new);
  }
}
