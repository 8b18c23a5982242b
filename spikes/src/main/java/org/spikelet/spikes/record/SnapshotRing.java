package org.spikelet.spikes.record;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.spikelet.autodiff.Parameter;
import org.spikelet.optim.Trainer;

/** Snapshots of the last steps, one every ten, in a ring: the oldest is overwritten. */
final class SnapshotRing {

  private static final int EVERY = 10;

  private final List<Parameter> parameters;
  private final Trainer trainer;
  private final Snapshot[] slots;

  /** A ring that reaches back so many steps, with the present state as its first snapshot. */
  SnapshotRing(List<Parameter> parameters, Trainer trainer, int reach, long step) {
    this(parameters, trainer, reach);
    take(step);
  }

  private SnapshotRing(List<Parameter> parameters, Trainer trainer, int reach) {
    this.parameters = parameters;
    this.trainer = trainer;
    slots = new Snapshot[(reach + EVERY - 1) / EVERY];
  }

  /** A ring with these snapshots of another one. */
  SnapshotRing(List<Parameter> parameters, Trainer trainer, int reach, List<Snapshot> taken) {
    this(parameters, trainer, reach);
    for (Snapshot snapshot : taken) {
      slots[slot(snapshot.step())] = snapshot;
    }
  }

  /** Those there are. */
  List<Snapshot> all() {
    return Arrays.stream(slots).filter(Objects::nonNull).toList();
  }

  private int slot(long step) {
    return (int) (step / EVERY % slots.length);
  }

  /** Takes a snapshot before a step, if it is the turn of one. */
  void before(long step) {
    if (step % EVERY == 0) {
      take(step);
    }
  }

  private void take(long step) {
    int slot = slot(step);
    if (slots[slot] == null) {
      slots[slot] = Snapshot.of(parameters, trainer, step);
    } else {
      slots[slot].take(step);
    }
  }

  /** A copy of the oldest, which later steps do not overwrite. */
  Snapshot oldest() {
    return all().stream().min(Comparator.comparingLong(Snapshot::step)).orElseThrow().copy();
  }
}
