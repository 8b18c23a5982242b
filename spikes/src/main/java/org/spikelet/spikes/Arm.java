package org.spikelet.spikes;

import java.util.List;

/**
 * A replay of a spike with exactly one thing changed, several times over, against a placebo that
 * disturbs as much without changing that thing.
 *
 * @param name what was changed, such as "learning rate / 2"
 * @param placebo what it is compared with, such as "weights perturbed by 1e-4"
 * @param firstStep the step of the first loss
 * @param losses the losses of the first repetition, step by step
 * @param placeboLosses the same of the placebo
 * @param heights the height in nats in each repetition
 * @param placeboHeights the same of the placebo
 * @param effect how much of the spike the change took away
 */
public record Arm(
    String name,
    String placebo,
    long firstStep,
    List<Double> losses,
    List<Double> placeboLosses,
    List<Double> heights,
    List<Double> placeboHeights,
    Effect effect) {

  /** Copies the lists. */
  public Arm {
    losses = List.copyOf(losses);
    placeboLosses = List.copyOf(placeboLosses);
    heights = List.copyOf(heights);
    placeboHeights = List.copyOf(placeboHeights);
  }
}
