package org.spikelet.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ClaimsTest {

  @Test
  void everyClaimHasANameOfItsOwn() {
    assertThat(Claims.ALL).extracting(Claim::name).doesNotHaveDuplicates();
  }

  @Test
  void differentTrainingsHaveDifferentFiles() {
    Map<String, List<String>> fingerprints =
        Claims.ALL.stream()
            .flatMap(
                claim -> claim.runs().adam().stream().flatMap(pair -> pair.distinct().stream()))
            .collect(
                Collectors.groupingBy(
                    Recipe::id,
                    Collectors.mapping(recipe -> recipe.fingerprint(1), Collectors.toList())));

    assertThat(fingerprints)
        .allSatisfy((id, all) -> assertThat(all.stream().distinct()).hasSize(1));
  }

  /** An experiment is one only if exactly one thing differs. */
  @Test
  void theRunsThatDecideDifferInOneThing() {
    for (Claim claim : Claims.ALL) {
      Claim.Pair pair = claim.runs().decisive();
      Setup a = pair.with().setup();
      Setup b = pair.without().setup();
      int differences =
          (a.data() == b.data() ? 0 : 1)
              + (a.model() == b.model() ? 0 : 1)
              + (a.batchSize() == b.batchSize() ? 0 : 1)
              + (a.dropLast() == b.dropLast() ? 0 : 1)
              + (a.twist() == b.twist() ? 0 : 1)
              + (pair.with().optimization().id().equals(pair.without().optimization().id()) ? 0 : 1)
              + (claim.runs().measures().with() == claim.runs().measures().without() ? 0 : 1);
      assertThat(differences).as(claim.name()).isEqualTo(1);
    }
  }

  @Test
  void theAnswersAreTestedWithAdamAndWithSgd() {
    assertThat(Claims.ALL)
        .filteredOn(claim -> claim.group() == Claim.Group.ANSWER)
        .hasSizeGreaterThanOrEqualTo(14)
        .filteredOn(claim -> claim.runs().sgd().isEmpty() || claim.runs().adam().isEmpty())
        .extracting(Claim::name)
        .containsExactly("learning-rate", "sgd-at-low-loss", "sgd-at-low-loss-high-rate");
  }

  @Test
  void theQuickOnesLeaveOutOnlyRemediesAtFullBatch() {
    assertThat(Claims.ALL)
        .filteredOn(claim -> !Claims.QUICK.contains(claim))
        .isNotEmpty()
        .extracting(Claim::group)
        .containsOnly(Claim.Group.REMEDY_FULL_BATCH);
  }
}
