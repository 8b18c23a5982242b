package org.spikelet.app.lab.claims;

import java.util.List;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.experiment.Experiment;
import org.spikelet.app.experiment.Measure;
import org.spikelet.app.experiment.Recipe;
import org.spikelet.app.experiment.Setup;

/** What becomes of a very small loss where numbers have few digits. */
public final class PrecisionClaims implements Experiment {

  private static final String RUNS = "Four classes at full batch, cross-entropy: ";
  private static final String RISES = "makes the loss rise where double precision does not";

  /** Made by the laboratory. */
  public PrecisionClaims() {}

  @Override
  public List<Claim> claims() {
    return List.of(
        inSingle("float32", "brings spikes where double precision has none", Measure.SPIKES),
        inSingle("float32-rise", RISES, Measure.UPWARD_VARIATION),
        claim(
            "float32-results",
            "Single precision does so by rounded results; rounded weights and moments do not.",
            "every result rounded to float (with) and weights and moments alone (without).",
            Setups.CLASSES_FLOAT32_WEIGHTS,
            Measure.UPWARD_VARIATION),
        claim(
            "float32-cancellation",
            "Single precision does so because p − 1, the gradient of a row's own class, rounds to"
                + " 0.",
            "single precision; the loss from log-softmax (with), and from distances of logits,"
                + " where that gradient is minus the sum of the others (without).",
            Setups.CLASSES_FLOAT32_DISTANCES,
            Measure.UPWARD_VARIATION),
        inBfloat16("bfloat16", "brings spikes where double precision has none", Measure.SPIKES),
        inBfloat16("bfloat16-rise", RISES, Measure.UPWARD_VARIATION));
  }

  private static Claim inSingle(String name, String words, Measure measure) {
    return claim(
        name,
        "Single precision " + words + ".",
        "every result rounded to float (with) and double precision (without).",
        Setups.CLASSES,
        measure);
  }

  private static Claim inBfloat16(String name, String words, Measure measure) {
    return claim(
        name,
        "bfloat16 " + words + ".",
        "every result rounded to bfloat16 (with) and double precision (without).",
        Setups.CLASSES_BFLOAT16,
        Setups.CLASSES,
        measure);
  }

  /** Single precision against something else. */
  private static Claim claim(
      String name, String words, String design, Setup without, Measure measure) {
    return claim(name, words, design, Setups.CLASSES_FLOAT32, without, measure);
  }

  private static Claim claim(
      String name, String words, String design, Setup with, Setup without, Measure measure) {
    return Claim.of(name, words)
        .design(RUNS + design)
        .with(by(with))
        .without(by(without))
        .isNeededFor(measure);
  }

  private static Recipe by(Setup setup) {
    return setup.by(Optimizations.ADAM_HIGH_RATE);
  }
}
