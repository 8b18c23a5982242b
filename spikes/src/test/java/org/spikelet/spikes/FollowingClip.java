package org.spikelet.spikes;

import java.util.List;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.GradientTransformation;

/**
 * Clips gradients at the running mean of their norm: it has a state, which is part of a training.
 */
public final class FollowingClip implements GradientTransformation {

  private double mean;

  @Override
  public Gradients apply(Gradients gradients) {
    double norm = gradients.norm();
    mean = mean == 0 ? norm : 0.9 * mean + 0.1 * norm;
    return norm > mean ? gradients.scale(mean / norm) : gradients;
  }

  @Override
  public List<Tensor> save() {
    return List.of(Tensor.vector(mean));
  }

  @Override
  public void restore(List<Tensor> saved) {
    mean = saved.get(0).get(0);
  }
}
