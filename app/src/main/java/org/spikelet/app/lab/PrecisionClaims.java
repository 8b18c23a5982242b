package org.spikelet.app.lab;

import static org.spikelet.app.lab.Claim.Group.MECHANISM;

import java.util.List;
import java.util.Optional;
import org.spikelet.app.lab.Claim.Measures;
import org.spikelet.app.lab.Claim.Pair;
import org.spikelet.app.lab.Claim.Runs;
import org.spikelet.app.lab.Claim.Test;

/** What becomes of a very small loss where numbers have few digits. */
final class PrecisionClaims {

  private static final String RUNS = "Four classes at full batch, cross-entropy: ";
  private static final String RISES = "makes the loss rise where double precision does not";

  /** In the order of the table. */
  static final List<Claim> ALL =
      List.of(
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

  private PrecisionClaims() {}

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
        new Pair(by(Setups.CLASSES_BFLOAT16), by(Setups.CLASSES)),
        measure);
  }

  /** Single precision against something else. */
  private static Claim claim(
      String name, String words, String design, Setup without, Measure measure) {
    return claim(name, words, design, new Pair(by(Setups.CLASSES_FLOAT32), by(without)), measure);
  }

  private static Claim claim(String name, String words, String design, Pair pair, Measure measure) {
    Measures measures = new Measures(measure, measure);
    return new Claim(
        name,
        MECHANISM,
        words,
        RUNS + design,
        new Runs(Test.ADAM, measures, Optional.of(pair), Optional.empty()));
  }

  private static Recipe by(Setup setup) {
    return setup.by(Optimization.ADAM_HIGH_RATE);
  }
}
