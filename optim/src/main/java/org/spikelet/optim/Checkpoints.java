package org.spikelet.optim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.spikelet.optim.file.Disk;
import org.spikelet.optim.file.SectionFile;

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
 * come as far as the checkpoints that are there. If saving fails the training ends with an {@link
 * UncheckedIOException}; the earlier checkpoints are there, and {@link Trainer#run} may be called
 * again.
 */
public final class Checkpoints implements TrainingListener, AutoCloseable {

  /** Every 1,000 steps; the last three are kept. */
  public static final Settings DEFAULTS = new Settings(OptionalLong.of(1000), Optional.empty(), 3);

  private static final String LOCK = ".checkpoints.lock";

  private final Path folder;
  private final Checkpoint checkpoint;
  private final Settings settings;
  private final Optional<DoubleSupplier> measure;
  private final LongSupplier nanoTime;
  private final FileChannel lock;
  private long savedAt;
  private boolean checked;
  private double best = Double.POSITIVE_INFINITY;
  private OptionalLong bestStep = OptionalLong.empty();

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
    this.lock = take(folder);
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
    return new Checkpoints(folder, checkpoint, settings, measure, nanoTime);
  }

  private static FileChannel take(Path folder) throws IOException {
    try {
      if (!Files.isDirectory(folder)) { // a link to one cannot be created
        Files.createDirectories(folder);
      }
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      boolean usable = false;
      try {
        if (!isLocked(channel)) {
          throw new IOException("another training is saving its checkpoints there");
        }
        deleteUnfinished(folder);
        usable = true;
        return channel;
      } finally {
        if (!usable) {
          channel.close();
        }
      }
    } catch (IOException e) {
      throw new IOException(
          "checkpoints: the folder '%s' cannot be used (%s)"
              .formatted(folder, NumberedFiles.reason(e)),
          e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // within this process
    }
  }

  /** What a process that was killed was writing: nobody else writes here now. */
  private static void deleteUnfinished(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (SectionFile.isUnfinished(file.getFileName().toString())) {
          Files.deleteIfExists(file);
        }
      }
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
    List<Long> steps = NumberedFiles.steps(folder);
    if (!steps.isEmpty()) {
      checkpoint.load(NumberedFiles.of(folder, steps.get(steps.size() - 1)));
      if (measure.isPresent()) {
        findBest(steps);
      }
    }
    return checkpoint.trainer().steps();
  }

  private void findBest(List<Long> steps) {
    for (long step : steps) {
      try {
        Checkpoint.measure(NumberedFiles.of(folder, step)).ifPresent(value -> compare(value, step));
      } catch (IOException e) {
        // A damaged one is not the best. It is not the newest either, so nobody asked for it.
      }
    }
  }

  private void compare(double value, long step) {
    if (value < best) {
      best = value;
      bestStep = OptionalLong.of(step);
    }
  }

  @Override
  public void afterStep(TrainingStep step) {
    if (!checked) {
      refuseLaterOnes(step.number());
      checked = true;
    }
    if (isDue(step.number() + 1)) {
      step.afterwards(
          () -> {
            try {
              save();
            } catch (IOException e) {
              throw new UncheckedIOException(e.getMessage(), e);
            }
          });
    }
  }

  private void refuseLaterOnes(long taken) {
    try {
      List<Long> steps = NumberedFiles.steps(folder);
      long latest = steps.isEmpty() ? 0 : steps.get(steps.size() - 1);
      if (latest > taken) {
        throw new IllegalStateException(
            "checkpoints: in '%s' there is one of step %s, and this training began after %s; call resume() before it, or take another folder"
                .formatted(folder, latest, taken));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
   * @throws IllegalStateException if this is closed
   */
  public Path save() throws IOException {
    if (!lock.isOpen()) {
      throw new IllegalStateException("checkpoints: closed already; others may have the folder");
    }
    long step = checkpoint.trainer().steps();
    Path file = NumberedFiles.of(folder, step);
    OptionalDouble value =
        measure.map(m -> OptionalDouble.of(m.getAsDouble())).orElse(OptionalDouble.empty());
    checkpoint.save(file, value);
    savedAt = nanoTime.getAsLong();
    value.ifPresent(v -> compare(v, step));
    deleteOld(step);
    return file;
  }

  private void deleteOld(long newest) throws IOException {
    List<Long> steps = NumberedFiles.steps(folder).stream().filter(s -> s <= newest).toList();
    Disk disk = checkpoint.disk();
    for (long step : steps.subList(0, Math.max(0, steps.size() - settings.kept))) {
      if (bestStep.isEmpty() || bestStep.getAsLong() != step) {
        try {
          disk.delete(NumberedFiles.of(folder, step));
        } catch (IOException e) {
          // One too many does no harm; the next save tries again.
        }
      }
    }
  }

  /** Returns the newest checkpoint in the folder. */
  public Optional<Path> newest() throws IOException {
    List<Long> steps = NumberedFiles.steps(folder);
    return steps.isEmpty()
        ? Optional.empty()
        : Optional.of(NumberedFiles.of(folder, steps.get(steps.size() - 1)));
  }

  /**
   * Returns the checkpoint with the least measure; empty before the first, or without a measure.
   */
  public Optional<Path> best() {
    return bestStep.isPresent()
        ? Optional.of(NumberedFiles.of(folder, bestStep.getAsLong()))
        : Optional.empty();
  }

  /** Lets another training have the folder. */
  @Override
  public void close() throws IOException {
    lock.close();
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
