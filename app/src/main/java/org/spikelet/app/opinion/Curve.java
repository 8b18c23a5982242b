package org.spikelet.app.opinion;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.spikelet.app.log.TrainingLog;
import org.spikelet.app.report.Json;

/**
 * The loss as the page draws it. Of a long log each point stands for some rows: in turn the lowest
 * and the highest of them, so that no spike is lost.
 */
record Curve(TrainingLog log, List<Case> cases, int rowsPerPoint) {

  private static final int MOST_POINTS = 20_000;
  private static final int MOST_TICKS = 500;

  static Curve of(Signals signals) {
    int size = signals.log().size();
    return new Curve(signals.log(), signals.cases(), (size + MOST_POINTS - 1) / MOST_POINTS);
  }

  void writeTo(Json json) throws IOException {
    boolean even = isEven();
    List<Case> finite = cases.stream().filter(c -> !c.isNan()).limit(MOST_TICKS).toList();
    double[] points = points();
    json.text("axis", even ? "Step" : "Line of the log with a loss")
        .number("from", even ? log.steps()[0] : 1)
        .number("every", (even ? log.interval() : 1) * rowsPerPoint)
        .text("name", log.lossName())
        .flag("positive", Arrays.stream(points).allMatch(x -> !Double.isFinite(x) || x >= 0))
        .count("rowsPerPoint", rowsPerPoint)
        .count("size", log.size())
        .numbers("losses", points)
        .objects("spikes", finite, this::spike);
  }

  private void spike(Json json, Case one) throws IOException {
    Rise rise = one.rise();
    json.count("onset", rise.onset() / rowsPerPoint)
        .count("peak", rise.peak() / rowsPerPoint)
        .count("end", Math.max(rise.onset() + 1, rise.end()) / rowsPerPoint)
        .number("peakLoss", rise.peakLoss())
        .number("usual", rise.usual().median())
        .flag("visible", rise.kind() == Rise.Kind.SPIKE);
  }

  /** Whether a row's step follows from its place. */
  private boolean isEven() {
    double[] steps = log.steps();
    double interval = log.interval();
    int uneven = 0;
    for (int i = 1; i < steps.length; i++) {
      uneven += steps[i] - steps[i - 1] == interval ? 0 : 1;
    }
    return uneven == 0;
  }

  private double[] points() {
    double[] losses = log.losses();
    if (rowsPerPoint == 1) {
      return losses;
    }
    double[] points = new double[(losses.length + rowsPerPoint - 1) / rowsPerPoint];
    for (int p = 0; p < points.length; p++) {
      int from = p * rowsPerPoint;
      double chosen = losses[from];
      for (int i = from + 1; i < Math.min(losses.length, from + rowsPerPoint); i++) {
        chosen = p % 2 == 0 ? Math.max(chosen, losses[i]) : Math.min(chosen, losses[i]);
      }
      points[p] = chosen;
    }
    for (Case one : cases) {
      if (one.rise().finite()) {
        points[one.rise().peak() / rowsPerPoint] = one.rise().peakLoss();
      }
    }
    return points;
  }
}
