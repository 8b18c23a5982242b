package org.spikelet.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RemedyTest {

  private static final int STEPS = 60;

  /** Two of one id would take each other's runs. */
  @Test
  void everyRemedyHasANameAndAnIdOfItsOwn() {
    assertThat(Remedy.ALL).extracting(Remedy::name).doesNotHaveDuplicates();
    assertThat(Remedy.ALL)
        .as("a remedy needs an id of its own in Remedy.ALL: its runs are kept under it")
        .extracting(remedy -> remedy.optimization().id())
        .doesNotHaveDuplicates()
        .doesNotContain(Optimization.ADAM.id());
  }

  @Test
  void noStatePassesFromRunToRun() {
    for (Remedy remedy : Remedy.ALL) {
      Recipe recipe = Setups.FLAGSHIP.by(remedy.optimization());
      Outcome first = Trial.run(recipe, 1, STEPS, step -> {});

      assertThat(Trial.run(recipe, 1, STEPS, step -> {}))
          .as("%s: make everything anew in the maker, nothing outside it", remedy.name())
          .isEqualTo(first);
    }
  }
}
