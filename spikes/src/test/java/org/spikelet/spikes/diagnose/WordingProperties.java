package org.spikelet.spikes.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.spikelet.spikes.detect.LossScale;
import org.spikelet.spikes.detect.Spike;
import org.spikelet.spikes.detect.SpikeDetector;
import org.spikelet.spikes.detect.UsualRange;

/** Whatever the evidence is, the sentences say that, and no more. */
class WordingProperties {

  private static final String NUMBER = "(-?[0-9,.]+(?:e-?[0-9]+)?)";
  private static final Probe NO_PROBE = new Probe(Double.NaN, Double.NaN, Double.NaN);

  /** Of all sizes: 10⁻³²³ to 10³⁰⁸, and 0. */
  @Provide
  Arbitrary<Double> sizes() {
    Arbitrary<Double> any =
        Combinators.combine(
                Arbitraries.doubles().between(1, 9.99).ofScale(4),
                Arbitraries.integers().between(-320, 307))
            .as((mantissa, exponent) -> Double.parseDouble(mantissa + "e" + exponent));
    Arbitrary<Double> usual =
        Combinators.combine(
                Arbitraries.doubles().between(1, 9.99).ofScale(4),
                Arbitraries.integers().between(-12, 6))
            .as((mantissa, exponent) -> Double.parseDouble(mantissa + "e" + exponent));
    return Arbitraries.oneOf(
        any, usual, Arbitraries.of(0.0, Double.MIN_VALUE, 999.6, 1.0, 0.0009996, 999_500.0));
  }

  private static double parsed(String number) {
    return Double.parseDouble(number.replace(",", ""));
  }

  /** No −0, no number that is none, no plural of one. */
  private static void assertPlain(String words) {
    assertThat(words)
        .doesNotContainPattern("(?<![0-9e.])-0(\\.0*)?(?![0-9.])")
        .doesNotContain("Infinity", "null")
        .doesNotContainPattern("(?<![0-9,.])1 (spikes|steps|rows)\\b")
        .doesNotContainPattern("(?<![0-9,.])([02-9]|[0-9,]+[0-9]) (spike|step|row)\\b")
        .doesNotContainPattern("  |\\n|\\.\\.|: \\.");
  }

  @Property
  void aNumberIsWhatItSays(@ForAll("sizes") double size, @ForAll boolean negative) {
    double x = negative ? -size : size;
    String words = Numbers.of(x);
    assertThat(words).matches(NUMBER).isNotEqualTo("-0");
    if (x == 0) {
      assertThat(words).isEqualTo("0");
    } else if (size > 1e-300) {
      assertThat(parsed(words)).isCloseTo(x, withPercentage(0.5001));
    } else {
      assertThat(words).isNotEqualTo("0");
    }
    assertThat(Numbers.fixed(x, 2)).isNotEqualTo("-0.00");
  }

  @Example
  void numbers() {
    assertThat(IntStream.of(0, 1, 999, 1000, 10_049, 999_499, 999_500).mapToObj(Numbers::of))
        .containsExactly("0", "1", "999", "1,000", "10,000", "999,000", "1e6");
    assertThat(Numbers.of(1.97e-11)).isEqualTo("1.97e-11");
    assertThat(Numbers.of(-0.0)).isEqualTo("0");
    assertThat(Numbers.of(1e-3)).isEqualTo("0.001");
    assertThat(Numbers.of(Double.NaN)).isEqualTo("NaN");
    assertThat(Numbers.of(Double.NEGATIVE_INFINITY)).isEqualTo("-∞");
    assertThat(Numbers.percent(-0.004)).isEqualTo("0");
    assertThat(Numbers.fixed(-0.004, 2)).isEqualTo("0.00");
    assertThat(Numbers.count(1, "row")).isEqualTo("1 row");
    assertThat(Numbers.list(IntStream.range(0, 10).boxed().toList()))
        .isEqualTo("0, 1, 2, 3, 4, 5, 6, 7 and 2 more");
  }

  /** The ratio is that of the peak and the median, whatever δ is. */
  @Property
  void howHighASpikeIs(
      @ForAll("sizes") double median,
      @ForAll("sizes") double peak,
      @ForAll("sizes") double delta,
      @ForAll boolean negative,
      @ForAll boolean shift) {
    LossScale scale = negative ? LossScale.LINEAR : LossScale.LOGARITHMIC;
    UsualRange usual = new UsualRange(scale, negative ? -median : median, 0.05, delta);
    Spike spike = new Spike(500, 501, 506, peak, usual, shift);
    Notes notes = new Notes();
    notes.cause(Cause.UNKNOWN);
    String words = Wording.diagnosis(spike, notes, NO_PROBE);
    assertPlain(words);
    assertThat(words.contains("stayed up")).isEqualTo(shift);
    Matcher matcher = Pattern.compile("to " + NUMBER + " times its usual, from").matcher(words);
    boolean ratio = !negative && median > 0 && peak / median < Double.POSITIVE_INFINITY;
    assertThat(matcher.find()).isEqualTo(ratio);
    if (ratio && peak / median > 1e-300) {
      assertThat(parsed(matcher.group(1))).isCloseTo(peak / median, withPercentage(0.5001));
    }
    assertThat(words).contains(Numbers.of(usual.median()) + " to " + Numbers.of(peak));
  }

  /** As found in a curve: the median is one of the losses measured before. */
  @Property(tries = 200)
  void theSpikesOfACurve(
      @ForAll("sizes") double level,
      @ForAll @Scale(6) @DoubleRange(min = 0, max = 0.3) double swing,
      @ForAll @IntRange(min = 60, max = 500) int at,
      @ForAll @Scale(6) @DoubleRange(min = 20, max = 1e6) double factor) {
    double usual = Math.min(level, 1e300);
    double[] losses = new double[600];
    for (int t = 0; t < losses.length; t++) {
      losses[t] = usual * (1 + swing * Math.sin(t));
    }
    losses[0] = 1;
    losses[at] = factor * Math.max(usual, 1e-300);
    for (Spike spike : SpikeDetector.detect(losses)) {
      String words = Wording.diagnosis(spike, notes(), NO_PROBE);
      assertPlain(words);
      if (usual > 1e-290) {
        double low = losses[at] / (usual * (1 + swing)) * 0.994;
        double high = losses[at] / (usual * (1 - swing)) * 1.006;
        Matcher matcher = Pattern.compile("to " + NUMBER + " times its usual").matcher(words);
        assertThat(matcher.find()).isTrue();
        assertThat(parsed(matcher.group(1))).isBetween(low, high);
      }
    }
  }

  private static Notes notes() {
    Notes notes = new Notes();
    notes.cause(Cause.UNKNOWN);
    return notes;
  }

  /** A probe that did not rise is not said to have risen. */
  @Property
  void theProbe(@ForAll("sizes") double before, @ForAll("sizes") double highest) {
    double hardly = before * Math.sqrt(2);
    String words = new Probe(before, highest, hardly).words();
    assertPlain(words);
    assertThat(words.contains("the loss rose from")).isEqualTo(highest > before);
    assertThat(words.contains("no worse")).isEqualTo(highest <= before);
    assertThat(words.contains("hardly worse")).isEqualTo(highest > before && highest < hardly);
    assertThat(words).contains(Numbers.of(before));
    if (highest > before) {
      assertThat(words).contains(" to " + Numbers.of(highest));
    }
  }

  @Example
  void aProbeWithoutNumbers() {
    assertThat(NO_PROBE.words()).isEmpty();
    assertThat(new Probe(1, Double.NaN, 1.4).words())
        .isEqualTo("On a fixed probe the loss was not finite.");
  }

  /** The share is the effect's; where the placebo has no spike there is no share. */
  @Property
  void whatATreatmentDid(
      @ForAll @Scale(4) @DoubleRange(min = -3, max = 1) double estimate,
      @ForAll @Scale(4) @DoubleRange(min = 0, max = 0.5) double width,
      @ForAll boolean spikeWithPlacebo) {
    TreatmentEffect effect = new TreatmentEffect(estimate, estimate - width, estimate + width);
    double placebo = spikeWithPlacebo ? 2 : 0;
    TreatmentResult result =
        new TreatmentResult(
            Treatment.HALF_RATE,
            "weights perturbed by 1e-04",
            460,
            List.of(),
            List.of(),
            List.of(1.0),
            List.of(placebo, placebo),
            effect);
    Notes notes = notes();
    notes.treated(result);
    Spike spike =
        new Spike(5, 5, 6, 3, new UsualRange(LossScale.LOGARITHMIC, 1, 0.05, 1e-6), false);
    String words = Wording.diagnosis(spike, notes, NO_PROBE);
    assertPlain(words);
    assertThat(words.contains("the spike lost " + Math.round(100 * estimate) + " % "))
        .isEqualTo(spikeWithPlacebo);
    assertThat(words.contains("nothing is shown")).isEqualTo(!spikeWithPlacebo);
    assertThat(words.contains("supported")).isEqualTo(spikeWithPlacebo && result.supports());
  }

  /** What was not looked at is not said to be calm. */
  @Property
  void theSummary(
      @ForAll @IntRange(min = 0, max = 300) int steps,
      @ForAll @IntRange(min = 0, max = 3) int spikes,
      @ForAll @IntRange(min = 0, max = 3) int examined,
      @ForAll boolean shift) {
    UsualRange usual = new UsualRange(LossScale.LOGARITHMIC, 1, 0.05, 1e-6);
    List<Spike> all = new ArrayList<>();
    List<Diagnosis> diagnoses = new ArrayList<>();
    for (int i = 0; i < spikes; i++) {
      all.add(new Spike(i, i, i + 1, 3, usual, shift));
      if (i < examined) {
        diagnoses.add(
            new Diagnosis(
                all.get(i),
                List.of(Cause.UNKNOWN),
                "",
                List.of(),
                List.of(),
                Optional.empty(),
                true));
      }
    }
    String words = Wording.summary(steps, all, diagnoses);
    assertPlain(words.replaceAll("of (\\d+ )?", "")); // "1 of 2 spikes"
    assertThat(words.startsWith("No spikes in ")).isEqualTo(spikes == 0);
    assertThat(words.contains("finite")).isEqualTo(spikes == 0 && steps > 0);
    assertThat(words.contains("six times")).isEqualTo(spikes == 0 && steps > 50);
    assertThat(words.contains("did not come back")).isEqualTo(shift && spikes > 0);
    assertThat(words.contains("× unknown")).isEqualTo(!diagnoses.isEmpty());
  }
}
