package org.spikelet.app.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.spikelet.spikes.Arm;
import org.spikelet.spikes.Diagnosis;
import org.spikelet.spikes.Ledger;

/** Writes the ledger entry of a spike. */
final class LedgerJson {

  /** Of a full batch only the rows with the largest shares are shown. */
  private static final int ROWS = 8;

  private LedgerJson() {}

  static void write(Json json, Diagnosis diagnosis) throws IOException {
    json.texts("causes", diagnosis.causes().stream().map(cause -> cause.words()).toList())
        .text("words", diagnosis.words())
        .flag("reproduced", diagnosis.reproduced())
        .objects(
            "evidence",
            diagnosis.evidence(),
            (item, evidence) ->
                item.text("name", evidence.name())
                    .number("value", evidence.value())
                    .number("limit", evidence.limit())
                    .text("words", evidence.words()))
        .objects("arms", diagnosis.arms(), LedgerJson::arm);
    if (diagnosis.ledger().isPresent()) {
      ledger(json, diagnosis.ledger().get(), diagnosis.spike().peak());
    }
  }

  private static void arm(Json json, Arm arm) throws IOException {
    json.text("name", arm.name())
        .text("placebo", arm.placebo())
        .count("first", arm.firstStep())
        .numbers("losses", arm.losses())
        .numbers("placeboLosses", arm.placeboLosses())
        .number("effect", arm.effect().estimate())
        .number("low", arm.effect().low())
        .number("high", arm.effect().high())
        .text("verdict", arm.effect().verdict().name().toLowerCase(Locale.ROOT));
  }

  private static void ledger(Json json, Ledger ledger, long peak) throws IOException {
    List<Ledger.Step> steps = ledger.steps();
    if (steps.isEmpty()) {
      return;
    }
    json.count("first", steps.get(0).number())
        .numbers("loss", column(steps, Ledger.Step::loss))
        .numbers("probe", column(steps, Ledger.Step::probeLoss))
        .numbers("gradient", column(steps, Ledger.Step::gradientNorm))
        .numbers("update", column(steps, Ledger.Step::updateNorm))
        .numbers("cosine", column(steps, Ledger.Step::updateCosine))
        .numbers("rms", column(steps, Ledger.Step::largestRms))
        .objects(
            "sharpness",
            ledger.sharpness(),
            (item, sharpness) ->
                item.count("step", sharpness.step())
                    .number("value", sharpness.learningRate() * sharpness.value())
                    .number("threshold", sharpness.threshold()));
    for (Ledger.Step step : steps) {
      if (step.number() == peak) {
        json.object("peak", item -> peak(item, step));
      }
    }
    rows(json, ledger);
  }

  private static double[] column(List<Ledger.Step> steps, ToDoubleFunction<Ledger.Step> value) {
    return steps.stream().mapToDouble(value).toArray();
  }

  private static void peak(Json json, Ledger.Step step) throws IOException {
    json.count("epoch", step.epoch())
        .count("index", step.index())
        .count("batchSize", step.batchSize())
        .number("learningRate", step.learningRate())
        .number("gradientNorm", step.gradientNorm())
        .number("updateNorm", step.updateNorm())
        .number("cosine", step.updateCosine())
        .objects(
            "layers",
            step.layers(),
            (item, layer) ->
                item.text("name", layer.name())
                    .number("rms", layer.rms())
                    .number("gradientNorm", layer.gradientNorm())
                    .number("updateRatio", layer.updateRatio())
                    .number("medianRate", layer.medianRate())
                    .number("largestRate", layer.largestRate()));
  }

  /** The rows with the largest shares of the peak's loss. */
  private static void rows(Json json, Ledger ledger) throws IOException {
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, ledger.peakShares().size()).boxed().toList());
    order.sort(Comparator.comparingDouble((Integer i) -> ledger.peakShares().get(i)).reversed());
    json.count("rowCount", ledger.peakRows().size())
        .objects(
            "rows",
            order.stream().limit(ROWS).toList(),
            (item, i) -> {
              item.count("row", ledger.peakRows().get(i))
                  .number("share", ledger.peakShares().get(i));
              if (i < ledger.peakLossesBefore().size()) {
                item.number("before", ledger.peakLossesBefore().get(i));
              }
            })
        .numbers("sampleIds", ledger.peakRows().stream().limit(64).toList());
  }
}
