package org.spikelet.spikes.diagnose;

import java.util.List;

/**
 * What a treatment did: the spike replayed several times over with exactly one thing changed,
 * against a placebo that disturbs as much without changing that thing.
 *
 * @param treatment what was changed
 * @param placebo what it is compared with, such as "weights perturbed by 1e-4"
 * @param firstStep the step of the first loss
 * @param losses the losses of the first repetition, step by step
 * @param placeboLosses the same of the placebo
 * @param heights the height in nats in each repetition
 * @param placeboHeights the same of the placebo
 * @param effect how much of the spike the treatment took away
 */
public record TreatmentResult(
    Treatment treatment,
    String placebo,
    long firstStep,
    List<Double> losses,
    List<Double> placeboLosses,
    List<Double> heights,
    List<Double> placeboHeights,
    TreatmentEffect effect) {

  /** Copies the lists. */
  public TreatmentResult {
    losses = List.copyOf(losses);
    placeboLosses = List.copyOf(placeboLosses);
    heights = List.copyOf(heights);
    placeboHeights = List.copyOf(placeboHeights);
  }

  /** Returns whether the effect supports the cause that the treatment would remove. */
  boolean supports() {
    return effect.conclusion() == TreatmentEffect.Conclusion.SUPPORTED;
  }
}
