package org.spikelet.spikes.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.optim.Batch;
import org.spikelet.optim.Optimizer;
import org.spikelet.spikes.record.SpikeRecorder;
import org.spikelet.spikes.replay.Evaluation;
import org.spikelet.spikes.replay.Replay;

/** Measures a {@link Course} during an unchanged replay, all but the sharpness. */
final class CourseWatcher implements Replay.Observer {

  /** Whether a loss goes by the size of the batch is seen from so many rows. */
  private static final int SOME = 8;

  private final RecordedFacts recorded;
  private final Optimizer optimizer;
  private final Evaluation evaluation;
  private final int[] probe;
  private final List<String> names;
  private final List<Parameter> trained;
  private final double[][] weights;
  private final double[][] updates;
  private final List<Course.Step> steps = new ArrayList<>();
  private final int[] peakRows;
  private double[] peakLosses = {};
  private double[] peakLossesBefore = {};
  private double lossBefore = Double.NaN;
  private double probeLoss;
  private double lossBySize = Double.NaN;
  private Optional<Gradients> gradients = Optional.empty();

  /** Sums over all weights of one step. */
  private static final class Sums {
    private double squaredGradient;
    private double squaredUpdate;
    private double squaredBefore;
    private double product;
  }

  /** Measures the loss of a probe as well, which is some rows of the data. */
  CourseWatcher(RecordedFacts recorded, Evaluation evaluation, int[] probe) {
    this.recorded = recorded;
    this.evaluation = evaluation;
    this.probe = probe;
    optimizer = recorded.trainer().optimizer();
    trained = optimizer.parameters();
    names = names(recorded.recorder(), trained);
    weights = trained.stream().map(p -> new double[p.size()]).toArray(double[][]::new);
    updates = trained.stream().map(p -> new double[p.size()]).toArray(double[][]::new);
    peakRows = recorded.peakBatch().rows();
  }

  private static List<String> names(SpikeRecorder recorder, List<Parameter> trained) {
    Map<Parameter, String> paths = new HashMap<>();
    recorder.state().forEach((path, parameter) -> paths.put(parameter, path));
    return trained.stream().map(p -> paths.getOrDefault(p, p.name())).toList();
  }

  @Override
  public void before(long step) {
    probeLoss = evaluation.loss(probe);
    if (step == recorded.stepOfHindsight()) {
      peakLossesBefore = evaluation.rowLosses(peakRows);
      lossBefore = evaluation.loss(peakRows);
      recorded.smallLastStep().ifPresent(this::measureLossBySize);
    }
    if (step == recorded.peak()) {
      peakLosses = evaluation.rowLosses(peakRows);
    }
    for (int k = 0; k < weights.length; k++) {
      trained.get(k).copyTo(weights[k]);
    }
  }

  /** For some of the rows of a small batch. */
  private void measureLossBySize(long small) {
    int[] rows = recorded.batch(small).rows();
    int[] some = Arrays.copyOf(rows, Math.min(SOME, rows.length));
    lossBySize = evaluation.sizeRatio(rows.length, recorded.usualBatchSize(), some);
  }

  @Override
  public void gradients(long step, Gradients given) {
    gradients = Optional.of(given);
  }

  @Override
  public void after(long step, double loss) {
    double rate = recorded.rate(step);
    Sums sums = new Sums();
    List<Course.Layer> layers = new ArrayList<>();
    for (int k = 0; k < trained.size(); k++) {
      if (trained.get(k).size() > 0) {
        layers.add(layer(k, rate, sums));
      }
    }
    Batch batch = recorded.batch(step);
    steps.add(
        new Course.Step(
            step,
            batch.epoch(),
            batch.index(),
            batch.size(),
            loss,
            probeLoss,
            rate,
            Math.sqrt(sums.squaredGradient),
            Math.sqrt(sums.squaredUpdate),
            sums.product / Math.sqrt(sums.squaredUpdate * sums.squaredBefore),
            layers));
  }

  /** Measures one parameter, and adds it to the sums over all. */
  private Course.Layer layer(int k, double rate, Sums sums) {
    Gradients given = gradients.orElseThrow();
    double[] g = given.of(trained.get(k)).toArray();
    double[] now = trained.get(k).toArray();
    double[] p = optimizer.preconditioner(k);
    double scaled = 0;
    double update = 0;
    double weight = 0;
    for (int i = 0; i < now.length; i++) {
      double delta = now[i] - weights[k][i];
      double before = updates[k][i];
      scaled += (g[i] / p[i]) * (g[i] / p[i]);
      update += delta * delta;
      weight += now[i] * now[i];
      sums.product += delta * before;
      sums.squaredBefore += before * before;
      updates[k][i] = delta;
    }
    double squared = given.sumOfSquares(trained.get(k));
    sums.squaredGradient += squared;
    sums.squaredUpdate += update;
    Arrays.sort(p);
    return new Course.Layer(
        names.get(k),
        Math.sqrt(squared),
        Math.sqrt(scaled / now.length),
        Math.sqrt(update / weight),
        rate / Quantile.ofSorted(p, 1, 2),
        rate / Quantile.ofSorted(p, 1, 100));
  }

  /** The loss of the peak's batch with the weights of 20 steps before the onset. */
  double lossBefore() {
    return lossBefore;
  }

  /** How the loss of the small batch goes by its size; NaN if that is not known. */
  double lossBySize() {
    return lossBySize;
  }

  /** The loss of each row of the peak's batch at the peak; empty if it is not known. */
  double[] peakLosses() {
    return peakLosses;
  }

  /** The course, without sharpness. */
  Course course() {
    // Of a sum in which parts are below 0 a part is no share.
    boolean parts = Arrays.stream(peakLosses).allMatch(loss -> loss >= 0);
    double sum = Arrays.stream(peakLosses).sum();
    return new Course(
        steps,
        List.of(),
        Arrays.stream(peakRows).boxed().toList(),
        parts ? Arrays.stream(peakLosses).map(loss -> loss / sum).boxed().toList() : List.of(),
        Arrays.stream(peakLossesBefore).boxed().toList());
  }
}
