package org.spikelet.app.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class NumeralsProperties {

  @Property
  void aNumberIsReadAsJavaWritesIt(@ForAll double x) {
    assertThat(Numerals.PLAINLY.parse(Double.toString(x))).isEqualTo(x);
    assertThat(new Numerals(',', Optional.empty()).parse(Double.toString(x).replace('.', ',')))
        .isEqualTo(x);
  }

  @Property
  void whatIsReadIsWhatJavaReads(@ForAll String text) {
    double x = Numerals.PLAINLY.parse(text);
    if (Double.isFinite(x)) {
      assertThat(Double.parseDouble(text.replace('\u2212', '-'))).isEqualTo(x);
    }
  }

  @Property
  void cellsComeBackAsTheyWere(@ForAll List<String> texts) {
    Cells cells = new Cells();
    texts.forEach(cells::add);

    assertThat(cells.size()).isEqualTo(texts.size());
    for (int row = 0; row < texts.size(); row++) {
      assertThat(cells.get(row)).isEqualTo(texts.get(row));
    }
  }

  /**
   * Mean and deviation are rounded, and so is the way there and back: a few units of the largest.
   */
  @Property
  void aStandardizedNumberComesBack(
      @ForAll @DoubleRange(min = -1e307, max = 1e307) double a,
      @ForAll @DoubleRange(min = -1e307, max = 1e307) double b) {
    Scale scale = Scale.of(a, b, b);

    assertThat(Math.abs(scale.original(scale.standard(a)) - a))
        .isLessThanOrEqualTo(8 * Math.ulp(Math.max(Math.abs(a), Math.abs(b))));
  }
}
