package org.spikelet.app.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.spikelet.app.question.Problem;
import org.spikelet.app.training.UpperMedian;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.optim.Adam;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.History;
import org.spikelet.optim.Trainer;
import org.spikelet.spikes.detect.Spike;
import org.spikelet.spikes.detect.SpikeSummary;
import org.spikelet.spikes.stability.DirectionalSharpness;
import org.spikelet.spikes.stability.Sharpness;
import org.spikelet.spikes.stability.StabilityWatch;

/**
 * How well the curvature along the gradient and the largest curvature warn of spikes: over all
 * steps of Adam's trainings at full batch, 256 rows, and not only at chosen ones.
 *
 * <p>Every 10 steps the ratio to the threshold is measured. An alarm is a step at which the ratio
 * has come to a level from below. One outside of a spike is false if no spike begins within 200
 * steps of it. A spike is warned of if the ratio is over the level at the last look before its
 * onset, or an alarm came within 200 steps before it and after the spike before; its lead is the
 * time from the last alarm to its onset. Otherwise it is missed.
 *
 * <p>How common it is to be over a level is counted as well: of all looks outside of spikes, with a
 * spike within 200 steps and without one, how many are over it.
 */
final class Alarms {

  private static final int ROWS = 256;
  private static final int STEPS = 6_000;
  private static final int EVERY = 10;
  private static final int AHEAD = 200;
  private static final double[] LEVELS = {0.9, 0.95, 1};

  private Alarms() {}

  /** What is measured. */
  private enum Signal {
    /** Along the gradient, by a product with the Hessian. */
    GRADIENT("along the gradient"),
    /** The same by a difference of gradients, as a trainer's watch measures it. */
    WATCH("along the gradient, by the watch"),
    /** The largest. */
    LARGEST("largest curvature");

    private final String words;

    Signal(String words) {
      this.words = words;
    }
  }

  /**
   * One training.
   *
   * @param ratios of each signal that was measured, before the steps 10, 20, …
   */
  private record Course(long seed, List<Spike> spikes, Map<Signal, List<Double>> ratios) {

    /** At how many looks the watch's ratio differs from the product's by more than 10⁻⁴ of it. */
    long differences() {
      List<Double> product = ratios.get(Signal.GRADIENT);
      List<Double> watch = ratios.get(Signal.WATCH);
      return IntStream.range(0, product.size())
          .filter(i -> !(Math.abs(watch.get(i) / product.get(i) - 1) <= 1e-4))
          .count();
    }

    Tally tally(Signal signal, double level) {
      return Tally.of(ratios.get(signal), level, spikes);
    }
  }

  /**
   * Alarms of one signal at one level.
   *
   * @param steps at which they came, outside of spikes
   * @param falseOnes how many were followed by no spike
   * @param leads from the last alarm to the onset, for each spike that was warned of
   * @param missed the other spikes
   * @param looks all of them outside of spikes that have 200 steps after them
   */
  record Tally(List<Long> steps, long falseOnes, List<Long> leads, int missed, Looks looks) {

    /** Counts, given the ratios before the steps 10, 20, …, and the spikes. */
    static Tally of(List<Double> ratios, double level, List<Spike> spikes) {
      List<Long> crossings = crossings(ratios, level);
      List<Long> leads = new ArrayList<>();
      long free = 0;
      for (Spike spike : spikes) {
        int looks = (int) ((spike.onset() - 1) / EVERY);
        boolean standing = looks > 0 && ratios.get(looks - 1) >= level;
        long from = standing ? 0 : Math.max(free, spike.onset() - AHEAD);
        crossings.stream()
            .filter(a -> a >= from && a < spike.onset())
            .max(Comparator.naturalOrder())
            .ifPresent(a -> leads.add(spike.onset() - a));
        free = spike.end();
      }
      List<Long> calm = crossings.stream().filter(a -> outside(a, spikes)).toList();
      return new Tally(
          calm,
          calm.stream().filter(a -> !spikeFollows(a, spikes)).count(),
          leads,
          spikes.size() - leads.size(),
          Looks.of(ratios, level, spikes));
    }

    private static List<Long> crossings(List<Double> ratios, double level) {
      List<Long> crossings = new ArrayList<>();
      boolean above = false;
      for (int i = 0; i < ratios.size(); i++) {
        boolean before = above;
        above = ratios.get(i) >= level;
        if (above && !before) {
          crossings.add((long) EVERY * (i + 1));
        }
      }
      return crossings;
    }
  }

  /**
   * Looks outside of spikes, whatever was before them.
   *
   * @param before how many have a spike within 200 steps
   * @param beforeOver how many of these are over the level
   * @param others how many have none
   * @param othersOver how many of these are over it
   */
  record Looks(long before, long beforeOver, long others, long othersOver) {

    static Looks of(List<Double> ratios, double level, List<Spike> spikes) {
      long end = (long) EVERY * ratios.size() - AHEAD;
      List<Long> calm =
          LongStream.rangeClosed(1, ratios.size())
              .map(i -> EVERY * i)
              .filter(step -> step <= end && outside(step, spikes))
              .boxed()
              .toList();
      Predicate<Long> over = step -> ratios.get((int) (step / EVERY) - 1) >= level;
      List<Long> before = calm.stream().filter(step -> spikeFollows(step, spikes)).toList();
      long beforeOver = before.stream().filter(over).count();
      return new Looks(
          before.size(),
          beforeOver,
          calm.size() - before.size(),
          calm.stream().filter(over).count() - beforeOver);
    }

    private Looks plus(Looks other) {
      return new Looks(
          before + other.before,
          beforeOver + other.beforeOver,
          others + other.others,
          othersOver + other.othersOver);
    }
  }

  private static boolean outside(long step, List<Spike> spikes) {
    return spikes.stream().noneMatch(s -> step >= s.onset() && step < s.end());
  }

  private static boolean spikeFollows(long step, List<Spike> spikes) {
    return spikes.stream().anyMatch(s -> s.onset() > step && s.onset() <= step + AHEAD);
  }

  private static Course train(long seed, List<Signal> signals) {
    Problem problem = Problem.normal(seed, ROWS);
    Dataset data = problem.data();
    Module net = problem.net();
    Adam adam = new Adam(net.parameters());
    Supplier<Tensor> loss =
        () -> Losses.meanSquaredError(net.forward(data.inputs()), data.targets());
    Trainer trainer =
        new Trainer(net::forward, Losses::meanSquaredError, adam, new DataLoader(data, ROWS));
    Map<Signal, List<Double>> ratios = new EnumMap<>(Signal.class);
    signals.forEach(signal -> ratios.put(signal, new ArrayList<>()));
    StabilityWatch watch = StabilityWatch.attach(trainer, net.state(), warning -> {});
    trainer.listen(
        step -> {
          if (step.number() > 0 && step.number() % EVERY == 0) {
            ratios.get(Signal.WATCH).add(watch.latest().orElseThrow().ratio());
          }
        });
    Optional<Tensor> near = Optional.empty();
    History history = new History();
    trainer.listen(history);
    for (long t = EVERY; t <= STEPS; t += EVERY) {
      trainer.run(EVERY);
      ratios.get(Signal.GRADIENT).add(DirectionalSharpness.of(loss, adam, t).ratio());
      if (signals.contains(Signal.LARGEST)) {
        Sharpness largest = Sharpness.of(loss, adam, t, near);
        near = Optional.of(largest.vector());
        ratios.get(Signal.LARGEST).add(largest.ratio());
      }
    }
    trainer.run(1); // the watch tells of a step when it is over
    double[] losses = Arrays.copyOf(history.losses(), STEPS);
    return new Course(seed, SpikeSummary.of(losses).spikes(), ratios);
  }

  private static void print(List<Course> courses, Signal signal) {
    List<Course> measured = courses.stream().filter(c -> c.ratios.containsKey(signal)).toList();
    for (double level : LEVELS) {
      List<Tally> tallies = measured.stream().map(c -> c.tally(signal, level)).toList();
      double[] leads =
          tallies.stream().flatMap(t -> t.leads.stream()).mapToDouble(lead -> lead).toArray();
      Looks looks = tallies.stream().map(Tally::looks).reduce(new Looks(0, 0, 0, 0), Looks::plus);
      System.out.printf(
          Locale.ROOT,
          "%s over %.2f: seeds %d, spikes %d; alarms %d, false %d; spikes missed %d; lead %s;"
              + " over it at %d of %d calm looks with a spike within 200 steps, and at %d of %d others%n",
          signal.words,
          level,
          measured.size(),
          measured.stream().mapToInt(c -> c.spikes.size()).sum(),
          tallies.stream().mapToInt(t -> t.steps.size()).sum(),
          tallies.stream().mapToLong(Tally::falseOnes).sum(),
          tallies.stream().mapToInt(Tally::missed).sum(),
          leads.length == 0
              ? "–"
              : "median %.0f, %.0f to %.0f"
                  .formatted(
                      UpperMedian.of(leads),
                      Arrays.stream(leads).min().orElseThrow(),
                      Arrays.stream(leads).max().orElseThrow()),
          looks.beforeOver,
          looks.before,
          looks.othersOver,
          looks.others);
    }
  }

  /** {@code [first seed] [seeds] [how many of them with the largest curvature too] [threads]}. */
  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    long first = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
    int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    int largest = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
    int threads = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 2;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Course>> futures = new ArrayList<>();
      for (long seed = first; seed < first + seeds; seed++) {
        long own = seed;
        List<Signal> signals =
            seed < first + largest
                ? List.of(Signal.values())
                : List.of(Signal.GRADIENT, Signal.WATCH);
        futures.add(pool.submit(() -> train(own, signals)));
      }
      List<Course> courses = new ArrayList<>();
      for (Future<Course> future : futures) {
        Course course = future.get();
        courses.add(course);
        System.out.printf(
            Locale.ROOT,
            "seed %d: spikes at %s, alarms over 0.95 at %s, by the watch %s; %d looks differ%n",
            course.seed,
            course.spikes.stream().map(Spike::onset).toList(),
            course.tally(Signal.GRADIENT, 0.95).steps,
            course.tally(Signal.WATCH, 0.95).steps,
            course.differences());
      }
      for (Signal signal : Signal.values()) {
        print(courses, signal);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
