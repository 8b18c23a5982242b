package org.spikelet.spikes;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Schedule;
import org.spikelet.optim.Sgd;
import org.spikelet.optim.Trainer;
import org.spikelet.optim.TrainingListener;
import org.spikelet.spikes.record.SpikeRecorder;

/**
 * A training for tests that does as it is told: the loss of each row is a function of how far two
 * weights have moved, and gradient and curvature are set apart from it.
 *
 * <p>Both weights begin at 1. How far one has moved, d = (1 − w) / 0.01, counts steps of SGD at a
 * rate of 0.01 and a gradient of 1, which is that of the first weight unless it is set.
 */
public final class World {

  /** The learning rate, unless it is set. */
  public static final double RATE = 0.01;

  /** The loss of a row. */
  public interface RowLoss {
    double of(double[] moved, int row);
  }

  /** The gradient that a row gives a weight. */
  public interface RowSlope {
    double of(int row, int weight);
  }

  private final RowLoss loss;
  private final Parameter weights = Parameter.of("inner", Tensor.vector(1, 1));
  private RowSlope slope = (row, weight) -> weight == 0 ? 1 : 0;
  private double curvature;
  private BiFunction<List<Parameter>, Schedule, Optimizer> rule = Sgd::new;
  private Schedule schedule = Schedule.constant(RATE);
  private int rows = 600;
  private int batchSize = 2;
  private Tensor targets = Tensor.zeros(Shape.of(600, 1));

  private World(RowLoss loss) {
    this.loss = loss;
  }

  /** By SGD, in batches of two rows, of which no row comes twice in 300 steps. */
  public static World of(RowLoss loss) {
    return new World(loss);
  }

  /** The same with a loss that goes by the row alone. */
  public static World of(IntToDoubleFunction rowLoss) {
    return new World((moved, row) -> rowLoss.applyAsDouble(row));
  }

  public World slope(RowSlope of) {
    slope = of;
    return this;
  }

  /** The second derivative of the loss by the first weight. */
  public World curvature(double h) {
    curvature = h;
    return this;
  }

  public World rule(BiFunction<List<Parameter>, Schedule, Optimizer> of) {
    rule = of;
    return this;
  }

  public World schedule(Schedule of) {
    schedule = of;
    return this;
  }

  public World batches(int number, int size) {
    rows = number;
    batchSize = size;
    targets = Tensor.zeros(Shape.of(number, 1));
    return this;
  }

  public World classes(IntUnaryOperator of) {
    return targets(of::applyAsInt);
  }

  /** A number for each row. */
  public World targets(IntToDoubleFunction of) {
    targets = Tensor.of(Shape.of(rows), IntStream.range(0, rows).mapToDouble(of).toArray());
    return this;
  }

  /** A trainer that has made no step. */
  public Trainer trainer() {
    Tensor numbers =
        Tensor.of(Shape.of(rows, 1), IntStream.range(0, rows).asDoubleStream().toArray());
    return new Trainer(
        this::predict,
        (predictions, ignored) -> predictions.mean(),
        rule.apply(List.of(weights), schedule),
        new DataLoader(new Dataset(numbers, targets), batchSize));
  }

  /** Records so many steps. */
  public SpikeRecorder run(long steps, TrainingListener... listeners) {
    Trainer trainer = trainer();
    SpikeRecorder recorder = SpikeRecorder.attach(trainer, Map.of("w", weights));
    for (TrainingListener listener : listeners) {
      trainer.listen(listener);
    }
    trainer.run(steps);
    return recorder;
  }

  /** The weights, to change them from outside. */
  public Parameter weights() {
    return weights;
  }

  /** The losses of rows, with a gradient and a curvature that have nothing to do with them. */
  private Tensor predict(Tensor numbers) {
    int n = numbers.shape().dimension(0);
    double[] moved = {(1 - weights.at(0)) / RATE, (1 - weights.at(1)) / RATE};
    double[] values = new double[n];
    double[] slopes = new double[2 * n];
    for (int i = 0; i < n; i++) {
      int row = (int) numbers.at(i);
      values[i] = loss.of(moved, row);
      slopes[2 * i] = slope.of(row, 0);
      slopes[2 * i + 1] = slope.of(row, 1);
    }
    Tensor nothing = weights.sub(weights.detach()); // 0, but with derivatives
    Tensor first = Tensor.of(Shape.of(n, 2), slopes).matmul(nothing.reshape(2, 1)).reshape(n);
    Tensor second = nothing.mul(nothing).mul(Tensor.vector(curvature / 2, 0)).sum();
    return Tensor.vector(values).add(first).add(second);
  }
}
