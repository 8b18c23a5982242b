package org.spikelet.app.opinion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.spikelet.app.opinion.Rise.Kind;
import org.spikelet.spikes.detect.Spike;
import org.spikelet.spikes.detect.SpikeDetector;
import org.spikelet.spikes.detect.UsualRange;

/**
 * Finds where the loss rose.
 *
 * <p>Spikes are those of the project's detector: a doubling at least. But a language model's loss
 * never comes near 0, and one that goes from 2.3 to 3.5 is what people ask about. So the same
 * detector looks once more on the linear scale, and what stands out there far more than this log's
 * own scatter counts as a small rise:
 *
 * <pre>
 * L − m ≥ max(8s, 3q),   q = the largest 1 % of the calm losses' distances from m
 * </pre>
 */
final class Rises {

  /**
   * What was found.
   *
   * @param rises in order
   * @param high rows that lie above their usual range by three times the scatter, rises or not
   * @param unseen where a clear rise would not have counted
   */
  record Found(List<Rise> rises, List<Integer> high, Unseen unseen) {}

  private static final double LEAST = 8;
  private static final double OF_SPIKE = 6;
  private static final double TAILS = 3;
  private static final double HIGH = 3;

  /** A small rise is twice as far up as nine tenths of the losses before it. */
  private static final double TWICE = 2;

  private static final double HIGH_SHARE = 0.9;
  private static final int BEFORE = 200;
  private static final int JUST_BEFORE = 40;

  /** A level's beginning is known to so many rows; it is that many times as long as a spike. */
  private static final int NEAR = 30;

  private static final int TIMES = 3;
  private static final int MOST_HIGH = 4_000;
  private static final int BINS = 100;
  private static final double LARGEST = 6;

  private Rises() {}

  static Found of(double[] losses) {
    List<Rise> rises = new ArrayList<>();
    List<Integer> high = new ArrayList<>();
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (double loss : losses) {
      if (Double.isFinite(loss)) {
        least = Math.min(least, loss);
        largest = Math.max(largest, loss);
      }
    }
    BitSet taken = new BitSet();
    Unseen unseen = new Unseen();
    if (least >= 0) {
      for (Spike spike : spikes(losses, unseen)) {
        add(whole(Rise.of(spike, Kind.SPIKE, 0), losses), rises, taken);
      }
    }
    for (Rise rise : linear(losses, largest, least < 0 ? Kind.SPIKE : Kind.SMALL, high)) {
      add(whole(rise, losses), rises, taken);
    }
    for (Rise rise : Local.rises(losses)) {
      if (isBeyondTheUsual(rise, losses, JUST_BEFORE)) {
        add(rise, rises, taken);
      }
    }
    for (Rise level : Levels.of(losses)) {
      addLevel(level, rises, taken);
    }
    double rounding = Rounding.of(losses);
    int all = rises.size();
    rises.removeIf(
        rise -> Rounding.mayMake(rise, rounding, rise.kind() == Kind.SMALL ? LEAST : OF_SPIKE));
    unseen.leaveOut(all - rises.size(), rounding);
    rises.sort(Comparator.comparingInt(Rise::onset));
    return new Found(List.copyOf(rises), List.copyOf(high), unseen);
  }

  private static List<Spike> spikes(double[] losses, Unseen unseen) {
    SpikeDetector detector = new SpikeDetector();
    for (int row = 0; row < losses.length; row++) {
      boolean inside = detector.inside();
      detector.add(losses[row]);
      if (!inside) {
        unseen.look(row, losses, detector.usualRange());
      }
    }
    return detector.spikes();
  }

  /** The detector goes on after 300 rows, with the new level; here it lasts as long as it does. */
  private static Rise whole(Rise rise, double[] losses) {
    if (!rise.lasting() || !rise.finite()) {
      return rise;
    }
    double before = rise.usual().median();
    double after = Robust.of(losses, rise.onset(), rise.end()).median();
    return rise.lastingTo(
        Math.max(
            rise.end(), Levels.end(losses, rise.onset(), (3 * before + after) / 4, rise.rows())));
  }

  /** What was found by one rule is not found again by the next. */
  private static void add(Rise rise, List<Rise> rises, BitSet taken) {
    int next = taken.nextSetBit(rise.onset());
    if (next < 0 || next >= rise.end()) {
      rises.add(rise);
      taken.set(rise.onset(), rise.end());
    }
  }

  /** Where a rise begins that did not end as it seemed, but went over into a level, it lasts. */
  private static void addLevel(Rise level, List<Rise> rises, BitSet taken) {
    for (int i = 0; i < rises.size(); i++) {
      Rise rise = rises.get(i);
      boolean here = Math.abs(rise.onset() - level.onset()) <= Math.max(NEAR, rise.rows());
      if (here && rise.finite() && level.rows() > TIMES * rise.rows()) {
        rises.set(i, rise.lastingTo(level.end()));
        taken.set(rise.onset(), level.end());
        return;
      }
    }
    add(level, rises, taken);
  }

  /** Below 0 the detector compares by the scatter alone. */
  private static List<Rise> linear(double[] losses, double largest, Kind kind, List<Integer> high) {
    double below = Math.nextUp(Math.max(0, largest)) * (1 + 1e-9);
    SpikeDetector detector = new SpikeDetector();
    long[] bins = new long[BINS];
    long calm = 0;
    for (int row = 0; row < losses.length; row++) {
      double loss = losses[row];
      double shifted = Double.isFinite(loss) ? loss - below : loss;
      boolean inside = detector.inside();
      detector.add(shifted);
      UsualRange usual = detector.usualRange();
      if (inside || !usual.known() || !(usual.scatter() > 0)) {
        continue;
      }
      double distance = usual.level(shifted) / usual.scatter();
      if (distance >= HIGH && high.size() < MOST_HIGH) {
        high.add(row);
      }
      if (!detector.inside()) {
        bins[(int) Math.max(0, Math.min(BINS - 1, distance / LARGEST * BINS))]++;
        calm++;
      }
    }
    double limit = Math.max(LEAST, TAILS * upperPercent(bins, calm));
    List<Rise> rises = new ArrayList<>();
    for (Spike spike : detector.spikes()) {
      Rise rise = Rise.of(spike, kind, below);
      if (rise.height() >= limit && isBeyondTheUsual(rise, losses, BEFORE)) {
        rises.add(rise);
      }
    }
    return rises;
  }

  /** Half of the losses may be all but equal, as the zeros of a hinge, and scatter for nothing. */
  private static boolean isBeyondTheUsual(Rise rise, double[] losses, int rows) {
    if (!rise.finite()) {
      return true;
    }
    double[] before =
        Arrays.stream(losses, Math.max(0, rise.onset() - rows), rise.onset())
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    double usual = rise.usual().median();
    double share = usual == 0 ? 1 : HIGH_SHARE;
    double high = before.length == 0 ? usual : before[(int) (share * (before.length - 1))];
    return rise.peakLoss() - usual > TWICE * (high - usual);
  }

  private static double upperPercent(long[] bins, long count) {
    long above = 0;
    for (int bin = BINS - 1; bin >= 0; bin--) {
      above += bins[bin];
      if (above * 100 > count) {
        return (bin + 1) * LARGEST / BINS;
      }
    }
    return 0;
  }
}
