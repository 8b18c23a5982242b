package org.spikelet.app.lab;

import java.util.Arrays;
import java.util.function.BinaryOperator;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Batch;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.spikes.detect.SpikeSummary;

/**
 * The weights that a training has come to, as they are: with frozen weights only the draw of the
 * batches can move the loss.
 *
 * @param data all rows
 * @param loader draws the batches
 * @param loss from inputs and targets, with the present weights
 */
record Solution(Dataset data, DataLoader loader, BinaryOperator<Tensor> loss) {

  /** How many batches are drawn. */
  static final int BATCHES = 2_000;

  private static final double TOP = 0.01;

  /** Returns the spikes per 1,000 batches drawn from a step on. */
  double spikes(long from) {
    double[] losses = new double[BATCHES];
    for (int i = 0; i < BATCHES; i++) {
      Batch batch = loader.batch(from + i);
      losses[i] = loss.apply(batch.inputs(), batch.targets()).item();
    }
    return spikes(losses);
  }

  /** Returns the spikes per 1,000 of these losses. */
  static double spikes(double[] losses) {
    return 1000.0 * SpikeSummary.of(losses).spikes().size() / losses.length;
  }

  /** Returns the share of the sum of all rows' losses that lies in the top 1 % of them. */
  double shareOfTopRows() {
    double[] rows = new double[data.size()];
    for (int i = 0; i < rows.length; i++) {
      Dataset row = data.rows(i);
      rows[i] = loss.apply(row.inputs(), row.targets()).item();
    }
    Arrays.sort(rows);
    int top = (int) Math.ceil(TOP * rows.length);
    double largest = Arrays.stream(rows, rows.length - top, rows.length).sum();
    return largest / Arrays.stream(rows).sum();
  }
}
