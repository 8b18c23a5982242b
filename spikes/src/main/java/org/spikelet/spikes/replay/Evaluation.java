package org.spikelet.spikes.replay;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.record.Snapshot;

/**
 * Evaluates the loss of any rows at the present weights, and leaves no trace: neither BatchNorm's
 * statistics nor Dropout's random state move.
 *
 * <p>Dropout's masks are those of one reference state, so that two evaluations differ by the
 * weights alone.
 */
public final class Evaluation {

  /** What is equal but for rounding differs by no more. */
  private static final double ROUNDING = 1e-9;

  private final Trainer trainer;
  private final Snapshot reference;
  private final List<Parameter> frozen;
  private final double[][] present;

  /** Evaluates the trainer's model with the frozen state of a snapshot. */
  public Evaluation(Trainer trainer, List<Parameter> parameters, Snapshot reference) {
    this.trainer = trainer;
    this.reference = reference;
    this.frozen = parameters.stream().filter(p -> !p.trainable()).toList();
    this.present = frozen.stream().map(p -> new double[p.size()]).toArray(double[][]::new);
  }

  /** Returns the loss of these rows as one batch. */
  public double loss(int... rows) {
    Dataset data = trainer.loader().data().rows(rows);
    return quietly(() -> loss(data).item());
  }

  /**
   * Returns the loss of each row, with the predictions made as one batch; empty if their mean is
   * not the batch's loss.
   */
  public double[] rowLosses(int... rows) {
    Dataset data = trainer.loader().data().rows(rows);
    return quietly(
        () -> {
          Tensor predictions = trainer.model().apply(data.inputs());
          double whole = trainer.loss().apply(predictions, data.targets()).item();
          double[] each =
              IntStream.range(0, rows.length).mapToDouble(i -> row(predictions, data, i)).toArray();
          double mean =
              IntStream.range(0, each.length).mapToDouble(i -> each[i]).average().orElse(0);
          boolean same = Math.abs(mean - whole) <= ROUNDING * Math.abs(whole) || mean == whole;
          return same ? each : new double[0];
        });
  }

  private double row(Tensor predictions, Dataset data, int i) {
    return trainer.loss().apply(predictions.gatherRows(i), data.targets().gatherRows(i)).item();
  }

  /**
   * Returns how many times as large the loss of a batch of one size is as that of another, where
   * all of its rows are the same: 1 for a mean over the rows, 2 for a sum at twice the size. NaN if
   * that is not the same for each of these rows, or not known.
   *
   * @param rows whose predictions, made as one batch, are repeated
   */
  public double sizeRatio(int size, int otherSize, int... rows) {
    Dataset data = trainer.loader().data().rows(rows);
    return quietly(
        () -> {
          Tensor predictions = trainer.model().apply(data.inputs());
          double[] ratios =
              IntStream.range(0, rows.length)
                  .mapToDouble(
                      i ->
                          repeated(predictions, data, i, size)
                              / repeated(predictions, data, i, otherSize))
                  .filter(Double::isFinite) // a row with the loss 0 tells nothing
                  .toArray();
          return ratios.length > 0
                  && Arrays.stream(ratios)
                      .allMatch(r -> Math.abs(r - ratios[0]) <= ROUNDING * Math.abs(r))
              ? ratios[0]
              : Double.NaN;
        });
  }

  /** The loss of a batch that is one row so many times. */
  private double repeated(Tensor predictions, Dataset data, int row, int times) {
    int[] rows = new int[times];
    Arrays.fill(rows, row);
    return trainer
        .loss()
        .apply(predictions.gatherRows(rows), data.targets().gatherRows(rows))
        .item();
  }

  /** Returns the same function each call, for the Hessian; call it within {@link #quietly}. */
  public Supplier<Tensor> repeatable(int... rows) {
    Dataset data = trainer.loader().data().rows(rows);
    return () -> {
      reference.restoreFrozen();
      return loss(data);
    };
  }

  private Tensor loss(Dataset data) {
    return trainer.loss().apply(trainer.model().apply(data.inputs()), data.targets());
  }

  /** Does something with the reference's frozen state, and puts the present one back. */
  public <T> T quietly(Supplier<T> work) {
    for (int k = 0; k < present.length; k++) {
      frozen.get(k).copyTo(present[k]);
    }
    reference.restoreFrozen();
    try {
      return work.get();
    } finally {
      for (int k = 0; k < present.length; k++) {
        double[] source = present[k];
        frozen.get(k).update(w -> System.arraycopy(source, 0, w, 0, w.length));
      }
    }
  }
}
