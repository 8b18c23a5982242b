package org.spikelet.app.tables;

import java.util.List;
import org.spikelet.optim.Dataset;

/**
 * A table made ready to train on.
 *
 * @param data inputs: n × features; targets: n × targets, or n classes
 * @param features the names of the inputs
 * @param outputs the names of the targets, or the classes
 * @param scales of the targets; none for classes
 */
public record TrainingData(
    Dataset data, List<String> features, List<String> outputs, List<Scale> scales) {

  /** Copies the lists. */
  public TrainingData {
    features = List.copyOf(features);
    outputs = List.copyOf(outputs);
    scales = List.copyOf(scales);
  }

  /** Returns whether the targets are classes: one index for each row, not rows of numbers. */
  public boolean classification() {
    return data.targets().shape().rank() == 1;
  }
}
