package org.spikelet.app.lab;

import java.util.List;
import java.util.Locale;
import org.spikelet.autodiff.Parameter;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Schedule;
import org.spikelet.optim.Sgd;

/**
 * An optimizer with its settings.
 *
 * @param id part of a file name
 * @param words its settings in words
 * @param maker makes it for parameters, given how many steps the run has
 * @param clip the largest global norm of the gradient; infinite leaves it alone
 */
record Rule(String id, String words, Maker maker, double clip) {

  /** Makes an optimizer. */
  interface Maker {
    /** Returns a fresh optimizer of these parameters. */
    Optimizer of(List<Parameter> parameters, long steps);
  }

  private static final double RATE = 1e-3;

  /** Adam with its defaults. */
  static final Rule ADAM = adam("adam", "Adam, its defaults", (p, steps) -> new Adam(p));

  /** A third of the rate. */
  static final Rule ADAM_LOW_RATE =
      adam("adam-3e-4", "Adam, learning rate 3e-4", (p, steps) -> new Adam(p, 3e-4));

  /** Three times the rate. */
  static final Rule ADAM_HIGH_RATE =
      adam("adam-3e-3", "Adam, learning rate 3e-3", (p, steps) -> new Adam(p, 3e-3));

  /** v remembers ten thousand steps. */
  static final Rule ADAM_LONG_MEMORY =
      adam(
          "adam-beta2-.9999",
          "Adam, β₂ .9999",
          (p, steps) -> adam(p, Adam.DEFAULTS.withBetas(0.9, 0.9999)));

  /** v remembers a hundred steps. */
  static final Rule ADAM_SHORT_MEMORY =
      adam(
          "adam-beta2-.99",
          "Adam, β₂ .99",
          (p, steps) -> adam(p, Adam.DEFAULTS.withBetas(0.9, 0.99)));

  /** m remembers a hundred steps. */
  static final Rule ADAM_LONG_MOMENTUM =
      adam(
          "adam-beta1-.99",
          "Adam, β₁ .99",
          (p, steps) -> adam(p, Adam.DEFAULTS.withBetas(0.99, 0.999)));

  /** ε = 1e−6. */
  static final Rule ADAM_EPSILON_6 =
      adam(
          "adam-epsilon-1e-6",
          "Adam, ε 1e-6",
          (p, steps) -> adam(p, Adam.DEFAULTS.withEpsilon(1e-6)));

  /** ε = 1e−4. */
  static final Rule ADAM_EPSILON_4 =
      adam(
          "adam-epsilon-1e-4",
          "Adam, ε 1e-4",
          (p, steps) -> adam(p, Adam.DEFAULTS.withEpsilon(1e-4)));

  /** ε = 1e−3. */
  static final Rule ADAM_EPSILON_3 =
      adam(
          "adam-epsilon-1e-3",
          "Adam, ε 1e-3",
          (p, steps) -> adam(p, Adam.DEFAULTS.withEpsilon(1e-3)));

  /** v never falls. */
  static final Rule AMSGRAD =
      adam("amsgrad", "Adam with AMSGrad", (p, steps) -> adam(p, Adam.DEFAULTS.withAmsgrad()));

  /** The rate falls to 0 along a cosine. */
  static final Rule ADAM_COSINE =
      adam(
          "adam-cosine",
          "Adam, cosine schedule",
          (p, steps) -> new Adam(p, Schedule.cosine(RATE, 0, steps)));

  /** The rate rises from 0 over a tenth of the steps. */
  static final Rule ADAM_WARM_UP =
      adam(
          "adam-warm-up",
          "Adam, warm-up over a tenth of the steps",
          (p, steps) -> new Adam(p, Schedule.constant(RATE).warmUp(Math.max(1, steps / 10))));

  /** A parameter whose gradient has outgrown v takes a shorter step. */
  static final Rule ADAM_STABLE =
      adam(
          "adam-clip-updates",
          "Adam, updates clipped",
          (p, steps) -> adam(p, Adam.DEFAULTS.withClippedUpdates()));

  /** Adam on a gradient whose norm is cut off. */
  static final Rule ADAM_CLIPPED =
      new Rule("adam-clip-.1", "Adam, gradient clipped to norm .1", ADAM.maker, 0.1);

  private static Adam adam(List<Parameter> parameters, Adam.Settings settings) {
    return new Adam(parameters, RATE, settings);
  }

  private static Rule adam(String id, String words, Maker maker) {
    return new Rule(id, words, maker, Double.POSITIVE_INFINITY);
  }

  /** Plain descent. */
  static Rule sgd(double rate) {
    return new Rule(
        String.format(Locale.ROOT, "sgd-%s", rate),
        "SGD, learning rate " + rate,
        (p, steps) -> new Sgd(p, rate),
        Double.POSITIVE_INFINITY);
  }
}
