package org.spikelet.optim;

import org.spikelet.autodiff.Tensor;

/** Some rows of a data set, to be trained on in one step. */
public final class Batch {

  private final Dataset data;
  private final int[] rows;
  private final long epoch;
  private final int index;

  Batch(Dataset data, int[] rows, long epoch, int index) {
    this.data = data;
    this.rows = rows;
    this.epoch = epoch;
    this.index = index;
  }

  /** Returns the inputs: size × anything. */
  public Tensor inputs() {
    return data.inputs();
  }

  /** Returns the targets: size × anything, or size class indices. */
  public Tensor targets() {
    return data.targets();
  }

  /** Returns the number of rows. */
  public int size() {
    return rows.length;
  }

  /** Returns the positions of the rows in the whole data set. */
  public int[] rows() {
    return rows.clone();
  }

  /** Returns the epoch, from 0. */
  public long epoch() {
    return epoch;
  }

  /** Returns the place in the epoch, from 0. */
  public int index() {
    return index;
  }
}
