package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

/** A split loses no row and repeats none. */
class DatasetProperties {

  @Property
  void aSplitIsDisjointAndComplete(
      @ForAll @IntRange(min = 2, max = 60) int n,
      @ForAll @Scale(18) @DoubleRange(min = 0.01, max = 0.99) double share,
      @ForAll long seed) {
    Dataset data = DataLoaderProperties.numbered(n);
    Dataset.Split split = data.split(share, seed);
    double[] targets =
        DoubleStream.concat(
                DoubleStream.of(split.first().targets().toArray()),
                DoubleStream.of(split.second().targets().toArray()))
            .toArray();
    assertThat(targets).containsExactlyInAnyOrder(data.targets().toArray());
    assertThat(split.first().size()).isBetween(1, n - 1);
    assertThat((double) split.first().size())
        .isBetween(Math.min(n - 1, share * n - 0.5), Math.max(1, share * n + 0.5));
    for (Dataset part : new Dataset[] {split.first(), split.second()}) {
      for (int i = 0; i < part.size(); i++) {
        assertThat(part.inputs().get(i, 0)).isEqualTo(-part.targets().get(i));
      }
    }
  }

  @Property
  void aSplitFollowsItsSeed(@ForAll long seed) {
    Dataset data = DataLoaderProperties.numbered(60);
    double[] first = data.split(0.5, seed).first().targets().toArray();
    assertThat(data.split(0.5, seed).first().targets().toArray()).isEqualTo(first);
    assertThat(data.split(0.5, seed + 1).first().targets().toArray()).isNotEqualTo(first);
    double[] unshuffled = IntStream.range(0, 30).mapToDouble(i -> -i).toArray();
    assertThat(first).isNotEqualTo(unshuffled);
  }
}
