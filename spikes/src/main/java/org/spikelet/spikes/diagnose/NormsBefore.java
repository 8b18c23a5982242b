package org.spikelet.spikes.diagnose;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.GradientTransformation;
import org.spikelet.optim.SkipStep;
import org.spikelet.spikes.record.Marks;

/**
 * Warms up what goes by the norms of the gradients: in a replay it starts as if it had been there
 * in the recorded steps before, which are up to 60. What it would have made of the training in them
 * is not known, so these norms are those of the training without it.
 */
final class NormsBefore {

  private final RecordedFacts recorded;

  /** One number in place of each trained parameter, for only norms are recorded. */
  private final List<Parameter> standIns;

  NormsBefore(RecordedFacts recorded) {
    this.recorded = recorded;
    standIns =
        recorded.trainer().optimizer().parameters().stream()
            .map(parameter -> Parameter.of(parameter.name(), Tensor.scalar(1)))
            .toList();
  }

  /**
   * Returns what a transformation remembers after these steps.
   *
   * @param made from the parameters whose gradients it is given
   */
  List<Tensor> remembered(Function<List<Parameter>, GradientTransformation> made) {
    GradientTransformation transformation = made.apply(standIns);
    steps().forEach(step -> show(step, transformation));
    return transformation.save();
  }

  /** The same of one that is told of the losses, too. */
  List<Tensor> rememberedWithLosses() {
    SkipStep skipping = new SkipStep();
    steps()
        .forEach(
            step -> {
              skipping.loss(recorded.recording().signals().loss(step));
              show(step, skipping);
            });
    return skipping.save();
  }

  private LongStream steps() {
    return LongStream.range(recorded.recording().signals().oldest(), recorded.firstReplayed());
  }

  private void show(long step, GradientTransformation transformation) {
    Marks marks = recorded.recording().signals().marks(step);
    if (!Double.isFinite(recorded.recording().signals().gradientNorm(step))) {
      return; // it would refuse it, or count it for nothing
    }
    try (Tape tape = Tape.record()) {
      Optional<Tensor> sum =
          IntStream.range(0, standIns.size())
              .filter(k -> marks.squaredGradient(k) >= 0)
              .mapToObj(k -> standIns.get(k).mul(Math.sqrt(marks.squaredGradient(k))))
              .reduce(Tensor::add);
      transformation.apply(sum.map(tape::gradients).orElseGet(Gradients::none));
    }
  }
}
