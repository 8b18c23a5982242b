package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Permutations are fair: χ² over fixed seeds, so the outcome is the same on every run. The limits
 * are the 99.9 % points of χ² with the degrees of freedom at hand.
 */
class PermutationTest {

  @Test
  void allOrdersOfFourAreEquallyFrequent() {
    int rounds = 24_000;
    Map<String, Integer> counts = new HashMap<>();
    for (int round = 0; round < rounds; round++) {
      counts.merge(Arrays.toString(Permutation.of(4, 1, round)), 1, Integer::sum);
    }
    assertThat(counts).hasSize(24);
    int[] observed = counts.values().stream().mapToInt(Integer::intValue).toArray();
    assertThat(chiSquare(observed, rounds / 24.0)).isLessThan(49.7);
  }

  @Test
  void everyRowComesEquallyOftenToEveryPlace() {
    int n = 10;
    int rounds = 10_000;
    int[] observed = new int[n * n];
    for (int round = 0; round < rounds; round++) {
      int[] order = Permutation.of(n, 2, round);
      for (int place = 0; place < n; place++) {
        observed[n * order[place] + place]++;
      }
    }
    assertThat(chiSquare(observed, rounds / (double) n)).isLessThan(126.1);
  }

  /** The same for neighbouring seeds: users try 0, 1, 2, … */
  @Test
  void neighbouringSeedsAreUnrelated() {
    int[] observed = new int[24];
    for (int seed = 0; seed < 24_000; seed++) {
      int[] order = Permutation.of(24, seed, 0);
      observed[order[0]]++;
    }
    assertThat(chiSquare(observed, 1000)).isLessThan(49.7);
  }

  /** A seed's second round is not the next seed's first. */
  @Test
  void roundsOfOneSeedDoNotComeBackInAnother() {
    Map<String, Long> seen = new HashMap<>();
    for (long seed = 0; seed < 100; seed++) {
      for (long round = 0; round < 100; round++) {
        String order = Arrays.toString(Permutation.of(30, seed, round));
        assertThat(seen.put(order, seed)).as("seed %s, round %s", seed, round).isNull();
      }
    }
  }

  /** Checkpoints rely on it: the order is the same on every JDK. */
  @Test
  void theOrderIsTheSameOnEveryJdk() {
    assertThat(Permutation.of(10, 42, 7)).containsExactly(1, 7, 5, 8, 3, 6, 4, 0, 9, 2);
  }

  @Test
  void oneRowHasOneOrder() {
    assertThat(Permutation.of(1, 5, 5)).containsExactly(0);
    assertThat(Permutation.of(0, 5, 5)).isEmpty();
  }

  private static double chiSquare(int[] observed, double expected) {
    return Arrays.stream(observed)
        .mapToDouble(o -> (o - expected) * (o - expected) / expected)
        .sum();
  }
}
