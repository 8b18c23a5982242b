package org.spikelet.app.report;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.spikelet.app.tables.RowNames;
import org.spikelet.spikes.diagnose.Course;
import org.spikelet.spikes.diagnose.Diagnosis;
import org.spikelet.spikes.diagnose.TreatmentResult;

/** Writes what the doctor found of a spike. */
final class DiagnosisJson {

  /** Of a full batch only the rows with the largest shares are shown. */
  private static final int ROWS = 8;

  private DiagnosisJson() {}

  static void write(Json json, Diagnosis diagnosis, RowNames names) throws IOException {
    json.texts("causes", diagnosis.causes().stream().map(cause -> cause.words()).toList())
        .text("words", NamedRows.words(diagnosis, names))
        .flag("reproduced", diagnosis.reproduced())
        .objects(
            "evidence",
            diagnosis.evidence(),
            (item, evidence) ->
                item.text("symptom", evidence.symptom().name())
                    .text("name", evidence.symptom().words())
                    .number("value", evidence.value())
                    .number("limit", evidence.limit())
                    .text("words", NamedRows.words(diagnosis, evidence, names)))
        .objects("arms", diagnosis.treatments(), DiagnosisJson::treatment);
    if (diagnosis.course().isPresent()) {
      course(json, diagnosis.course().get(), diagnosis.spike().peak(), names);
    }
  }

  private static void treatment(Json json, TreatmentResult result) throws IOException {
    json.text("name", result.treatment().words())
        .text("placebo", result.placebo())
        .count("first", result.firstStep())
        .numbers("losses", result.losses())
        .numbers("placeboLosses", result.placeboLosses())
        .number("effect", result.effect().estimate())
        .number("low", result.effect().low())
        .number("high", result.effect().high())
        .count("replays", result.heights().size())
        .text("verdict", result.effect().conclusion().name().toLowerCase(Locale.ROOT));
  }

  private static void course(Json json, Course course, long peak, RowNames names)
      throws IOException {
    List<Course.Step> steps = course.steps();
    if (steps.isEmpty()) {
      return;
    }
    json.count("first", steps.get(0).number())
        .numbers("loss", column(steps, Course.Step::loss))
        .numbers("probe", column(steps, Course.Step::probeLoss))
        .numbers("gradient", column(steps, Course.Step::gradientNorm))
        .numbers("update", column(steps, Course.Step::updateNorm))
        .numbers("cosine", column(steps, Course.Step::updateCosine))
        .numbers("rms", column(steps, Course.Step::largestRms))
        .objects(
            "sharpness",
            course.sharpness(),
            (item, sharpness) ->
                item.count("step", sharpness.step())
                    .number("value", sharpness.learningRate() * sharpness.value())
                    .number("threshold", sharpness.threshold()));
    for (Course.Step step : steps) {
      if (step.number() == peak) {
        json.object("peak", item -> peak(item, step));
      }
    }
    rows(json, course, names);
  }

  private static double[] column(List<Course.Step> steps, ToDoubleFunction<Course.Step> value) {
    return steps.stream().mapToDouble(value).toArray();
  }

  private static void peak(Json json, Course.Step step) throws IOException {
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
  private static void rows(Json json, Course course, RowNames names) throws IOException {
    json.count("rowCount", course.peakRows().size())
        .objects(
            "rows",
            NamedRows.largest(course).stream().limit(ROWS).toList(),
            (item, i) -> {
              item.text("row", names.words(course.peakRows().get(i)))
                  .number("share", course.peakShares().get(i));
              if (i < course.peakLossesBefore().size()) {
                item.number("before", course.peakLossesBefore().get(i));
              }
            })
        .texts("sampleIds", course.peakRows().stream().limit(64).map(names::name).toList());
  }
}
