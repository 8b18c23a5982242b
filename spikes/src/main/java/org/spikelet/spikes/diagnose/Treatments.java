package org.spikelet.spikes.diagnose;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spikelet.spikes.detect.UsualRange;
import org.spikelet.spikes.record.Recording;
import org.spikelet.spikes.replay.Change;
import org.spikelet.spikes.replay.Repetitions;
import org.spikelet.spikes.replay.Replay;

/**
 * Gives one spike its treatments, each of them once and only when it is asked for.
 *
 * <p>Where a treatment's protocol says so, the weights are perturbed in its replays as they are in
 * those of its placebo, with a new seed in each repetition.
 */
final class Treatments {

  private final Facts facts;
  private final Repetitions repetitions;
  private final long seed;
  private final Map<Treatment, TreatmentResult> done = new LinkedHashMap<>();
  private Optional<PerturbedWeights> perturbed = Optional.empty();

  /** Prepares treatments. */
  Treatments(Facts facts, Replay replay, int repetitions, long seed) {
    this.facts = facts;
    this.repetitions = new Repetitions(replay, repetitions, seed + 7919 * facts.recorded().onset());
    this.seed = seed;
  }

  /** Those given so far, in order. */
  List<TreatmentResult> done() {
    return List.copyOf(done.values());
  }

  /** Gives all that belong to a full examination of this spike. */
  void giveRoutine() {
    Arrays.stream(Treatment.values()).filter(t -> t.routine().holds(facts)).forEach(this::give);
  }

  /** Gives a treatment, if it was not given before, and returns what it did. */
  TreatmentResult give(Treatment treatment) {
    TreatmentResult known = done.get(treatment);
    if (known != null) {
      return known;
    }
    TreatmentResult result = given(treatment, treatment.protocol(facts));
    done.put(treatment, result);
    return result;
  }

  /** Gives a treatment that a decision rests on, and returns whether it supports it. */
  boolean support(Treatment treatment, Notes notes) {
    TreatmentResult result = give(treatment);
    notes.treated(result);
    return result.supports();
  }

  private TreatmentResult given(Treatment treatment, Protocol protocol) {
    List<double[]> treated = run(protocol.change(), protocol);
    List<double[]> compared =
        protocol.placebo().isPresent()
            ? run(protocol.placebo().get().change(), protocol)
            : perturbed().losses();
    double[] heights = heights(treated, protocol);
    double[] placeboHeights = heights(compared, protocol);
    return new TreatmentResult(
        treatment,
        protocol.placebo().map(Protocol.Placebo::words).orElseGet(() -> perturbed().words()),
        facts.recorded().firstReplayed(),
        boxed(treated.get(0)),
        boxed(compared.get(0)),
        boxed(heights),
        boxed(placeboHeights),
        TreatmentEffect.of(heights, placeboHeights, seed));
  }

  private List<double[]> run(Change.Factory change, Protocol protocol) {
    return repetitions.run(
        protocol.perturbation() == Protocol.Perturbation.WITH
            ? change.and(perturbed().change())
            : change);
  }

  private PerturbedWeights perturbed() {
    if (perturbed.isEmpty()) {
      perturbed = Optional.of(PerturbedWeights.run(repetitions, facts.recorded().recording()));
    }
    return perturbed.get();
  }

  private double[] heights(List<double[]> runs, Protocol protocol) {
    Recording recording = facts.recorded().recording();
    boolean disturbed =
        protocol.perturbation() == Protocol.Perturbation.WITH || protocol.placebo().isEmpty();
    UsualRange usual = disturbed ? perturbed().usualRange(recording) : recording.usualRange();
    return runs.stream()
        .mapToDouble(run -> protocol.extent().height(run, recording, usual))
        .toArray();
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
