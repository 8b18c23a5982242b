package org.spikelet.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.experiment.Optimization;
import org.spikelet.app.experiment.Recipe;

class RemediesTest {

  private static final int STEPS = 60;

  private static List<Claim> onHeavyTails() {
    return Claims.ALL.stream()
        .filter(each -> each.group() == Group.REMEDY_HEAVY_TAILS)
        .map(Case::claim)
        .toList();
  }

  /** Two of one id would take each other's runs. */
  @Test
  void everyRemedyHasAnIdOfItsOwn() {
    assertThat(onHeavyTails())
        .as("a remedy needs an id of its own in Remedy.ALL: its runs are kept under it")
        .hasSizeGreaterThan(15)
        .extracting(claim -> claim.runs().decisive().without().id())
        .doesNotHaveDuplicates();
    assertThat(onHeavyTails())
        .extracting(claim -> claim.runs().decisive().with().optimization())
        .containsOnly(Optimization.ADAM);
  }

  @Test
  void noStatePassesFromRunToRun() {
    for (Claim claim : onHeavyTails()) {
      Recipe recipe = claim.runs().decisive().without();
      Outcome first = Trial.run(recipe, 1, STEPS, step -> {});

      assertThat(Trial.run(recipe, 1, STEPS, step -> {}))
          .as("%s: make everything anew in the maker, nothing outside it", claim.name())
          .isEqualTo(first);
    }
  }
}
