package org.spikelet.spikes.stability;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.curvature.Hessian;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.TrainingStep;

/**
 * The state just before a step. Once the step is over, its gradient g is known, and the curvature
 * along it costs one gradient more, a little further on:
 *
 * <pre>
 * d = P⁻¹·g
 * c = dᵀ·(∇L(w + h·d) − g) / (h · gᵀ·d)
 * </pre>
 *
 * <p>That is the {@link DirectionalSharpness} of the weights before the step but for an error of
 * the order of h, with h·‖d‖ = 10⁻¹⁰·‖w‖: so near the weights there is seldom a kink, of which relu
 * has many where it was trained to a small loss. A kink between the two makes c far too large, so
 * what comes to the level of a warning is measured again, by the product with the Hessian.
 */
final class BeforeStep {

  /** h·‖d‖ in units of ‖w‖. */
  private static final double LENGTH = 1e-10;

  /**
   * By how much of itself the loss may differ from what g and c make of it. It is the same to many
   * more digits, unless it was not the loss of the step: then c would be nonsense.
   */
  private static final double SAME_LOSS = 1e-3;

  /** The number of a state that no step begins at. */
  static final long OF_NO_STEP = -1;

  private final long number;
  private final Optimizer optimizer;
  private final List<Parameter> trained;
  private final List<Parameter> frozen;
  private final List<double[]> weights;
  private final List<double[]> frozenValues;
  private final List<double[]> preconditioners;
  private final int[] versions;

  /**
   * Copies the present state.
   *
   * @param number of the step that comes next, or {@link #OF_NO_STEP}
   * @param frozen what a forward pass may change
   */
  BeforeStep(long number, Optimizer optimizer, List<Parameter> frozen) {
    this.number = number;
    this.optimizer = optimizer;
    this.frozen = frozen;
    trained = optimizer.parameters();
    weights = copies(trained);
    frozenValues = copies(frozen);
    preconditioners = Sharpness.preconditioners(optimizer);
    versions = trained.stream().mapToInt(Parameter::version).toArray();
  }

  static List<double[]> copies(List<Parameter> parameters) {
    return parameters.stream().map(Tensor::toArray).toList();
  }

  static void put(List<double[]> values, List<Parameter> parameters) {
    for (int k = 0; k < values.size(); k++) {
      double[] source = values.get(k);
      parameters.get(k).update(w -> System.arraycopy(source, 0, w, 0, w.length));
    }
  }

  /**
   * Whether this step began at the copied weights: they were changed by it alone, or by nothing.
   */
  private boolean isBefore(TrainingStep step) {
    return step.number() == number && areChangedAtMost(1);
  }

  /** Whether nothing has changed the copied weights so far, and a step can begin at them. */
  boolean isUntouched() {
    return number != OF_NO_STEP && areChangedAtMost(0);
  }

  private boolean areChangedAtMost(int times) {
    return IntStream.range(0, versions.length)
        .allMatch(k -> trained.get(k).version() - versions[k] <= times);
  }

  /**
   * Measures the curvature along the step's gradient at the weights before it, and puts the present
   * state back.
   *
   * @param loss computes the loss of the step's batch; called once or twice
   * @param level the ratio from which on the product is taken
   * @return empty if the step did not begin here, or if it was not this loss
   */
  Optional<DirectionalSharpness> measure(TrainingStep step, Supplier<Tensor> loss, double level) {
    if (!isBefore(step)) {
      return Optional.empty();
    }
    List<double[]> gradient = of(step.lossGradients());
    List<double[]> direction = divided(gradient, preconditioners);
    double slope = dot(gradient, direction); // gᵀ·d
    double length = Math.sqrt(dot(direction, direction));
    if (!(slope > 0 && length < Double.POSITIVE_INFINITY)) {
      return Optional.of(found(step, Double.NaN));
    }
    double size = Math.sqrt(dot(weights, weights));
    double h = LENGTH * (size > 0 ? size : 1) / length;
    Moved moved = at(moved(h, direction), () -> Moved.of(loss, this::of));
    double curvature = (dot(moved.gradient, direction) - slope) / h; // dᵀ·H·d
    double expected = step.loss() + h * slope + h * h * curvature / 2;
    if (Math.abs(moved.loss - expected)
        > SAME_LOSS * (Math.abs(step.loss()) + Math.abs(moved.loss))) {
      return Optional.empty();
    }
    DirectionalSharpness found = found(step, curvature / slope);
    return Optional.of(
        found.ratio() >= level ? found(step, at(weights, () -> product(loss))) : found);
  }

  private DirectionalSharpness found(TrainingStep step, double value) {
    return new DirectionalSharpness(
        number, step.learningRate(), value, DirectionalSharpness.threshold(optimizer));
  }

  private double product(Supplier<Tensor> loss) {
    return Hessian.of(loss, trained).scaled(Sharpness.inverseRoot(preconditioners)).alongGradient();
  }

  /** The loss and its gradient at other weights. */
  private record Moved(double loss, List<double[]> gradient) {

    static Moved of(Supplier<Tensor> loss, Function<Gradients, List<double[]>> flat) {
      try (Tape tape = Tape.record()) {
        Tensor value = loss.get();
        return new Moved(value.item(), flat.apply(tape.gradients(value)));
      }
    }
  }

  /** Does something at other weights with the frozen state of before the step. */
  private <T> T at(List<double[]> others, Supplier<T> work) {
    List<double[]> present = copies(trained);
    List<double[]> presentFrozen = copies(frozen);
    try {
      put(others, trained);
      put(frozenValues, frozen);
      return work.get();
    } finally {
      put(present, trained);
      put(presentFrozen, frozen);
    }
  }

  private List<double[]> of(Gradients gradients) {
    return trained.stream().map(parameter -> gradients.of(parameter).toArray()).toList();
  }

  private List<double[]> moved(double h, List<double[]> direction) {
    List<double[]> moved = weights.stream().map(double[]::clone).toList();
    for (int k = 0; k < moved.size(); k++) {
      double[] w = moved.get(k);
      double[] d = direction.get(k);
      for (int i = 0; i < w.length; i++) {
        w[i] += h * d[i];
      }
    }
    return moved;
  }

  private static List<double[]> divided(List<double[]> gradient, List<double[]> by) {
    List<double[]> quotients = gradient.stream().map(double[]::clone).toList();
    for (int k = 0; k < quotients.size(); k++) {
      double[] d = quotients.get(k);
      double[] p = by.get(k);
      for (int i = 0; i < d.length; i++) {
        d[i] /= p[i];
      }
    }
    return quotients;
  }

  private static double dot(List<double[]> a, List<double[]> b) {
    double sum = 0;
    for (int k = 0; k < a.size(); k++) {
      double[] x = a.get(k);
      double[] y = b.get(k);
      for (int i = 0; i < x.length; i++) {
        sum += x[i] * y[i];
      }
    }
    return sum;
  }
}
