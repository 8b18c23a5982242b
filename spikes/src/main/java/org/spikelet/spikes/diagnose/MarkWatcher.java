package org.spikelet.spikes.diagnose;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.optim.Optimizer;
import org.spikelet.spikes.record.Marker;
import org.spikelet.spikes.record.Marks;
import org.spikelet.spikes.record.SpikeRecorder;
import org.spikelet.spikes.replay.Replay;

/** Marks the steps of an unchanged replay as the recorder has marked those of the training. */
final class MarkWatcher implements Replay.Observer {

  /**
   * A step of the replay.
   *
   * @param loss of the batch, before the step
   * @param updates the optimizer's own count of steps after it
   * @param marks of the step
   * @param copies the values after the step of what was copied in the recording
   */
  record Step(double loss, long updates, Marks marks, Map<Integer, double[]> copies) {}

  private final SpikeRecorder recorder;
  private final RecordedFacts recorded;
  private final Optimizer optimizer;
  private final Marker marker;
  private final List<Step> steps = new ArrayList<>();
  private Optional<Gradients> given = Optional.empty();

  MarkWatcher(RecordedFacts recorded) {
    this.recorded = recorded;
    recorder = recorded.recorder();
    optimizer = recorded.trainer().optimizer();
    marker = new Marker(recorder.parameters(), optimizer.parameters());
  }

  @Override
  public void before(long step) {
    marker.begin();
  }

  @Override
  public void gradients(long step, Gradients gradients) {
    given = Optional.of(gradients);
  }

  @Override
  public void after(long step, double loss) {
    Marks marks = marker.take(given.orElseThrow());
    Marks noted = recorded.recording().signals().marks(step);
    Map<Integer, double[]> copies = new HashMap<>();
    List<Parameter> parameters = recorder.parameters();
    for (int k = 0; k < noted.parameters(); k++) {
      if (noted.copy(k).isPresent()) {
        copies.put(k, parameters.get(k).toArray());
      }
    }
    steps.add(new Step(loss, optimizer.steps(), marks, copies));
  }

  /** The steps of the replay, from its first on. */
  List<Step> steps() {
    return steps;
  }
}
