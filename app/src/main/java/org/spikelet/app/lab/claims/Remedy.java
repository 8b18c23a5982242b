package org.spikelet.app.lab.claims;

import static org.spikelet.app.experiment.Optimization.RATE;

import java.util.List;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.experiment.Descent;
import org.spikelet.app.experiment.Measure;
import org.spikelet.app.experiment.Optimization;
import org.spikelet.app.experiment.Setup;
import org.spikelet.autodiff.Parameter;
import org.spikelet.optim.AdaGc;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Clipping;
import org.spikelet.optim.Schedule;
import org.spikelet.optim.SkipStep;
import org.spikelet.optim.WeightAverage;
import org.spikelet.optim.ZClip;
import org.spikelet.spikes.stability.StabilityBrake;
import org.spikelet.spikes.stability.StabilityWatch;

/**
 * Something that may help against spikes, tried at full batch and on heavy-tailed data.
 *
 * @param name the first part of the names of its two claims
 * @param words what is done, after "Adam with"
 * @param optimization Adam with the remedy
 */
record Remedy(String name, String words, Optimization optimization) {

  /** All remedies, in the order of the table. A row here is all that a new one needs. */
  static final List<Remedy> ALL =
      List.of(
          new Remedy("low-rate", "learning rate 3e-4", Optimizations.ADAM_LOW_RATE),
          new Remedy(
              "high-rate",
              "learning rate 3e-3 (the opposite)",
              Optimization.adam("adam-3e-3", "learning rate 3e-3", 3e-3, Adam.DEFAULTS)),
          of(
              "cosine",
              "cosine schedule",
              (p, steps) -> Descent.by(new Adam(p, Schedule.cosine(RATE, 0, steps)))),
          of(
              "warm-up",
              "warm-up",
              (p, steps) ->
                  Descent.by(new Adam(p, Schedule.constant(RATE).warmUp(Math.max(1, steps / 10))))),
          of(
              "warm-up-cosine",
              "warm-up, then a cosine schedule",
              (p, steps) ->
                  Descent.by(
                      new Adam(
                          p, Schedule.cosine(RATE, 0, steps).warmUp(Math.max(1, steps / 10))))),
          new Remedy("amsgrad", "AMSGrad", Optimizations.AMSGRAD),
          of("epsilon-1e-6", "ε = 1e-6", Adam.DEFAULTS.withEpsilon(1e-6)),
          of("epsilon-1e-4", "ε = 1e-4", Adam.DEFAULTS.withEpsilon(1e-4)),
          new Remedy("epsilon-1e-3", "ε = 1e-3", Optimizations.ADAM_EPSILON_3),
          of("beta2-.9999", "β₂ = .9999", Adam.DEFAULTS.withBetas(0.9, 0.9999)),
          new Remedy("beta2-.99", "β₂ = .99", Optimizations.ADAM_SHORT_MEMORY),
          of("beta1-.99", "β₁ = .99", Adam.DEFAULTS.withBetas(0.99, 0.999)),
          of("clip-updates", "updates clipped (StableAdamW)", Adam.DEFAULTS.withClippedUpdates()),
          new Remedy("clip", "gradient clipped to norm .1", clipped("adam-clip-.1", 0.1)),
          of("zclip", "ZClip (z 2.5, α .97)", (p, steps) -> new Descent(new Adam(p), new ZClip())),
          of("adagc", "AdaGC", (p, steps) -> new Descent(new Adam(p), new AdaGc(p))),
          of("skip-step", "steps over 6 deviations skipped", (p, steps) -> skipping(p)),
          of("weight-average", "the loss of averaged weights (.99)", (p, steps) -> averaging(p)),
          of("brake", "a brake at .95 of the threshold", (p, steps) -> braking(p)));

  /** Adam with one thing changed, which gives its runs their name. */
  private static Remedy of(String name, String words, Optimization.Maker maker) {
    return new Remedy(name, words, adam("adam-" + name, words, maker));
  }

  private static Remedy of(String name, String words, Adam.Settings settings) {
    return new Remedy(name, words, Optimization.adam("adam-" + name, words, settings));
  }

  private static Descent skipping(List<Parameter> parameters) {
    SkipStep skipping = new SkipStep();
    return new Descent(new Adam(parameters), skipping).with(Besides.telling(skipping));
  }

  private static Descent averaging(List<Parameter> parameters) {
    WeightAverage average = new WeightAverage(parameters, 0.99);
    return Descent.by(new Adam(parameters)).with(Besides.averaging(average));
  }

  private static Descent braking(List<Parameter> parameters) {
    Adam adam = new Adam(parameters);
    StabilityBrake brake = new StabilityBrake(adam, StabilityWatch.DEFAULTS);
    return Descent.by(adam).with(Besides.braking(brake));
  }

  private static Optimization clipped(String id, double norm) {
    return adam(
        id,
        "gradient clipped to norm " + norm,
        (p, steps) -> new Descent(new Adam(p), Clipping.globalNorm(norm)));
  }

  private static Optimization adam(String id, String words, Optimization.Maker maker) {
    return Optimization.of(id, "Adam, " + words, maker);
  }

  /** Returns the claim that the remedy helps in a training. */
  Claim claim(String where, Setup setup) {
    return Claim.of(name + "-" + where, words)
        .design("Adam as it is (with) and with " + words + " (without).")
        .with(setup.adam())
        .without(setup.by(optimization))
        .isNeededFor(Measure.SPIKES);
  }
}
