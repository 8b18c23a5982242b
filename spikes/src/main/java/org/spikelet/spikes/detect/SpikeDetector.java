package org.spikelet.spikes.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Stateful;
import org.spikelet.optim.TrainingListener;
import org.spikelet.optim.TrainingStep;

/**
 * Finds the spikes of a loss curve, step by step as it comes.
 *
 * <pre>
 * ℓ = ln(L + δ)
 * m = median ℓ,   s = 1.4826 · median |ℓ − m|, over the last 200 steps outside any spike
 * onset:  ℓ − m ≥ max(6s, ln 2), or a loss that is not finite
 * end:    5 steps in a row with ℓ − m &lt; max(3s, ½ ln 2), or below δ₀ and a thousandth of the
 *         peak; after 300 steps it is a shift, not a spike
 * δ₀ = 3·10⁻⁶ · the median of the first 50 steps;   δ = δ₀, but at most the largest of those 200
 * </pre>
 *
 * <p>The logarithm makes a doubling as large at a loss of 10⁻⁴ as at 1; median and scatter, unlike
 * mean and variance, are not moved by the spikes themselves. Until 50 steps are known only a loss
 * that is not finite counts.
 *
 * <p>All scales follow the run: no early loss decides what is large later. Exact zeros are calm and
 * have no part in the median, unless all of the 200 but one or two are 0: then any loss above δ is
 * an onset, δ being 3·10⁻⁶ of the last median above 0.
 *
 * <p>From the first negative loss on, as of a log-density, ℓ is L itself, compared by its scatter
 * alone: {@link LossScale}.
 */
public final class SpikeDetector implements TrainingListener, Stateful {

  /** Until so many calm steps are known, only a loss that is not finite is a spike. */
  public static final int WARM_UP = 50;

  private static final int WINDOW = 200;
  private static final int CALM_STEPS = 5;
  private static final int LONGEST = 300;

  /**
   * The loss over the peak at which a spike has ended though the loss was lower before. By trial at
   * full batch, where bursts follow on each other before it is: with a three hundredth the same
   * come out but for one.
   */
  private static final double FALLEN = 1e-3;

  private final Baseline baseline = new Baseline(WINDOW);
  private final List<Spike> spikes = new ArrayList<>();
  private long step;

  private boolean inside;
  private UsualRange usual = baseline.range(0);
  private long onset;
  private long peak;
  private double peakLoss;
  private int calm;
  private final double[] calmLosses = new double[CALM_STEPS];

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

  /** Takes in the loss of the next step, and returns the spike that ended with it, if one did. */
  public Optional<Spike> add(double loss) {
    double seen = Double.isFinite(loss) ? loss : Double.POSITIVE_INFINITY;
    Optional<Spike> ended = inside ? goOn(seen) : watch(seen);
    step++;
    return ended;
  }

  /** Outside a spike: begins one, or learns the usual range. */
  private Optional<Spike> watch(double loss) {
    usual = baseline.range(loss);
    boolean rises = baseline.known() && usual.level(loss) >= usual.onset();
    if (loss == Double.POSITIVE_INFINITY || rises) {
      inside = true;
      onset = step;
      calm = 0;
      rise(loss);
    } else {
      baseline.add(loss);
    }
    return Optional.empty();
  }

  /** Inside a spike, with the usual range frozen: follows it to its end. */
  private Optional<Spike> goOn(double loss) {
    if (loss > peakLoss) {
      rise(loss);
    }
    boolean finite = loss < Double.POSITIVE_INFINITY;
    if (finite && (usual.level(loss) < usual.onset() / 2 || hasFallen(loss))) {
      calmLosses[calm++] = loss;
    } else {
      calm = 0;
    }
    boolean shift = isShift() && finite;
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
      Arrays.stream(calmLosses).forEach(baseline::add);
    }
    return Optional.of(spike);
  }

  /** Three decades below the peak, and nothing beside the level at which the run began. */
  private boolean hasFallen(double loss) {
    return loss < FALLEN * peakLoss && loss <= baseline.negligible();
  }

  private void rise(double loss) {
    peak = step;
    peakLoss = loss;
  }

  private boolean isShift() {
    return step - calm - onset >= LONGEST;
  }

  private Spike spike(long end, boolean shift) {
    return new Spike(onset, peak, end, peakLoss, usual, shift);
  }

  /** Returns the spikes so far; one that is still going on ends, for now, at the last step. */
  public List<Spike> spikes() {
    List<Spike> all = new ArrayList<>(spikes);
    if (inside) {
      all.add(spike(step, step - calm - onset > LONGEST));
    }
    return all;
  }

  /** Returns where it stands, the losses of the usual range, and nine numbers for each spike. */
  @Override
  public List<Tensor> save() {
    double[] now = {(double) step, inside ? 1 : 0, (double) onset, (double) peak, peakLoss, calm};
    return List.of(
        Tensor.vector(
            Stream.of(now, usual.toArray(), calmLosses, baseline.scale())
                .flatMapToDouble(Arrays::stream)
                .toArray()),
        Tensor.vector(baseline.losses()),
        Tensor.vector(spikes.stream().flatMapToDouble(SpikeDetector::numbers).toArray()));
  }

  private static DoubleStream numbers(Spike spike) {
    double[] steps = {
      (double) spike.onset(), (double) spike.peak(), (double) spike.end(), spike.peakLoss()
    };
    double[] shift = {spike.shift() ? 1 : 0};
    return Stream.of(steps, spike.usual().toArray(), shift).flatMapToDouble(Arrays::stream);
  }

  @Override
  public void restore(List<Tensor> saved) {
    if (saved.size() != 3
        || saved.get(0).size() != 13 + CALM_STEPS
        || saved.get(1).size() > WINDOW
        || saved.get(2).size() % 9 != 0) {
      throw new IllegalArgumentException(
          "restore: SpikeDetector saves 18 numbers, at most 200 losses, and 9 numbers for each spike; there are "
              + saved.stream().map(Tensor::shape).toList());
    }
    double[] n = saved.get(0).toArray();
    step = (long) n[0];
    inside = n[1] == 1;
    onset = (long) n[2];
    peak = (long) n[3];
    peakLoss = n[4];
    calm = (int) n[5];
    usual = UsualRange.of(Arrays.copyOfRange(n, 6, 10));
    System.arraycopy(n, 10, calmLosses, 0, CALM_STEPS);
    baseline.restore(Arrays.copyOfRange(n, 10 + CALM_STEPS, n.length), saved.get(1).toArray());
    spikes.clear();
    double[] s = saved.get(2).toArray();
    for (int i = 0; i < s.length; i += 9) {
      spikes.add(
          new Spike(
              (long) s[i],
              (long) s[i + 1],
              (long) s[i + 2],
              s[i + 3],
              UsualRange.of(Arrays.copyOfRange(s, i + 4, i + 8)),
              s[i + 8] == 1));
    }
  }

  /** Returns whether the last step was in a spike. */
  public boolean inside() {
    return inside;
  }

  /** Returns the usual range before the spike that is going on, or before the last step. */
  public UsualRange usualRange() {
    return usual;
  }
}
