package org.spikelet.app.validation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Module;
import org.spikelet.spikes.diagnose.Cause;
import org.spikelet.spikes.diagnose.Diagnosis;
import org.spikelet.spikes.diagnose.Examination;
import org.spikelet.spikes.diagnose.SpikeDoctor;
import org.spikelet.spikes.record.SpikeRecorder;

/**
 * The doctor's confusion matrix: every plant, with several seeds, network shapes and activations,
 * and which causes it names.
 *
 * <p>A diagnosis is right if it names the planted cause, undecided if it says unknown or too early,
 * and wrong otherwise. Only spikes at planted steps count where a plant has such steps, and up to
 * three spikes of a run, the highest. In controls nothing is planted, so there any name is wrong.
 */
final class Confusion {

  private static final int SPIKES = 3;
  private static final int AFTER = 60;
  private static final int EARLY = 150;

  /** The network shapes, as the widths of the hidden layers. */
  static final List<Integer[]> SHAPES =
      List.of(new Integer[] {100, 40}, new Integer[] {64}, new Integer[] {32, 32, 32});

  /**
   * One diagnosis of a plant.
   *
   * @param plant what was planted
   * @param run which run, such as {@code seed 3, 100-40, relu}
   * @param diagnosis what the doctor said
   */
  record Case(Plant plant, String run, Diagnosis diagnosis) {

    boolean right() {
      return plant.cause().map(cause -> diagnosis.causes().contains(cause)).orElse(false);
    }

    boolean undecided() {
      return diagnosis.causes().stream()
          .allMatch(cause -> cause == Cause.UNKNOWN || cause == Cause.TOO_EARLY);
    }

    boolean wrong() {
      return !right() && !undecided();
    }
  }

  private final List<Case> cases = new ArrayList<>();
  private final Map<Plant, int[]> runs = new EnumMap<>(Plant.class);

  private Confusion() {}

  /**
   * Runs the plants, and returns what the doctor said.
   *
   * @param threads how many runs at a time; the cases do not depend on it
   * @param progress is told of each finished run, in order
   */
  static Confusion run(
      List<Plant> plants,
      long firstSeed,
      int seeds,
      List<Integer[]> shapes,
      int threads,
      Consumer<String> progress)
      throws InterruptedException, ExecutionException {
    Confusion confusion = new Confusion();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<List<Case>>> futures = new ArrayList<>();
      List<Plant> planted = new ArrayList<>();
      for (Plant plant : plants) {
        for (Integer[] shape : shapes) {
          for (Module activation : List.of(Activation.RELU, Activation.TANH)) {
            for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
              long s = seed;
              futures.add(pool.submit(() -> cases(plant, s, activation, shape)));
              planted.add(plant);
            }
          }
        }
      }
      for (int i = 0; i < futures.size(); i++) {
        List<Case> found = futures.get(i).get();
        int[] count = confusion.runs.computeIfAbsent(planted.get(i), unused -> new int[2]);
        count[0]++;
        count[1] += found.isEmpty() ? 0 : 1;
        confusion.cases.addAll(found);
        progress.accept(planted.get(i).id() + ": " + describe(found));
      }
      return confusion;
    } finally {
      pool.shutdownNow();
    }
  }

  private static String describe(List<Case> found) {
    return found.isEmpty()
        ? "no spikes"
        : found.get(0).run
            + " "
            + found.stream()
                .map(a -> a.diagnosis.spike().onset() + " " + a.diagnosis.causes())
                .toList();
  }

  private static List<Case> cases(Plant plant, long seed, Module activation, Integer[] shape) {
    Planted planted = plant.plant(seed, activation, shape);
    SpikeRecorder recorder = planted.run();
    Examination examination =
        new SpikeDoctor()
            .withSeed(seed)
            .withDecisiveTreatmentsOnly()
            .withOnly(spike -> counts(planted, spike.onset()))
            .withAtMost(SPIKES)
            .examine(recorder);
    String run =
        "seed %s, %s, %s"
            .formatted(seed, List.of(shape), activation == Activation.RELU ? "relu" : "tanh");
    return examination.diagnoses().stream().map(d -> new Case(plant, run, d)).toList();
  }

  private static boolean counts(Planted planted, long onset) {
    return onset >= EARLY
        && (planted.at().isEmpty()
            || planted.at().stream().anyMatch(at -> onset >= at && onset < at + AFTER));
  }

  /** All cases, in the order of plants, shapes, activations and seeds. */
  List<Case> cases() {
    return List.copyOf(cases);
  }

  /**
   * The matrix as text: a row for each plant, with the number of diagnoses that name each cause.
   */
  String table() {
    StringBuilder text = new StringBuilder();
    long right = 0;
    long wrong = 0;
    long all = 0;
    for (Map.Entry<Plant, int[]> row : runs.entrySet()) {
      Map<Cause, Integer> named = new EnumMap<>(Cause.class);
      List<Case> own = cases.stream().filter(a -> a.plant == row.getKey()).toList();
      own.forEach(a -> a.diagnosis.causes().forEach(c -> named.merge(c, 1, Integer::sum)));
      long ownRight = own.stream().filter(Case::right).count();
      long ownWrong = own.stream().filter(Case::wrong).count();
      text.append(
          String.format(
              Locale.ROOT,
              "%-22s runs %3d, with spikes %3d; spikes %3d: right %3d, undecided %3d, wrong %3d  %s%n",
              row.getKey().id(),
              row.getValue()[0],
              row.getValue()[1],
              own.size(),
              ownRight,
              own.size() - ownRight - ownWrong,
              ownWrong,
              named));
      if (row.getKey().cause().isPresent()) {
        right += ownRight;
        all += own.size();
      }
      wrong += ownWrong;
    }
    text.append(
        String.format(
            Locale.ROOT,
            "right %d of %d (%.1f %%), wrong names %d (%.1f %%)%n",
            right,
            all,
            100.0 * right / all,
            wrong,
            100.0 * wrong / cases.size()));
    return text.toString();
  }

  /** {@code [first seed] [seeds] [shapes] [threads] [plant …]}. */
  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    long firstSeed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
    int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    int shapes = arguments.length > 2 ? Integer.parseInt(arguments[2]) : SHAPES.size();
    int threads = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 2;
    List<Plant> plants = new ArrayList<>();
    for (int i = 4; i < arguments.length; i++) {
      plants.add(Plant.valueOf(arguments[i].toUpperCase(Locale.ROOT).replace('-', '_')));
    }
    Confusion confusion =
        run(
            plants.isEmpty() ? List.of(Plant.values()) : plants,
            firstSeed,
            seeds,
            SHAPES.subList(0, shapes),
            threads,
            System.out::println);
    System.out.println(confusion.table());
    confusion.cases().stream()
        .filter(one -> !one.right())
        .forEach(
            one ->
                System.out.println(
                    one.plant.id()
                        + " "
                        + one.run
                        + " at "
                        + one.diagnosis.spike()
                        + " "
                        + one.diagnosis.causes()
                        + "\n  "
                        + one.diagnosis.evidence()
                        + "\n  "
                        + one.diagnosis.treatments().stream()
                            .map(t -> t.treatment() + " " + t.effect())
                            .toList()));
  }
}
