package org.spikelet.app.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.spikelet.app.question.Comparison;
import org.spikelet.app.training.UpperMedian;
import org.spikelet.nn.Module;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.diagnose.Course;
import org.spikelet.spikes.diagnose.Diagnosis;
import org.spikelet.spikes.diagnose.SpikeDoctor;
import org.spikelet.spikes.record.SpikeRecorder;
import org.spikelet.spikes.stability.Sharpness;

/**
 * How often η·λ crossed 0.95 of its threshold before the onset of a spike of the companion, where
 * no data can be to blame, and how many steps before.
 */
final class Thresholds {

  private static final double NEAR = 0.95;
  private static final int BEFORE = 300;

  private Thresholds() {}

  /**
   * One spike.
   *
   * @param seed of its run
   * @param onset its first step
   * @param highest the largest η·λ over the threshold before the onset
   * @param lead from how many steps before the onset on η·λ stayed above 0.95; 0 if it did not
   * @param whole whether the crossing itself was seen, and not only that it had happened
   */
  record Crossing(long seed, long onset, double highest, long lead, boolean whole) {}

  /** Looks at up to so many of the highest spikes of one run. */
  static List<Crossing> of(long seed, int spikes) {
    Comparison companion = Comparison.companion(seed, Comparison.COMPANION);
    Module net = companion.problem().net();
    Trainer trainer = companion.trainer(Comparison.Side.ADAM, net);
    SpikeRecorder recorder =
        SpikeRecorder.attach(trainer, net.state(), SpikeRecorder.DEFAULTS.withBefore(BEFORE));
    trainer.run(companion.settings().steps());
    List<Crossing> crossings = new ArrayList<>();
    for (Diagnosis diagnosis :
        new SpikeDoctor()
            .withRepetitions(2)
            .withDecisiveTreatmentsOnly()
            .withAtMost(spikes)
            .examine(recorder)
            .diagnoses()) {
      diagnosis.course().ifPresent(course -> crossings.add(crossing(seed, diagnosis, course)));
    }
    return crossings;
  }

  private static Crossing crossing(long seed, Diagnosis diagnosis, Course course) {
    List<Sharpness> sharpness = course.sharpness();
    int first = sharpness.size();
    while (first > 0 && sharpness.get(first - 1).ratio() >= NEAR) {
      first--;
    }
    long onset = diagnosis.spike().onset();
    double highest = sharpness.stream().mapToDouble(Sharpness::ratio).max().orElse(Double.NaN);
    long lead = first < sharpness.size() ? onset - sharpness.get(first).step() : 0;
    return new Crossing(seed, onset, highest, lead, first > 0);
  }

  /** {@code [first seed] [seeds] [spikes per seed]}. */
  public static void main(String[] arguments) {
    long firstSeed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
    int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    int spikes = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 4;
    List<Crossing> all = new ArrayList<>();
    for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
      List<Crossing> found = of(seed, spikes);
      found.forEach(System.out::println);
      all.addAll(found);
    }
    long[] leads =
        all.stream().filter(c -> c.lead() > 0).mapToLong(Crossing::lead).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%d of %d crossed %.2f before the onset; lead %s%n",
        leads.length,
        all.size(),
        NEAR,
        leads.length == 0
            ? "unknown"
            : "median %.0f steps, %d to %d: %s"
                .formatted(
                    UpperMedian.of(Arrays.stream(leads).asDoubleStream().toArray()),
                    leads[0],
                    leads[leads.length - 1],
                    Arrays.toString(leads)));
  }
}
