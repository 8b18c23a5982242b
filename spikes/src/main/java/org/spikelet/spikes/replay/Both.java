package org.spikelet.spikes.replay;

import java.util.List;
import java.util.function.BinaryOperator;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.GradientTransformation;
import org.spikelet.optim.Optimizer;

/** Two changes, one after the other, as {@link Change#and} says. */
record Both(Change first, Change then) implements Change {

  @Override
  public void start(List<Parameter> trained) {
    first.start(trained);
    then.start(trained);
  }

  @Override
  public int[] rows(long step, int[] rows) {
    return then.rows(step, first.rows(step, rows));
  }

  @Override
  public BinaryOperator<Tensor> loss(BinaryOperator<Tensor> loss) {
    return then.loss(first.loss(loss));
  }

  @Override
  public GradientTransformation transformation(GradientTransformation transformation) {
    return then.transformation(first.transformation(transformation));
  }

  @Override
  public double learningRate(long step, double rate, Gradients gradients) {
    return then.learningRate(step, first.learningRate(step, rate, gradients), gradients);
  }

  @Override
  public Optimizer optimizer(Optimizer optimizer) {
    Optimizer one = first.optimizer(optimizer);
    Optimizer other = then.optimizer(optimizer);
    if (one != optimizer && other != optimizer) {
      throw new IllegalStateException(
          "change: both replace the optimizer, one with %s and one with %s; make one change of them"
              .formatted(one.getClass().getSimpleName(), other.getClass().getSimpleName()));
    }
    return one != optimizer ? one : other;
  }

  @Override
  public boolean forgets() {
    return first.forgets() && then.forgets();
  }
}
