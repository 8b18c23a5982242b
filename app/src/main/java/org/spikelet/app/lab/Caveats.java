package org.spikelet.app.lab;

import java.util.ArrayList;
import java.util.List;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.experiment.Setup;

/** What a reader should know of a claim's verdict, though the claim can be tested. */
final class Caveats {

  private Caveats() {}

  /** Returns them; none if one thing differs and both trainings are measured by one loss. */
  static List<String> of(Claim claim) {
    List<String> caveats = new ArrayList<>();
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
