package org.spikelet.app.lab;

import java.util.ArrayList;
import java.util.List;
import org.spikelet.app.lab.Claim.Group;

/** All experiments. */
final class Claims {

  /** In the order of the report: answers, mechanism, remedies. */
  static final List<Claim> ALL = all();

  /** Those that take a minute together: without the remedies at full batch. */
  static final List<Claim> QUICK =
      ALL.stream().filter(claim -> claim.group() != Group.REMEDY_FULL_BATCH).toList();

  private Claims() {}

  private static List<Claim> all() {
    List<Claim> all = new ArrayList<>(AnswerClaims.ALL);
    all.addAll(SolutionClaims.ALL);
    all.addAll(MechanismClaims.ALL);
    all.addAll(PrecisionClaims.ALL);
    for (Remedy remedy : Remedy.ALL) {
      all.add(remedy.claim("full-batch", Group.REMEDY_FULL_BATCH, Setups.COMPANION));
    }
    for (Remedy remedy : Remedy.ALL) {
      all.add(remedy.claim("heavy-tails", Group.REMEDY_HEAVY_TAILS, Setups.FLAGSHIP));
    }
    all.add(
        Claim.about(
            "winsorise-heavy-tails",
            Group.REMEDY_HEAVY_TAILS,
            "features cut off at ±4",
            "Heavy-tailed data: as they are (with) and with the features cut off (without).",
            Setups.FLAGSHIP,
            Setups.WINSORISED));
    return List.copyOf(all);
  }
}
