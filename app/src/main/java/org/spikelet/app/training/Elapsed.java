package org.spikelet.app.training;

import java.util.List;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Stateful;

/** How long a training took in all, in one call or several, and whether it has ended. */
final class Elapsed implements Stateful {

  private double before;
  private boolean ended;
  private long start = System.nanoTime();

  /** Begins now. */
  Elapsed() {}

  private double seconds() {
    return ended ? before : before + (System.nanoTime() - start) / 1e9;
  }

  /** Ends it; returns the seconds that it took. */
  double end() {
    before = seconds();
    ended = true;
    return before;
  }

  boolean ended() {
    return ended;
  }

  /** Returns the seconds so far, and 1 if it has ended. */
  @Override
  public List<Tensor> save() {
    return List.of(Tensor.vector(seconds(), ended ? 1 : 0));
  }

  @Override
  public void restore(List<Tensor> saved) {
    before = saved.get(0).get(0);
    ended = saved.get(0).get(1) == 1;
    start = System.nanoTime();
  }
}
