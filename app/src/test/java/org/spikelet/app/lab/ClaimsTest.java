package org.spikelet.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.experiment.Recipe;

class ClaimsTest {

  @Test
  void everyClaimHasANameOfItsOwn() {
    assertThat(Claims.ALL).extracting(each -> each.claim().name()).doesNotHaveDuplicates();
  }

  @Test
  void differentTrainingsHaveDifferentFiles() {
    Map<String, List<Recipe>> recipes =
        Claims.ALL.stream()
            .flatMap(each -> each.series().stream())
            .map(Series::recipe)
            .collect(Collectors.groupingBy(Recipe::id));

    assertThat(recipes).allSatisfy((id, all) -> assertThat(all.stream().distinct()).hasSize(1));
  }

  /** An experiment is one only if exactly one thing differs, but for how long it takes. */
  @Test
  void theRunsThatDecideDifferInOneThing() {
    for (Case each : Claims.ALL) {
      Claim claim = each.claim();
      Claim.Pair pair = claim.runs().decisive();
      List<String> differences = new ArrayList<>(pair.with().differences(pair.without()));
      differences.remove("steps");
      if (!claim.measures().same()) {
        differences.add("measure");
      }
      assertThat(differences).as(claim.name()).hasSize(1);
    }
  }

  @Test
  void theAnswersAreTestedWithAdamAndWithSgd() {
    assertThat(Claims.ALL)
        .filteredOn(each -> each.group() == Group.ANSWER)
        .hasSizeGreaterThanOrEqualTo(14)
        .extracting(Case::claim)
        .filteredOn(claim -> claim.runs().sgd().isEmpty() || claim.runs().first().isEmpty())
        .extracting(Claim::name)
        .containsExactly("learning-rate", "sgd-at-low-loss", "sgd-at-low-loss-high-rate");
  }

  @Test
  void theQuickOnesLeaveOutOnlyRemediesAtFullBatch() {
    assertThat(Claims.ALL)
        .filteredOn(claim -> !Claims.QUICK.contains(claim))
        .isNotEmpty()
        .extracting(Case::group)
        .containsOnly(Group.REMEDY_FULL_BATCH);
  }
}
