package org.spikelet.spikes.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Sgd;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.detect.LossScale;
import org.spikelet.spikes.detect.UsualRange;
import org.spikelet.spikes.record.Noted;
import org.spikelet.spikes.record.Recording;
import org.spikelet.spikes.record.Snapshot;
import org.spikelet.spikes.record.SpikeRecorder;

/**
 * A recording and its replay as a test tells them: steps 10 to 19 with the onset at 12 and the peak
 * at 14, all alike until one is changed.
 *
 * <p>In each step the two trained parameters and the statistics are changed once; the loss is 2,
 * and Σg² is 4 and 9.
 */
final class Told {

  static final int FIRST = 10;
  static final int STEPS = 10;
  static final int PEAK = 14;

  /** Trained, of two times two values. */
  static final int WEIGHT = 0;

  /** Frozen, and changed in each step. */
  static final int STATISTICS = 1;

  /** Trainable, but not trained. */
  static final int UNTRAINED = 2;

  /** Frozen, of no value. */
  static final int NOTHING = 3;

  /** Trained, a single value, and not in the model's state. */
  static final int SCALE = 4;

  /** What is noted of one step. */
  static final class Step {
    double loss = 2;
    long updates;
    final int[] changes = {1, 1, 0, 0, 1};
    final double[] squared = {4, 9};
    final long[] prints = {70, 71, 72, 73, 74};
    final Map<Integer, double[]> copies = new HashMap<>();
  }

  private final List<Step> recorded = steps();
  private final List<Step> replayed = steps();

  private static List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      Step step = new Step();
      step.updates = (long) FIRST + i + 1;
      steps.add(step);
    }
    return steps;
  }

  /** Changes what was recorded of a step. */
  Told recorded(int step, Consumer<Step> change) {
    change.accept(recorded.get(step - FIRST));
    return this;
  }

  /** Changes what was replayed of a step. */
  Told replayed(int step, Consumer<Step> change) {
    change.accept(replayed.get(step - FIRST));
    return this;
  }

  /** A parameter was changed once more than by the step. */
  Told changed(int step, int... parameters) {
    return recorded(step, s -> Arrays.stream(parameters).forEach(k -> s.changes[k]++));
  }

  /** What a parameter was after a step, and what it was in the replay. */
  Told values(int step, int parameter, double[] now, double[] without) {
    recorded(step, s -> s.copies.put(parameter, now));
    return replayed(step, s -> s.copies.put(parameter, without));
  }

  /** The optimizer had counted so many steps more from this one on. */
  Told counted(int step, int more) {
    for (int later = step; later < FIRST + STEPS; later++) {
      recorded(later, s -> s.updates += more);
    }
    return this;
  }

  private RecordedFacts facts() {
    Parameter weight = Parameter.of("weight", Tensor.zeros(Shape.of(2, 2)));
    Parameter scale = Parameter.of("scale", Tensor.scalar(1));
    Map<String, Parameter> state = new LinkedHashMap<>();
    state.put("net.weight", weight);
    state.put("net.statistics", Parameter.frozen("statistics", Tensor.vector(1, 2)));
    state.put("net.untrained", Parameter.of("untrained", Tensor.vector(1, 2)));
    state.put("net.nothing", Parameter.frozen("nothing", Tensor.zeros(Shape.of(0))));
    Trainer trainer =
        new Trainer(
            x -> x,
            (y, target) -> y.mean(),
            new Sgd(List.of(weight, scale), 0.1),
            new DataLoader(new Dataset(Tensor.vector(1, 2), Tensor.vector(1, 2)), 1));
    SpikeRecorder recorder = SpikeRecorder.of(trainer, state);
    Noted noted = new Noted(STEPS, FIRST);
    recorded.forEach(
        s ->
            noted.step(
                s.loss, 0.1, s.updates, Noted.marks(s.changes, s.squared, s.prints, s.copies)));
    return new RecordedFacts(
        recorder,
        new Recording(
            12,
            PEAK,
            Snapshot.of(recorder.parameters(), trainer, FIRST),
            noted.signals(),
            new UsualRange(LossScale.LOGARITHMIC, 1, 0.05, 1e-6)));
  }

  private List<MarkWatcher.Step> replay() {
    return replayed.stream()
        .map(
            s ->
                new MarkWatcher.Step(
                    s.loss,
                    s.updates,
                    Noted.marks(s.changes, s.squared, s.prints, Map.of()),
                    s.copies))
        .toList();
  }

  StateChanges changes() {
    return new StateChanges(facts(), replay());
  }

  /** The first difference. */
  Optional<FirstDifference.Found> first() {
    return new FirstDifference(facts(), replay()).find();
  }
}
