package org.spikelet.spikes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Batch;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Optimizer;

/**
 * The arms of one spike, each run when it is first asked for.
 *
 * <p>An arm that changes arithmetic is compared with weights perturbed by up to 1e-4, and is
 * perturbed in the same way itself, with a new seed in each repetition. An arm that changes the
 * batches is compared with one that changes other rows as much.
 */
final class Arms {

  static final String HALF_RATE = "learning rate / 2";
  static final String USUAL_RATE = "learning rate as before";
  static final String KEPT_STATE = "optimizer state kept";
  static final String EPSILON = "ε raised to the median √v";
  static final String AMSGRAD = "AMSGrad";
  static final String UPDATE_CLIPPING = "updates clipped";
  static final String CLIPPED = "gradients clipped at their median norm";
  static final String EQUAL_STEPS = "SGD with steps of the same length";
  static final String FILLED = "the small batch filled up";
  static final String OTHER_BATCH = "another batch in place of the peak's";
  static final String TOP_ROWS = "the rows with the largest loss left out";

  /** By how much a placebo moves each weight: the most of these that does not undo the spike. */
  private static final double[] PERTURBATIONS = {1e-4, 1e-6, 1e-8};

  private static final int MARGIN = 5;

  private final Replay replay;
  private final Recording recording;
  private final DataLoader loader;
  private final Optimizer optimizer;
  private final Ledger ledger;
  private final int repetitions;
  private final long seed;
  private final Map<String, Arm> done = new LinkedHashMap<>();
  private final List<double[]> perturbed = new ArrayList<>();
  private double perturbation;

  Arms(
      SpikeRecorder recorder,
      Recording recording,
      Replay replay,
      Ledger ledger,
      int repetitions,
      long seed) {
    this.recording = recording;
    this.replay = replay;
    this.loader = recorder.trainer().loader();
    this.optimizer = recorder.trainer().optimizer();
    this.ledger = ledger;
    this.repetitions = repetitions;
    this.seed = seed;
  }

  /** Those run so far. */
  List<Arm> done() {
    return List.copyOf(done.values());
  }

  Arm halfRate() {
    return arithmetic(HALF_RATE, Changes.rateTimes(0.5));
  }

  /** The rate held at the most that it was before a step. */
  Arm usualRate(double usual) {
    return arithmetic(USUAL_RATE, Changes.rateAtMost(usual));
  }

  Arm keptState() {
    return arithmetic(KEPT_STATE, Changes.remembers());
  }

  Arm clipped() {
    Signals signals = recording.signals();
    double[] norms =
        LongStream.range(signals.oldest(), recording.onset())
            .mapToDouble(signals::gradientNorm)
            .sorted()
            .toArray();
    double median = norms.length == 0 ? 1 : Math.max(norms[norms.length / 2], Double.MIN_NORMAL);
    return arithmetic(CLIPPED, Changes.clipped(median));
  }

  Arm equalSteps() {
    return arithmetic(EQUAL_STEPS, Changes.equalSteps(ledger.steps()));
  }

  /** The arms that Adam alone has. */
  List<Arm> ofAdam() {
    if (!(optimizer instanceof Adam adam)) {
      return List.of();
    }
    return List.of(
        arithmetic(
            EPSILON,
            Changes.optimizer(o -> with(adam, adam.settings().withEpsilon(medianRoot(adam))))),
        arithmetic(AMSGRAD, Changes.optimizer(o -> with(adam, adam.settings().withAmsgrad()))),
        updateClipping().orElseThrow());
  }

  Optional<Arm> updateClipping() {
    return optimizer instanceof Adam adam
        ? Optional.of(
            arithmetic(
                UPDATE_CLIPPING,
                Changes.optimizer(o -> with(adam, adam.settings().withClippedUpdates()))))
        : Optional.empty();
  }

  /** The same optimizer with other settings, and no step taken. */
  private static Adam with(Adam adam, Adam.Settings settings) {
    return new Adam(adam.parameters(), adam.schedule(), settings);
  }

  /** Evaluated when the optimizer has the state of the start. */
  private static double medianRoot(Adam adam) {
    double[] p =
        IntStream.range(0, adam.parameters().size())
            .mapToObj(adam::preconditioner)
            .flatMapToDouble(Arrays::stream)
            .sorted()
            .toArray();
    return p[p.length / 2];
  }

  /** The peak's batch with random rows added, up to the usual size. */
  Arm filled() {
    long peak = recording.peak();
    int[] rows = rows(peak);
    int full = loader.batch(0).size();
    return arm(
        FILLED,
        perturbationWords(),
        j -> {
          int[] more =
              Arrays.stream(Changes.randomRows(loader.data().size(), full, seed(j)))
                  .filter(row -> row != rows[0])
                  .limit(full - rows.length)
                  .toArray();
          int[] both = Arrays.copyOf(rows, rows.length + more.length);
          System.arraycopy(more, 0, both, rows.length, more.length);
          return Changes.rowsAt(peak, both).and(perturbation(j));
        },
        this::narrow,
        Optional.empty());
  }

  /** Random rows at the peak's step, against the batches before it dealt out anew. */
  Arm otherBatch() {
    long peak = recording.peak();
    int size = rows(peak).length;
    return arm(
        OTHER_BATCH,
        "the batches before it in another order",
        j -> Changes.rowsAt(peak, Changes.randomRows(loader.data().size(), size, seed(j))),
        this::narrow,
        Optional.of(
            j -> Changes.reordered(replay.first(), peak, batches(replay.first(), peak), seed(j))));
  }

  /** Some rows left out of all batches, against as many others of the peak's batch. */
  Arm without(Set<Integer> top) {
    int[] others =
        Arrays.stream(rows(recording.peak())).filter(row -> !top.contains(row)).toArray();
    perturbed();
    return arm(
        TOP_ROWS,
        "as many other rows left out",
        j -> Changes.without(top).and(perturbation(j)),
        this::narrow,
        Optional.of(
            j ->
                Changes.without(
                        Arrays.stream(Changes.randomRows(others.length, top.size(), seed(j)))
                            .mapToObj(i -> others[i])
                            .collect(Collectors.toSet()))
                    .and(perturbation(j))));
  }

  private int[] rows(long step) {
    return batch(step).rows();
  }

  private Batch batch(long step) {
    return loader.batch(recording.signals().batch(step));
  }

  private List<int[]> batches(long from, long to) {
    return LongStream.range(from, to).mapToObj(this::rows).toList();
  }

  private long seed(long repetition) {
    return seed + 7919 * recording.onset() + repetition;
  }

  /** All steps from just before the onset on: a spike may come earlier or later. */
  private double wide(double[] losses) {
    return height(losses, recording.onset() - MARGIN, replay.end());
  }

  /** The step of the peak alone: what its batch does. */
  private double narrow(double[] losses) {
    return height(losses, recording.peak(), recording.peak() + 1);
  }

  private double height(double[] losses, long from, long to) {
    double height = 0;
    for (long step = Math.max(from, replay.first()); step < to; step++) {
      height = Math.max(height, recording.excess(losses[(int) (step - replay.first())]));
    }
    return height;
  }

  /** Measures how high a replay rises. */
  private interface Height {
    double of(double[] losses);
  }

  private Arm arithmetic(String name, Change change) {
    return arm(
        name, perturbationWords(), j -> change.and(perturbation(j)), this::wide, Optional.empty());
  }

  private Arm arm(
      String name,
      String placebo,
      LongFunction<Change> change,
      Height height,
      Optional<LongFunction<Change>> placeboChange) {
    Arm known = done.get(name);
    if (known != null) {
      return known;
    }
    List<double[]> changed = runs(change);
    List<double[]> compared = placeboChange.map(this::runs).orElseGet(this::perturbed);
    double[] heights = changed.stream().mapToDouble(height::of).toArray();
    double[] placeboHeights = compared.stream().mapToDouble(height::of).toArray();
    Arm arm =
        new Arm(
            name,
            placebo,
            replay.first(),
            boxed(changed.get(0)),
            boxed(compared.get(0)),
            boxed(heights),
            boxed(placeboHeights),
            Effect.of(heights, placeboHeights, seed));
    done.put(name, arm);
    return arm;
  }

  /**
   * The placebo of all arithmetic arms, run once.
   *
   * <p>A perturbation that is large beside the distance to the minimum undoes the spike by itself,
   * and proves nothing: then a smaller one is tried. If all do, it stays with the first.
   */
  private List<double[]> perturbed() {
    for (int i = 0; perturbed.isEmpty() && i < PERTURBATIONS.length; i++) {
      perturbation = PERTURBATIONS[i];
      List<double[]> runs = runs(this::perturbation);
      double mean = runs.stream().mapToDouble(this::wide).average().orElseThrow();
      if (2 * mean >= recording.excess(recording.peakLoss())) {
        perturbed.addAll(runs);
      }
    }
    if (perturbed.isEmpty()) {
      perturbation = PERTURBATIONS[0];
      perturbed.addAll(runs(this::perturbation));
    }
    return perturbed;
  }

  /** The placebo of one repetition, after its size was chosen. */
  private Change perturbation(long repetition) {
    return Changes.perturbed(perturbation, seed(repetition));
  }

  private String perturbationWords() {
    perturbed();
    return "weights perturbed by %.0e".formatted(perturbation);
  }

  private List<double[]> runs(LongFunction<Change> change) {
    return LongStream.range(0, repetitions)
        .mapToObj(j -> replay.run(change.apply(j), Replay.Observer.NONE))
        .toList();
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
