package org.spikelet.app.lab;

import java.util.ArrayList;
import java.util.List;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.experiment.Setup;

/** What a reader should know of a claim's verdict, though the claim can be tested. */
final class Caveats {

  /** Below it the resampled interval is plainly too narrow. */
  private static final int FEW = 5;

  private Caveats() {}

  /**
   * Returns them; none if one thing differs, both trainings are measured by one loss, and there are
   * seeds enough.
   */
  static List<String> of(Claim claim, int seeds) {
    List<String> caveats = new ArrayList<>();
    if (seeds < FEW) {
      caveats.add(
          String.format(
              "%d %s: resampling so few gives no interval to rely on. This is to see how it works.",
              seeds, seeds == 1 ? "seed" : "seeds"));
    }
    Claim.Pair pair = claim.runs().decisive();
    List<String> differences = pair.with().differences(pair.without());
    if (differences.size() > 1) {
      caveats.add(
          String.format(
              "With and without differ in %d things, %s: a verdict does not tell which of them it is.",
              differences.size(), and(differences)));
    }
    Setup with = pair.with().setup();
    Setup without = pair.without().setup();
    if (!with.model().watched().equals(without.model().watched())) {
      caveats.add(
          "Each training is measured by its own loss, and the two need not be on one scale; with"
              + " setup.watching(loss) spikes are looked for in the same loss in both.");
    }
    return caveats;
  }

  /** Returns the words as a list in a sentence. */
  static String and(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }
}
