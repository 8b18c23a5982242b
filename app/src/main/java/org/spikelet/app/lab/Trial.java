package org.spikelet.app.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.spikelet.app.experiment.Descent;
import org.spikelet.app.experiment.Measure;
import org.spikelet.app.experiment.Model;
import org.spikelet.app.experiment.Recipe;
import org.spikelet.app.experiment.Setup;
import org.spikelet.app.question.Problem;
import org.spikelet.app.training.UpperMedian;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Module;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Batch;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Precision;
import org.spikelet.spikes.detect.Spike;
import org.spikelet.spikes.detect.SpikeSummary;

/** One run: a recipe with a seed. */
final class Trial {

  private static final int EARLY = 1_500;
  private static final int LAST = 500;
  private static final int STRETCHES = 300;
  private static final int PROBE_ROWS = 128;
  private static final int WRONG_ROW_STEP = 1_000;
  private static final double WRONG_ROW_FACTOR = 1_000;

  private final Recipe recipe;
  private final Problem problem;
  private final Module net;
  private final DataLoader loader;
  private final long steps;
  private final LongConsumer afterStep;

  private Trial(Recipe recipe, long seed, long steps, LongConsumer afterStep) {
    Setup setup = recipe.setup();
    this.recipe = recipe;
    Problem plain = setup.data().problem(seed);
    this.problem = setup.twist().results().map(p -> plain.withInputs(p::rounded)).orElse(plain);
    this.net = setup.model().net(problem.initSeed());
    DataLoader shuffled =
        new DataLoader(problem.data(), setup.batchSize()).withShuffle(problem.shuffleSeed());
    this.loader = setup.dropLast() ? shuffled.withDropLast() : shuffled;
    this.steps = steps;
    this.afterStep = afterStep;
  }

  /**
   * Trains a recipe with a seed and measures the run. The result depends on nothing else.
   *
   * @param afterStep is told the number of each step
   */
  static Outcome run(Recipe recipe, long seed, long steps, LongConsumer afterStep) {
    Outcome outcome = new Trial(recipe, seed, steps, afterStep).run();
    return recipe.setup().twist() == Setup.Twist.SHARPNESS
        ? new Trial(recipe, seed, steps, afterStep).followSharpness(outcome)
        : outcome;
  }

  /** What is found of the solution once the training is over. */
  private Map<Measure, Double> ofSolution(Descent descent, int taken) {
    Solution solution = new Solution(problem.data(), loader, this::watched);
    Map<Measure, Double> values = new EnumMap<>(Measure.class);
    values.put(Measure.TOP_ROWS, solution.shareOfTopRows());
    values.put(Measure.FROZEN_SPIKES, solution.spikes(taken));
    double[] losses = new double[Solution.BATCHES];
    Arrays.setAll(losses, i -> step(descent, taken + i));
    values.put(Measure.THAWED_SPIKES, Solution.spikes(losses));
    return values;
  }

  private Outcome run() {
    if (recipe.setup().twist() == Setup.Twist.LOW_POINT) {
      goToLowPoint();
    }
    Optional<Precision> digits = recipe.setup().twist().weights();
    digits.ifPresent(precision -> net.parameters().forEach(precision::round));
    Descent descent = recipe.optimization().maker().of(net.parameters(), steps);
    boolean probing = recipe.setup().twist() == Setup.Twist.PROBE;
    double[] losses = new double[(int) steps];
    double[] probe = new double[probing ? (int) steps : 0];
    int taken = 0;
    boolean finite = true;
    while (taken < steps && finite) {
      if (probing) {
        probe[taken] = probeLoss();
      }
      losses[taken] = step(descent, taken);
      finite = Double.isFinite(losses[taken]);
      afterStep.accept(taken);
      taken++;
    }
    Map<Measure, Double> solution =
        finite && recipe.setup().twist() == Setup.Twist.FROZEN
            ? ofSolution(descent, taken)
            : Map.of();
    return measure(
        Arrays.copyOf(losses, taken), Arrays.copyOf(probe, probing ? taken : 0), solution);
  }

  /**
   * Takes one step and returns the loss before it, or the one that is shown in its place. A loss
   * that is not finite leaves the parameters as they are: its gradient would only make them NaN.
   */
  private double step(Descent descent, int t) {
    Batch batch = loader.batch(t);
    Tensor inputs = batch.inputs();
    Tensor targets = batch.targets();
    if (recipe.setup().twist() == Setup.Twist.WRONG_ROW && t == WRONG_ROW_STEP) {
      double[] factors = new double[batch.size()];
      Arrays.fill(factors, 1);
      factors[0] = WRONG_ROW_FACTOR;
      inputs = inputs.mul(Tensor.of(Shape.of(batch.size(), 1), factors));
      double[] labels = targets.toArray();
      labels[0] = (labels[0] + 1) % Problem.OUTPUTS;
      targets = Tensor.of(targets.shape(), labels);
    }
    return step(descent, t, inputs, targets);
  }

  private double step(Descent descent, int t, Tensor inputs, Tensor targets) {
    Supplier<Tensor> loss = () -> loss(inputs, targets);
    OptionalDouble shown = shown(descent, () -> watched(inputs, targets));
    double value;
    Setup.Twist twist = recipe.setup().twist();
    try (Tape tape = twist.results().map(Tape::record).orElseGet(Tape::record)) {
      Tensor recorded = loss.get();
      value = recorded.item();
      if (Double.isFinite(value)) {
        descent.beside().told(value);
        descent.step(tape.gradients(recorded));
        twist.weights().ifPresent(precision -> precision.round(descent.optimizer()));
      }
    }
    if (Double.isFinite(value)) {
      descent.beside().after(t + 1, loss);
    }
    return shown.orElse(value);
  }

  /** The loss to look for spikes in, unless it is the one trained on. */
  private OptionalDouble shown(Descent descent, Supplier<Tensor> watched) {
    OptionalDouble shown = descent.beside().shown(watched);
    return shown.isEmpty() && model().watchesAnother()
        ? OptionalDouble.of(watched.get().item())
        : shown;
  }

  private Model model() {
    return recipe.setup().model();
  }

  private Tensor loss(Tensor inputs, Tensor targets) {
    return model().loss().apply(net.forward(inputs), targets);
  }

  private Tensor watched(Tensor inputs, Tensor targets) {
    return model().watched().apply(net.forward(inputs), targets);
  }

  private double probeLoss() {
    int[] rows = new int[PROBE_ROWS];
    Arrays.setAll(rows, i -> i);
    Dataset probe = problem.data().rows(rows);
    return watched(probe.inputs(), probe.targets()).item();
  }

  /** Trains with Adam, and leaves the net where the loss was lowest. */
  private void goToLowPoint() {
    List<Parameter> parameters = net.parameters();
    Descent adam = Descent.by(new Adam(parameters));
    double lowest = Double.POSITIVE_INFINITY;
    Tensor[] best = new Tensor[parameters.size()];
    for (int t = 0; t < steps; t++) {
      Optional<Tensor[]> before =
          t < steps / 2
              ? Optional.empty()
              : Optional.of(parameters.stream().map(Tensor::copy).toArray(Tensor[]::new));
      double loss = step(adam, t);
      afterStep.accept(t);
      if (before.isPresent() && loss < lowest) {
        lowest = loss;
        best = before.get();
      }
    }
    for (int k = 0; k < best.length; k++) {
      parameters.get(k).assign(best[k]);
    }
  }

  /** Makes the run again, and adds what is found of the sharpness. */
  private Outcome followSharpness(Outcome outcome) {
    Descent descent = recipe.optimization().maker().of(net.parameters(), steps);
    Dataset data = problem.data();
    NearThreshold threshold =
        new NearThreshold(outcome.spikes(), () -> loss(data.inputs(), data.targets()));
    for (int t = 0; t < outcome.steps(); t++) {
      threshold.before(t, descent.optimizer());
      step(descent, t);
      afterStep.accept(t);
    }
    Map<Measure, Double> values = new EnumMap<>(outcome.values());
    threshold.putInto(values);
    return new Outcome(
        values, outcome.endLoss(), outcome.steps(), outcome.spikes(), outcome.curve());
  }

  private Outcome measure(double[] losses, double[] probe, Map<Measure, Double> solution) {
    List<Spike> spikes = SpikeSummary.of(losses).spikes();
    int taken = losses.length;
    Map<Measure, Double> values = new EnumMap<>(Measure.class);
    values.putAll(solution);
    values.put(Measure.SPIKES, 1000.0 * spikes.size() / taken);
    values.put(Measure.UPWARD_VARIATION, 1000 * UpwardVariation.of(losses) / taken);
    int early = Math.min(taken, EARLY);
    values.put(
        Measure.EARLY_SPIKES,
        1000.0 * spikes.stream().filter(spike -> spike.onset() < early).count() / early);
    if (probe.length > 0) {
      values.put(
          Measure.PROBE_SPIKES, 1000.0 * SpikeSummary.of(probe).spikes().size() / probe.length);
    }
    int batches = loader.batches();
    if (batches > 1) {
      long last = taken / batches;
      long atLast = spikes.stream().filter(spike -> spike.onset() % batches == batches - 1).count();
      values.put(Measure.AT_LAST_BATCH, last == 0 ? 0 : 1000.0 * atLast / last);
      values.put(Measure.AT_OTHER_BATCHES, 1000.0 * (spikes.size() - atLast) / (taken - last));
    }
    boolean finite = Double.isFinite(losses[taken - 1]);
    values.put(Measure.NOT_FINITE, finite ? 0.0 : 1.0);
    return new Outcome(
        values,
        finite ? endLoss(losses) : Double.POSITIVE_INFINITY,
        taken,
        spikes,
        thinned(losses));
  }

  private static double endLoss(double[] losses) {
    return UpperMedian.of(
        Arrays.copyOfRange(losses, Math.max(0, losses.length - LAST), losses.length));
  }

  private static List<Outcome.Stretch> thinned(double[] losses) {
    int count = Math.min(STRETCHES, losses.length);
    List<Outcome.Stretch> curve = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      int from = (int) ((long) k * losses.length / count);
      int to = (int) ((long) (k + 1) * losses.length / count);
      double[] stretch = Arrays.copyOfRange(losses, from, to);
      Arrays.sort(stretch);
      curve.add(new Outcome.Stretch(stretch[0], stretch[stretch.length - 1]));
    }
    return curve;
  }
}
