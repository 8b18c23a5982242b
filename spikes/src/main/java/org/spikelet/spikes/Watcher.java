package org.spikelet.spikes;

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
import org.spikelet.optim.Trainer;

/** Measures everything of a {@link Ledger} during an unchanged replay. */
final class Watcher implements Replay.Observer {

  /** How long before the onset the weights are taken that hindsight judges the batch with. */
  static final int HINDSIGHT = 20;

  private final Trainer trainer;
  private final Recording recording;
  private final Evaluation evaluation;
  private final int[] probe;
  private final List<String> names;
  private final List<Parameter> trained;
  private final double[][] weights;
  private final double[][] updates;
  private final List<Ledger.Step> steps = new ArrayList<>();
  private final int[] peakRows;
  private double[] peakLosses = {};
  private double[] peakLossesBefore = {};
  private double lossBefore = Double.NaN;
  private double probeLoss;
  private Optional<Gradients> gradients = Optional.empty();

  Watcher(SpikeRecorder recorder, Recording recording, Evaluation evaluation, int[] probe) {
    this.trainer = recorder.trainer();
    this.recording = recording;
    this.evaluation = evaluation;
    this.probe = probe;
    this.trained = trainer.optimizer().parameters();
    this.names = names(recorder);
    this.weights = trained.stream().map(p -> new double[p.size()]).toArray(double[][]::new);
    this.updates = trained.stream().map(p -> new double[p.size()]).toArray(double[][]::new);
    this.peakRows = batch(recording.peak()).rows();
  }

  private static List<String> names(SpikeRecorder recorder) {
    Map<Parameter, String> paths = new HashMap<>();
    recorder.state().forEach((path, parameter) -> paths.put(parameter, path));
    return recorder.trainer().optimizer().parameters().stream()
        .map(p -> paths.getOrDefault(p, p.name()))
        .toList();
  }

  private Batch batch(long step) {
    return trainer.loader().batch(recording.signals().batch(step));
  }

  @Override
  public void before(long step) {
    probeLoss = evaluation.loss(probe);
    long onset = recording.onset();
    if (step == Math.max(recording.start().step(), onset - HINDSIGHT)) {
      peakLossesBefore = evaluation.rowLosses(peakRows);
      lossBefore = evaluation.loss(peakRows);
    }
    if (step == recording.peak()) {
      peakLosses = evaluation.rowLosses(peakRows);
    }
    for (int k = 0; k < weights.length; k++) {
      trained.get(k).copyTo(weights[k]);
    }
  }

  @Override
  public void gradients(long step, Gradients given) {
    gradients = Optional.of(given);
  }

  @Override
  public void after(long step, double loss) {
    Optimizer optimizer = trainer.optimizer();
    Gradients given = gradients.orElseThrow();
    double rate = recording.signals().learningRate(step);
    List<Ledger.Layer> layers = new ArrayList<>();
    double squaredGradient = 0;
    double squaredUpdate = 0;
    double squaredBefore = 0;
    double product = 0;
    for (int k = 0; k < trained.size(); k++) {
      double[] now = trained.get(k).toArray();
      double[] g = given.of(trained.get(k)).toArray();
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
        product += delta * before;
        squaredBefore += before * before;
        updates[k][i] = delta;
      }
      double squared = given.sumOfSquares(trained.get(k));
      squaredGradient += squared;
      squaredUpdate += update;
      Arrays.sort(p);
      layers.add(
          new Ledger.Layer(
              names.get(k),
              Math.sqrt(squared),
              Math.sqrt(scaled / now.length),
              Math.sqrt(update / weight),
              rate / p[p.length / 2],
              rate / p[p.length / 100]));
    }
    Batch batch = batch(step);
    steps.add(
        new Ledger.Step(
            step,
            batch.epoch(),
            batch.index(),
            batch.size(),
            loss,
            probeLoss,
            rate,
            Math.sqrt(squaredGradient),
            Math.sqrt(squaredUpdate),
            product / Math.sqrt(squaredUpdate * squaredBefore),
            layers));
  }

  /** The loss of the peak's batch with the weights of 20 steps before the onset. */
  double lossBefore() {
    return lossBefore;
  }

  /** The loss of each row of the peak's batch at the peak; empty if it is not known. */
  double[] peakLosses() {
    return peakLosses;
  }

  /** The ledger, for now without sharpness. */
  Ledger ledger() {
    double sum = Arrays.stream(peakLosses).sum();
    return new Ledger(
        steps,
        List.of(),
        Arrays.stream(peakRows).boxed().toList(),
        Arrays.stream(peakLosses).map(loss -> loss / sum).boxed().toList(),
        Arrays.stream(peakLossesBefore).boxed().toList());
  }
}
