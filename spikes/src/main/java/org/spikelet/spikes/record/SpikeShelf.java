package org.spikelet.spikes.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.spikelet.spikes.detect.Spike;
import org.spikelet.spikes.detect.SpikeDetector;

/** Keeps the recordings of the highest spikes, and of those that are going on. */
final class SpikeShelf {

  /** How many steps before its start and after its onset belong to a recording. */
  private static final int WINDOW = 60;

  private final SpikeDetector detector;
  private final Signals signals;
  private final int most;

  /** Those whose steps are not all there yet; their signals are still those of the ring. */
  private final List<Recording> pending = new ArrayList<>();

  private final List<Recording> finished = new ArrayList<>();

  SpikeShelf(SpikeDetector detector, Signals signals, int most) {
    this.detector = detector;
    this.signals = signals;
    this.most = most;
  }

  /** The starts of all, in the order in which they are written. */
  List<Snapshot> starts() {
    return Stream.concat(finished.stream(), pending.stream()).map(Recording::start).toList();
  }

  /** Writes all but the starts. */
  void write(Numbers out) {
    out.put(finished.size(), pending.size());
    for (Recording recording : finished) {
      recording.write(out);
      recording.signals().write(out);
    }
    pending.forEach(recording -> recording.write(out));
  }

  /** Puts back what was written, on an empty shelf. */
  void read(Numbers in, Iterator<Snapshot> starts) {
    int complete = in.nextInt();
    int incomplete = in.nextInt();
    for (int k = 0; k < complete; k++) {
      Recording head = Recording.read(in, starts.next(), signals);
      finished.add(
          new Recording(
              head.onset(), head.peak(), head.start(), Signals.read(in), head.usualRange()));
    }
    for (int k = 0; k < incomplete; k++) {
      pending.add(Recording.read(in, starts.next(), signals));
    }
  }

  /** A spike begins. */
  void begin(long onset, Snapshot start) {
    pending.add(new Recording(onset, onset, start, signals, detector.usualRange()));
  }

  /** Finishes the recording whose last step was the one before this one, if there is one. */
  void finish(long next) {
    if (!pending.isEmpty() && next >= pending.get(0).onset() + WINDOW) {
      put(pending.remove(0), finished);
    }
  }

  /** All, in order; those still going on end at the last step. */
  List<Recording> recordings() {
    List<Recording> all = new ArrayList<>(finished);
    pending.forEach(recording -> put(recording, all));
    return List.copyOf(all);
  }

  /** Cuts the signals of a spike out of the ring, and lets the lowest spike go. */
  private void put(Recording spike, List<Recording> shelf) {
    long from = Math.max(signals.oldest(), spike.start().step() - WINDOW);
    long to = Math.min(signals.next(), spike.onset() + WINDOW);
    long peak = peak(spike.onset(), to);
    Signals cut = signals.copy(from, to);
    shelf.add(new Recording(spike.onset(), peak, spike.start(), cut, spike.usualRange()));
    if (shelf.size() > most) {
      shelf.remove(
          shelf.stream().min(Comparator.comparingDouble(Recording::peakHeight)).orElseThrow());
    }
  }

  /** The step with the largest loss of a spike, before a step. */
  private long peak(long onset, long to) {
    List<Spike> spikes = detector.spikes();
    long end = onset + 1;
    for (int i = spikes.size() - 1; i >= 0 && spikes.get(i).onset() >= onset; i--) {
      end = spikes.get(i).end();
    }
    long peak = onset;
    for (long step = onset; step < Math.min(end, to); step++) {
      // Not finite is more than any number.
      boolean higher = signals.loss(step) > signals.loss(peak) || Double.isNaN(signals.loss(step));
      peak = higher && Double.isFinite(signals.loss(peak)) ? step : peak;
    }
    return peak;
  }
}
