package org.spikelet.spikes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.spikelet.spikes.Effect.Verdict;

/**
 * Decides on the causes of one spike: asks for one possible cause after the other, those first that
 * can be seen directly, and takes the first that the measurements point to and a replay supports.
 */
final class Judge {

  private static final int EARLY = 150;
  private static final double SUDDEN = 1.5;
  private static final double PHASE = 0.01;
  private static final double DATA = 0.5;
  private static final double MIXED = 0.25;
  private static final double FEW = 0.1;
  private static final int PAIR = 8;
  private static final double UNSTABLE = 0.9;
  private static final double SHOCK = 2.3;
  private static final double DIVERGED = 1e6;

  private final Examiner spike;
  private final List<Evidence> evidence = new ArrayList<>();
  private final List<Arm> deciding = new ArrayList<>();
  private final List<Cause> causes = new ArrayList<>();

  Judge(Examiner spike) {
    this.spike = spike;
  }

  List<Evidence> evidence() {
    return evidence;
  }

  /** The arms that a decision rested on, in order. */
  List<Arm> deciding() {
    return deciding;
  }

  /** Returns one or two causes. */
  List<Cause> causes() {
    if (!decided()) {
      causes.add(Cause.UNKNOWN);
    }
    return causes;
  }

  private boolean decided() {
    return notFinite()
        || tooEarly()
        || stateLost()
        || rateRaised()
        || smallLastBatch()
        || data()
        || unstable()
        || shock();
  }

  private boolean found(Cause cause) {
    causes.add(cause);
    return true;
  }

  private void note(String name, double value, double limit, String words, Object... arguments) {
    evidence.add(new Evidence(name, value, limit, String.format(Locale.ROOT, words, arguments)));
  }

  private boolean notFinite() {
    double loss = spike.recording().signals().loss(spike.recording().onset());
    if (Double.isFinite(loss)) {
      return false;
    }
    note("loss at the onset", loss, Double.NaN, "the loss is %s at the onset itself", loss);
    double before = spike.lossBefore();
    if (before > DIVERGED * spike.firstLoss()) {
      note(
          "loss before the onset",
          before,
          DIVERGED * spike.firstLoss(),
          "the loss had grown from %.3g at the first step to %.3g: the training diverged, and then"
              + " overflowed",
          spike.firstLoss(),
          before);
      causes.add(Cause.INSTABILITY);
    }
    spike.whereNotFinite().ifPresent(where -> evidence.add(Evidence.of("first operation", where)));
    return found(Cause.NON_FINITE);
  }

  private boolean tooEarly() {
    long step = spike.recording().onset() - spike.firstRecorded();
    if (step >= EARLY) {
      return false;
    }
    note("steps before it", (double) step, EARLY, "only %s steps were taken before it", step);
    return found(Cause.TOO_EARLY);
  }

  private boolean stateLost() {
    long lost = spike.stateLostAt();
    if (lost < 0) {
      return false;
    }
    note(
        "state lost",
        (double) lost,
        Double.NaN,
        "about step %s the optimizer's moments and step count were set back",
        lost);
    return supported(spike.arms().keptState()) && found(Cause.OPTIMIZER_STATE_LOST);
  }

  private boolean rateRaised() {
    long raised = spike.rateRaisedAt(SUDDEN);
    if (raised < 0) {
      return false;
    }
    double usual = spike.rate(raised - 1);
    note(
        "learning rate",
        spike.highestRate(raised) / usual,
        SUDDEN,
        "at step %s the learning rate rose from %s to %s",
        raised,
        usual,
        spike.rate(raised));
    return supported(spike.arms().usualRate(usual)) && found(Cause.LEARNING_RATE_CHANGED);
  }

  private boolean smallLastBatch() {
    if (!spike.inSmallLastBatch()) {
      return false;
    }
    double chance = spike.chanceOfPhase();
    note(
        "spikes in the last batch",
        chance,
        PHASE,
        "%s of %s spikes are in the last batch of an epoch, which has %s rows instead of %s; if they"
            + " came anywhere, the chance of that would be %.2g",
        spike.spikesInLastBatch(),
        spike.spikes(),
        spike.peakBatch().size(),
        spike.trainer().loader().batch(0).size(),
        chance);
    return supported(spike.arms().filled()) && found(Cause.SMALL_LAST_BATCH);
  }

  private boolean data() {
    double hindsight = spike.hindsight();
    note(
        "hindsight ratio",
        hindsight,
        DATA,
        "with the weights of 20 steps before the onset the peak's batch already had %.0f %% of its"
            + " height",
        // Not "-0".
        Math.rint(100 * hindsight) + 0.0);
    if (!(hindsight > MIXED) || spike.trainer().loader().batches() == 1) {
      return false;
    }
    Optional<Cause> data = dataCause();
    if (data.isEmpty()) {
      return false;
    }
    boolean steps = supported(spike.arms().equalSteps()) || supported(spike.arms().halfRate());
    if (hindsight > DATA || steps) {
      causes.add(data.get());
    }
    if (steps && data.get() != Cause.SORTED_ORDER) {
      causes.add(Cause.OPTIMIZER_STEPS);
    }
    return !causes.isEmpty();
  }

  /** What is the matter with the peak's batch, if a replay without it supports that. */
  private Optional<Cause> dataCause() {
    if (spike.oneClass()) {
      note("classes in the batch", 1, 1, "all rows of the batch are of one class");
      return Optional.of(Cause.SORTED_ORDER);
    }
    Set<Integer> top = spike.topRows();
    int size = spike.peakBatch().size();
    // A tenth; but two outliers may meet in a batch of eight, which is still few.
    double few = Math.max(size >= PAIR ? 2 : 1, Math.ceil(FEW * size));
    if (top.isEmpty() || top.size() > few) {
      return supported(spike.arms().otherBatch())
          ? Optional.of(Cause.HARD_BATCH)
          : Optional.empty();
    }
    note(
        "rows to blame",
        top.size(),
        few,
        "without %s of its %s rows the batch's loss is as usual: %s",
        top.size(),
        size,
        top);
    return size == 1 || supported(spike.arms().without(top))
        ? Optional.of(Cause.OUTLIER_SAMPLES)
        : Optional.empty();
  }

  private boolean unstable() {
    Optional<Sharpness> sharpest = spike.sharpest();
    if (sharpest.isEmpty()) {
      return false;
    }
    Sharpness sharpness = sharpest.get();
    note(
        "η·λ over its threshold",
        sharpness.ratio(),
        UNSTABLE,
        "the sharpness η·λ reached %.2f of the stability threshold, %.3g, at step %s",
        sharpness.ratio(),
        sharpness.threshold(),
        sharpness.step());
    return sharpness.ratio() > UNSTABLE
        && supported(spike.arms().halfRate())
        && found(Cause.INSTABILITY);
  }

  private boolean shock() {
    double rms = spike.largestRms();
    note(
        "largest RMS",
        rms,
        SHOCK,
        "a gradient was up to %.1f times as large as the optimizer remembers",
        rms);
    return rms > SHOCK && supported(spike.arms().clipped()) && found(Cause.GRADIENT_SHOCK);
  }

  private boolean supported(Arm arm) {
    deciding.add(arm);
    return arm.effect().verdict() == Verdict.SUPPORTED;
  }
}
