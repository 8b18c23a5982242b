package org.spikelet.app.options;

import java.util.List;
import java.util.Locale;
import org.spikelet.autodiff.Parameter;
import org.spikelet.optim.AdaGrad;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.RmsProp;
import org.spikelet.optim.Sgd;

/** The optimizers of the command line, with their usual settings. */
public enum OptimizerChoice {
  ADAM(1e-3, Adam::new),
  AMSGRAD(1e-3, (parameters, rate) -> new Adam(parameters, rate, Adam.DEFAULTS.withAmsgrad())),
  ADAMW(
      1e-3,
      (parameters, rate) ->
          new Adam(parameters, rate, Adam.DEFAULTS.withDecoupledWeightDecay(0.01))),
  STABLE_ADAMW(
      1e-3,
      (parameters, rate) ->
          new Adam(
              parameters, rate, Adam.DEFAULTS.withDecoupledWeightDecay(0.01).withClippedUpdates())),
  SGD(0.01, Sgd::new),
  MOMENTUM(0.01, (parameters, rate) -> new Sgd(parameters, rate, Sgd.DEFAULTS.withMomentum(0.9))),
  RMSPROP(1e-3, RmsProp::new),
  ADAGRAD(0.01, AdaGrad::new);

  /** Makes an optimizer. */
  private interface Maker {
    Optimizer of(List<Parameter> parameters, double learningRate);
  }

  private final double rate;

  @SuppressWarnings("ImmutableEnumChecker") // the functions above have no state
  private final Maker maker;

  OptimizerChoice(double rate, Maker maker) {
    this.rate = rate;
    this.maker = maker;
  }

  /** Returns the learning rate that is taken if none is given. */
  double rate() {
    return rate;
  }

  Optimizer of(List<Parameter> parameters, double learningRate) {
    return maker.of(parameters, learningRate);
  }

  /** The word on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
