package org.spikelet.spikes.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.spikelet.optim.TrainingListener;
import org.spikelet.optim.TrainingStep;

/**
 * Finds the spikes of a loss curve, step by step as it comes.
 *
 * <pre>
 * ℓ = ln(L + δ),  δ = 10⁻⁶ · the first finite loss above 0
 * m = median ℓ,   s = 1.4826 · median |ℓ − m|, over the last 200 steps outside any spike
 * onset:  ℓ − m ≥ max(6s, ln 2), or a loss that is not finite
 * end:    5 steps in a row with ℓ − m &lt; max(½ ln 2, 3s); after 300 steps it is a shift, not a spike
 * </pre>
 *
 * <p>The logarithm makes a doubling as large at a loss of 10⁻⁴ as at 1; median and scatter, unlike
 * mean and variance, are not moved by the spikes themselves. Until 50 steps are known only a loss
 * that is not finite counts.
 */
public final class SpikeDetector implements TrainingListener {

  private static final double LN_2 = StrictMath.log(2);

  /** δ relative to the first loss. */
  static final double DELTA = 1e-6;

  private static final int WINDOW = 200;
  private static final int WARM_UP = 50;
  private static final int CALM_STEPS = 5;
  private static final double SMALLEST_SCATTER = 0.05;
  private static final int LONGEST = 300;

  private final Baseline baseline = new Baseline(WINDOW);
  private final List<Spike> spikes = new ArrayList<>();
  private double delta;
  private long step;

  private boolean inside;
  private double median;
  private double scatter;
  private long onset;
  private long peak;
  private double peakLoss;
  private int calm;
  private final double[] calmLevels = new double[CALM_STEPS];

  /** Knows no loss yet; the first is that of step 0. */
  public SpikeDetector() {
    this(0);
  }

  /** The same for a run that is followed from a later step on. */
  public SpikeDetector(long firstStep) {
    step = firstStep;
  }

  /** Returns the spikes of a whole curve; one that has not ended at the last step ends there. */
  public static List<Spike> detect(double[] losses) {
    SpikeDetector detector = new SpikeDetector();
    for (double loss : losses) {
      detector.add(loss);
    }
    return detector.spikes();
  }

  @Override
  public void afterStep(TrainingStep trainingStep) {
    step = trainingStep.number();
    add(trainingStep.loss());
  }

  /**
   * Takes in the loss of the next step, and returns the spike that ended with it, if one did.
   *
   * @param loss at least 0, or not finite
   * @throws IllegalArgumentException if the loss is negative: the logarithm needs losses from 0 up
   */
  public Optional<Spike> add(double loss) {
    if (loss < 0 && loss != Double.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException(
          "spike detector: the loss of step " + step + " is negative: " + loss);
    }
    double height = Double.isFinite(loss) ? loss : Double.POSITIVE_INFINITY;
    if (delta == 0 && height < Double.POSITIVE_INFINITY) {
      delta = DELTA * height;
    }
    // A loss of exactly 0 before any other must not make ℓ infinite.
    double level = StrictMath.log(Math.max(height + delta, Double.MIN_NORMAL));
    Optional<Spike> ended = inside ? goOn(height, level) : watch(height, level);
    step++;
    return ended;
  }

  /** Outside a spike: begins one, or learns the usual range. */
  private Optional<Spike> watch(double loss, double level) {
    boolean known = baseline.size() >= WARM_UP;
    // With nothing to compare with, every finite loss is calm.
    median = baseline.size() > 0 ? baseline.median() : Double.MAX_VALUE;
    scatter = known ? baseline.scatter() : 0;
    if (level == Double.POSITIVE_INFINITY
        || (known && level - median >= Math.max(6 * scatter, LN_2))) {
      inside = true;
      onset = step;
      calm = 0;
      rise(loss);
    } else {
      baseline.add(level);
    }
    return Optional.empty();
  }

  /** Inside a spike, with the usual range frozen: follows it to its end. */
  private Optional<Spike> goOn(double loss, double level) {
    if (loss > peakLoss) {
      rise(loss);
    }
    if (level - median < Math.max(LN_2 / 2, 3 * scatter)) {
      calmLevels[calm++] = level;
    } else {
      calm = 0;
    }
    boolean shift = isShift() && level < Double.POSITIVE_INFINITY;
    if (calm < CALM_STEPS && !shift) {
      return Optional.empty();
    }
    Spike spike = spike(shift ? step : step - CALM_STEPS + 1, shift);
    spikes.add(spike);
    inside = false;
    if (shift) {
      // The old range is no guide any more: learn the new one.
      baseline.clear();
    } else {
      // The calm steps are after the spike.
      Arrays.stream(calmLevels).forEach(baseline::add);
    }
    return Optional.of(spike);
  }

  private void rise(double loss) {
    peak = step;
    peakLoss = loss;
  }

  private boolean isShift() {
    return step - calm - onset >= LONGEST;
  }

  private Spike spike(long end, boolean shift) {
    return new Spike(onset, peak, end, peakLoss, StrictMath.log(peakLoss + delta) - median, shift);
  }

  /** Returns the spikes so far; one that is still going on ends, for now, at the last step. */
  public List<Spike> spikes() {
    List<Spike> all = new ArrayList<>(spikes);
    if (inside) {
      all.add(spike(step, step - calm - onset > LONGEST));
    }
    return all;
  }

  /** Returns whether the last step was in a spike. */
  public boolean inside() {
    return inside;
  }

  /** Returns the usual range before the spike that is going on, or before the last step. */
  public UsualRange usualRange() {
    return new UsualRange(median, Math.max(scatter, SMALLEST_SCATTER), delta);
  }
}
