package org.spikelet.app.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.spikelet.app.command.KeptTrainings;
import org.spikelet.app.command.OutputFolder.Content;
import org.spikelet.optim.Checkpoint;
import org.spikelet.optim.Trainer;
import org.spikelet.optim.TrainingStep;

/**
 * Keeps one training: now and then while it runs, and when it has ended, before its spikes are
 * examined. A later call goes on from there, with the same bits as if nothing had happened.
 */
public final class Keeper {

  /** So much is lost at most; the tests set less. */
  private static final long PAUSE_NANOS =
      1_000_000L * Long.getLong("spikelet.keep.milliseconds", 3_000);

  /** However large the net and slow the disk, saving takes less than 2 % of the time. */
  private static final long TIMES_AS_LONG = 50;

  private final Optional<KeptTrainings> kept;
  private final String id;
  private final Function<Run, Content> losses;
  private Optional<Checkpoint> checkpoint = Optional.empty();
  private long steps;
  private long savedAt;
  private long pause = PAUSE_NANOS;

  private Keeper(Optional<KeptTrainings> kept, String id, Function<Run, Content> losses) {
    this.kept = kept;
    this.id = id;
    this.losses = losses;
  }

  /**
   * Keeps a training.
   *
   * @param id its name among those of the command
   * @param losses the losses of a run as a file
   */
  public Keeper(KeptTrainings kept, String id, Function<Run, Content> losses) {
    this(Optional.of(kept), id, losses);
  }

  /** Keeps nothing. */
  public static Keeper none() {
    return new Keeper(Optional.empty(), "", run -> out -> {});
  }

  /**
   * Goes on with what an earlier call has kept, if it has, and keeps the training from here on.
   *
   * @throws IllegalArgumentException if that is another training: the message says what differs
   */
  void begin(Checkpoint whole, Trainer trainer) {
    if (kept.isEmpty() || !kept.get().isResumable()) {
      return;
    }
    checkpoint = Optional.of(whole);
    kept.get().begun(id).ifPresent(file -> load(file, whole, trainer));
    savedAt = System.nanoTime();
    trainer.listen(this::afterStep); // the last one: the others have been told of the step
  }

  private void load(Path file, Checkpoint whole, Trainer trainer) {
    try {
      whole.load(file);
      steps = trainer.steps();
      kept.get().takenOver(id, steps);
    } catch (IOException e) {
      kept.get().notTakenOver(id);
      System.err.println(e.getMessage() + "\nThis training begins anew.");
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + "\nLeave out --resume to begin anew.", e);
    }
  }

  private void afterStep(TrainingStep step) {
    steps = step.number() + 1;
    if (System.nanoTime() - savedAt >= pause) {
      save();
    }
  }

  private void save() {
    long start = System.nanoTime();
    checkpoint.ifPresent(whole -> kept.get().keep(id, steps, whole::save));
    savedAt = System.nanoTime();
    pause = Math.max(PAUSE_NANOS, TIMES_AS_LONG * (savedAt - start));
  }

  /** Keeps a training that has ended. */
  void end(Run run) {
    save();
    kept.ifPresent(trainings -> trainings.finish(id, losses.apply(run)));
  }
}
