package org.spikelet.optim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Saves checkpoints while a training runs, keeps the last few and the best, and resumes.
 *
 * <pre>{@code
 * Checkpoint checkpoint = new Checkpoint(trainer, net.state());
 * try (Checkpoints checkpoints = Checkpoints.open(Path.of("run-1"), checkpoint)) {
 *   checkpoints.resume(); // does nothing the first time
 *   trainer.listen(checkpoints).run(100_000 - trainer.steps());
 * }
 * }</pre>
 *
 * <p>A program like this one can be killed at any time and started again; its end is the same, bit
 * for bit. The files are {@code checkpoint-001000.spk} after 1,000 steps, and so on. A checkpoint
 * is taken after all listeners were told of a step, wherever this one stands among them.
 *
 * <p>One training at a time has a folder: a second one is refused, as is a training that has not
 * come as far as the checkpoints that are there, or would replace one without having resumed. If
 * saving fails the training ends with an {@link UncheckedIOException}; the earlier checkpoints are
 * there, and {@link Trainer#run} may be called again.
 */
public final class Checkpoints implements TrainingListener, AutoCloseable {

  /** Every 1,000 steps; the last three are kept. */
  public static final Settings DEFAULTS = new Settings(OptionalLong.of(1000), Optional.empty(), 3);

  private final Path folder;
  private final Checkpoint checkpoint;
  private final Settings settings;
  private final Optional<DoubleSupplier> measure;
  private final LongSupplier nanoTime;
  private final HeldFolder held;
  private long savedAt;
  private boolean resumed;
  private boolean begun;

  /** Of the checkpoints in the folder, by their steps. */
  private final Map<Long, Double> measures = new TreeMap<>();

  private Checkpoints(
      Path folder,
      Checkpoint checkpoint,
      Settings settings,
      Optional<DoubleSupplier> measure,
      LongSupplier nanoTime)
      throws IOException {
    this.folder = Check.given("folder", folder);
    this.checkpoint = Check.given("checkpoint", checkpoint);
    this.settings = Check.given("settings", settings);
    this.measure = measure;
    this.nanoTime = nanoTime;
    this.savedAt = nanoTime.getAsLong();
    this.held = HeldFolder.take(folder);
  }

  /** Takes a folder, with the usual settings; makes it if need be. */
  public static Checkpoints open(Path folder, Checkpoint checkpoint) throws IOException {
    return open(folder, checkpoint, DEFAULTS);
  }

  /**
   * Takes a folder for a training; makes it if need be.
   *
   * @throws IOException if another training has the folder, or no file can be made in it
   */
  public static Checkpoints open(Path folder, Checkpoint checkpoint, Settings settings)
      throws IOException {
    return open(folder, checkpoint, settings, Optional.empty(), System::nanoTime);
  }

  /**
   * Takes a folder for a training, and keeps the best checkpoint beside the last ones.
   *
   * @param measure such as the loss on held-out data, the less the better; taken at each save
   * @throws IOException if another training has the folder, or no file can be made in it
   */
  public static Checkpoints open(
      Path folder, Checkpoint checkpoint, Settings settings, DoubleSupplier measure)
      throws IOException {
    Check.given("measure", measure);
    return open(folder, checkpoint, settings, Optional.of(measure), System::nanoTime);
  }

  /** The clock may be that of a test. */
  static Checkpoints open(
      Path folder,
      Checkpoint checkpoint,
      Settings settings,
      Optional<DoubleSupplier> measure,
      LongSupplier nanoTime)
      throws IOException {
    Checkpoints opened = new Checkpoints(folder, checkpoint, settings, measure, nanoTime);
    try {
      if (measure.isPresent()) {
        opened.findMeasures();
      }
      return opened;
    } catch (IOException | RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  /**
   * Loads the newest checkpoint, if there is one, and returns the number of steps taken in all.
   * Call it when the listeners are attached, and before the training.
   *
   * @throws IOException if the newest checkpoint is damaged or cannot be read; the message says
   *     which one before it is whole
   * @throws IllegalArgumentException if it is of another training; then nothing has changed
   */
  public long resume() throws IOException {
    Optional<Path> newest = newest();
    if (newest.isPresent()) {
      checkpoint.load(newest.get());
      resumed = true;
    }
    return checkpoint.trainer().steps();
  }

  /** Those that are in the folder already; a damaged one is not the best. */
  private void findMeasures() throws IOException {
    for (long step : NumberedFiles.steps(folder)) {
      try {
        Checkpoint.measure(NumberedFiles.of(folder, step))
            .ifPresent(value -> measures.put(step, value));
      } catch (IOException e) {
        // It is refused when somebody asks for it.
      }
    }
  }

  @Override
  public void afterStep(TrainingStep step) {
    unchecked(() -> begin(step.number()));
    if (isDue(step.number() + 1)) {
      step.afterwards(() -> unchecked(this::save));
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void unchecked(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Refuses, the first time, a training beside checkpoints of later steps than its own. */
  private void begin(long own) throws IOException {
    List<Long> steps = begun ? List.of() : NumberedFiles.steps(folder);
    if (!steps.isEmpty() && last(steps) > own) {
      throw new IllegalStateException(
          "checkpoints: in '%s' there is one of step %s, and this training, at step %s, did not resume from it; call resume() before it trains, or take another folder"
              .formatted(folder, last(steps), checkpoint.trainer().steps()));
    }
    begun = true;
  }

  private static long last(List<Long> steps) {
    return steps.get(steps.size() - 1);
  }

  private boolean isDue(long steps) {
    boolean bySteps = settings.steps.isPresent() && steps % settings.steps.getAsLong() == 0;
    Duration waited = Duration.ofNanos(nanoTime.getAsLong() - savedAt);
    return bySteps || settings.time.map(time -> time.compareTo(waited) <= 0).orElse(false);
  }

  /**
   * Saves now, such as at the end of a training, and returns the file. Deletes those that are not
   * to be kept.
   *
   * @throws IOException if it cannot be saved; then the earlier ones are there still
   * @throws IllegalStateException if this is closed, or would hide or replace the checkpoint of a
   *     training that did not begin with {@link #resume}
   */
  public Path save() throws IOException {
    if (!held.isOpen()) {
      throw new IllegalStateException("checkpoints: closed already; others may have the folder");
    }
    long step = checkpoint.trainer().steps();
    begin(resumed ? step : step - 1);
    Path file = NumberedFiles.of(folder, step);
    OptionalDouble value =
        measure.map(m -> OptionalDouble.of(m.getAsDouble())).orElse(OptionalDouble.empty());
    checkpoint.save(file, value);
    savedAt = nanoTime.getAsLong();
    value.ifPresent(v -> measures.put(step, v));
    deleteOld(step);
    return file;
  }

  private void deleteOld(long newest) throws IOException {
    List<Long> steps = NumberedFiles.steps(folder).stream().filter(s -> s <= newest).toList();
    Optional<Path> best = best();
    for (long step : steps.subList(0, Math.max(0, steps.size() - settings.kept))) {
      Path file = NumberedFiles.of(folder, step);
      if (!best.equals(Optional.of(file))) {
        try {
          checkpoint.disk().delete(file);
          measures.remove(step);
        } catch (IOException e) {
          // One too many does no harm; the next save tries again.
        }
      }
    }
  }

  /** Returns the newest checkpoint in the folder. */
  public Optional<Path> newest() throws IOException {
    List<Long> steps = NumberedFiles.steps(folder);
    return steps.isEmpty() ? Optional.empty() : Optional.of(NumberedFiles.of(folder, last(steps)));
  }

  /**
   * Returns the checkpoint with the least measure, earlier processes' included; empty before the
   * first, or without a measure.
   */
  public Optional<Path> best() {
    return measures.entrySet().stream()
        .filter(entry -> entry.getValue() < Double.POSITIVE_INFINITY)
        .min(Map.Entry.comparingByValue())
        .map(entry -> NumberedFiles.of(folder, entry.getKey()));
  }

  /** Lets another training have the folder. */
  @Override
  public void close() throws IOException {
    held.close();
  }

  /**
   * When to save, and how many to keep.
   *
   * @param steps the number of steps of which each multiple is saved; empty not to count them
   * @param time after so much time, measured from save to save; empty not to look at the clock
   * @param kept how many of the last ones are kept, at least 1; the best one is kept besides
   */
  public record Settings(OptionalLong steps, Optional<Duration> time, int kept) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range, or neither steps nor time is given
     */
    public Settings {
      Check.given("steps", steps).ifPresent(value -> Check.count("checkpoint steps", value));
      Check.count("kept checkpoints", kept);
      if (Check.given("time", time).isPresent()
          && (time.get().isZero() || time.get().isNegative())) {
        throw new IllegalArgumentException("checkpoint time: must be positive, got " + time.get());
      }
      if (steps.isEmpty() && time.isEmpty()) {
        throw new IllegalArgumentException(
            "checkpoints: never saved; give a number of steps, or a time");
      }
    }

    /** Returns these settings with a save every so many steps, and not by the clock. */
    public Settings withEvery(long steps) {
      return new Settings(OptionalLong.of(steps), Optional.empty(), kept);
    }

    /** Returns these settings with a save after so much time, and not by steps. */
    public Settings withEvery(Duration time) {
      return new Settings(OptionalLong.empty(), Optional.of(Check.given("time", time)), kept);
    }

    /** Returns these settings with another number of checkpoints that are kept. */
    public Settings withKept(int checkpoints) {
      return new Settings(steps, time, checkpoints);
    }
  }
}
