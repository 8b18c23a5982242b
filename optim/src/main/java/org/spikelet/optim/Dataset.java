package org.spikelet.optim;

import java.util.Arrays;
import org.spikelet.autodiff.Tensor;

/**
 * Inputs and targets that belong together row by row.
 *
 * <p>In PyTorch: {@index TensorDataset}.
 *
 * @param inputs n × anything
 * @param targets n × anything, or n class indices
 */
public record Dataset(Tensor inputs, Tensor targets) {

  /**
   * Checks that there are as many inputs as targets, and at least one.
   *
   * @throws IllegalArgumentException otherwise
   */
  public Dataset {
    if (inputs.shape().rank() == 0 || targets.shape().rank() == 0) {
      throw new IllegalArgumentException(
          "dataset: needs rows, got inputs " + inputs.shape() + " and targets " + targets.shape());
    }
    if (inputs.shape().dimension(0) != targets.shape().dimension(0)) {
      throw new IllegalArgumentException(
          "dataset: the numbers of rows differ: inputs "
              + inputs.shape()
              + ", targets "
              + targets.shape());
    }
    if (inputs.shape().dimension(0) == 0) {
      throw new IllegalArgumentException("dataset: it is empty; training needs at least one row");
    }
  }

  /** Returns the number of rows. */
  public int size() {
    return inputs.shape().dimension(0);
  }

  /**
   * Returns some of the rows, in this order.
   *
   * @throws IllegalArgumentException if there is no such row, or none is named
   */
  public Dataset rows(int... rows) {
    return new Dataset(inputs.gatherRows(rows), targets.gatherRows(rows));
  }

  /**
   * Splits the rows at random into two data sets, the first with this share of them.
   *
   * @param share in (0, 1); each part gets at least one row
   * @throws IllegalArgumentException if the share is not in (0, 1), or there are fewer than two
   *     rows
   */
  public Split split(double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("split: the share must be in (0, 1), got " + share);
    }
    if (size() < 2) {
      throw new IllegalArgumentException("split: needs at least two rows, there is " + size());
    }
    int first = (int) Math.max(1, Math.min(size() - 1, Math.round(share * size())));
    int[] order = Permutation.of(size(), seed, 0);
    return new Split(
        rows(Arrays.copyOf(order, first)), rows(Arrays.copyOfRange(order, first, size())));
  }

  /**
   * Two parts of a data set, without a row in common.
   *
   * @param first the part whose share was asked for
   * @param second the rest
   */
  public record Split(Dataset first, Dataset second) {}
}
