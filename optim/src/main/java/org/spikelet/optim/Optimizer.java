package org.spikelet.optim;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.kernels.OnlyReads;

/**
 * Changes parameters so that a loss falls, given its gradients.
 *
 * <p>An optimizer is settings, state, and one rule. A subclass names the arrays that it keeps for
 * each parameter when it is made, and writes its paper's lines in {@link #update}:
 *
 * <pre>{@code
 * public final class Signum extends Optimizer { // Bernstein et al. 2018, Algorithm 2
 *   public Signum(List<Parameter> parameters, Schedule schedule) {
 *     super(parameters, schedule, WeightDecay.decoupled(0.01), "m");
 *   }
 *
 *   protected void update(Slot slot, double[] w, double[] g, int from, int to) {
 *     double[] m = slot.array(0);
 *     for (int i = from; i < to; i++) {
 *       m[i] = 0.9 * m[i] + 0.1 * g[i];
 *       w[i] -= slot.learningRate() * Math.signum(m[i]);
 *     }
 *   }
 * }
 * }</pre>
 */
public abstract class Optimizer {

  private static final int CACHED = 1024;

  private final List<Parameter> parameters;
  private final List<Slot> slots;
  private final List<Update> updates;
  private final WeightDecay decay;
  private final List<String> names;

  private Schedule schedule;
  private long steps;

  /**
   * Makes an optimizer of these parameters, without weight decay.
   *
   * @param arrays names of the arrays that the rule keeps for each parameter, {@link Slot#array}
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice
   */
  protected Optimizer(List<Parameter> parameters, Schedule schedule, String... arrays) {
    this(parameters, schedule, WeightDecay.NONE, arrays);
  }

  /**
   * Makes an optimizer of these parameters. The decay is done before the rule, which need not know
   * of it.
   *
   * @param arrays names of the arrays that the rule keeps for each parameter, {@link Slot#array}
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice
   */
  @SuppressWarnings("this-escape") // the updates know this optimizer, and are not run before a step
  protected Optimizer(
      List<Parameter> parameters, Schedule schedule, WeightDecay decay, String... arrays) {
    check(Check.given("parameters", parameters));
    if (List.of(arrays).stream().distinct().count() != arrays.length) {
      throw new IllegalArgumentException("optimizer: an array is named twice: " + List.of(arrays));
    }
    this.parameters = List.copyOf(parameters);
    this.schedule = Check.given("schedule", schedule);
    this.decay = Check.given("weight decay", decay);
    this.names = List.of(arrays);
    this.slots = parameters.stream().map(p -> new Slot(p, arrays.length)).toList();
    // The rules of this package only read a gradient; who knows what others do.
    boolean reads = getClass().getPackage() == Optimizer.class.getPackage();
    this.updates =
        slots.stream()
            .map(slot -> reads && decay.inGradient() == 0 ? new Reading(slot) : new Update(slot))
            .toList();
  }

  private static void check(List<Parameter> parameters) {
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("optimizer: there are no parameters to optimize");
    }
    for (Parameter parameter : parameters) {
      if (!parameter.trainable()) {
        throw new IllegalArgumentException(
            "optimizer: parameter '" + parameter.name() + "' is frozen; leave it out");
      }
    }
    if (parameters.stream().distinct().count() != parameters.size()) {
      throw new IllegalArgumentException("optimizer: a parameter is listed twice");
    }
  }

  /**
   * Takes one step. Modifies the parameters and the optimizer's state. As in PyTorch, a parameter
   * that the loss was not computed from is left alone, with its state. So are all of them if the
   * gradients are {@link Gradients#none}: the step is skipped, and counts for the schedule alone.
   * To climb instead (PyTorch's {@code maximize}), hand over {@code gradients.scale(-1)}.
   *
   * @throws IllegalArgumentException if there are gradients, but of none of the parameters
   * @throws IllegalStateException if the tape of the gradients has closed
   */
  public final void step(Gradients gradients) {
    checkRelated(gradients);
    double learningRate = learningRate();
    steps++;
    for (int k = 0; k < parameters.size(); k++) {
      Parameter parameter = parameters.get(k);
      if (gradients.contains(parameter)) {
        slots.get(k).count(learningRate);
        parameter.update(gradients.of(parameter), updates.get(k));
      }
    }
  }

  private void checkRelated(Gradients gradients) {
    if (gradients.isEmpty()) {
      return;
    }
    for (Parameter parameter : parameters) {
      if (gradients.contains(parameter)) {
        gradients.of(parameter).detach(); // refused on another thread, before anything has changed
        return;
      }
    }
    throw new IllegalArgumentException(
        "step: the loss was computed from none of the "
            + parameters.size()
            + " parameters of this optimizer; was it another model?");
  }

  /** What a step does to one parameter: weight decay, and the rule. */
  private class Update implements Parameter.Rule {

    private final Slot slot;

    Update(Slot slot) {
      this.slot = slot;
    }

    @Override
    public void begin(double[] w, double[] g) {
      if (decay.inGradient() > 0) {
        decay.addTo(g, w);
      }
      slot.learningRate(learningRate(slot, g));
    }

    @Override
    public void apply(double[] w, double[] g, int from, int to) {
      if (decay.decoupled() == 0) {
        update(slot, w, g, from, to);
        return;
      }
      // So few at a time that they are still in the first cache when the rule needs them.
      for (int i = from; i < to; i += CACHED) {
        int end = Math.min(i + CACHED, to);
        decay.shrink(slot.learningRate(), w, i, end);
        update(slot, w, g, i, end);
      }
    }
  }

  /** One that leaves the gradient as it is, and needs no copy of it. */
  private final class Reading extends Update implements OnlyReads {

    Reading(Slot slot) {
      super(slot);
    }
  }

  /**
   * Returns the learning rate for one parameter in this step: the step's own, unless the rule has
   * another one. Called before {@link #update}, and once for each parameter.
   *
   * @param slot the parameter's state, its learning rate being the step's
   * @param g the whole gradient, with the weight decay in it if there is any
   */
  protected double learningRate(Slot slot, double[] g) {
    return slot.learningRate();
  }

  /**
   * Applies the rule to a stretch of one parameter. Modifies w and the arrays of the slot, element
   * by element: other stretches may be changed at the same time by other threads. Settings are best
   * read into local variables before the loop, or it may not be vectorized.
   *
   * @param slot the parameter's state, with the learning rate and the number of updates
   * @param w the parameter's values
   * @param g a copy of the gradient, of the same length, with the weight decay in it if there is
   *     any; in a rule of this package without such decay the gradient itself, only to be read
   * @param from the first index of the stretch
   * @param to the index after the last
   */
  protected abstract void update(Slot slot, double[] w, double[] g, int from, int to);

  /**
   * Returns the state of one parameter, live.
   *
   * @param k the parameter's position in the list
   */
  protected final Slot slot(int k) {
    return slots.get(k);
  }

  final List<Slot> slots() {
    return slots;
  }

  /** Returns the names of the arrays in each slot. */
  final List<String> arrays() {
    return names;
  }

  final void steps(long steps) {
    this.steps = steps;
  }

  /**
   * Returns the settings; none unless the rule has some. A {@link Checkpoint} compares their text:
   * a record's names each of them.
   */
  public Object settings() {
    return "";
  }

  /** Returns the parameters. */
  public final List<Parameter> parameters() {
    return parameters;
  }

  /** Returns the number of steps taken. */
  public final long steps() {
    return steps;
  }

  /**
   * Returns the rate of the next step.
   *
   * @throws IllegalArgumentException if the schedule gives one that is negative or not finite
   */
  public final double learningRate() {
    double rate = schedule.at(steps);
    if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "learning rate: the schedule gives " + rate + " for step " + steps);
    }
    return rate;
  }

  /**
   * Sets a constant learning rate from the next step on.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public final void learningRate(double learningRate) {
    schedule = Schedule.constant(learningRate);
  }

  /** Sets the schedule, a function of the number of steps taken, from the next step on. */
  public final void schedule(Schedule schedule) {
    this.schedule = Check.given("schedule", schedule);
  }

  /** Returns the schedule, a function of the number of steps taken. */
  public final Schedule schedule() {
    return schedule;
  }

  /** Returns a copy of all that changes from step to step, to be {@linkplain #restore restored}. */
  public final OptimizerState save() {
    OptimizerState state = blank();
    save(state);
    return state;
  }

  /** Returns the state of this optimizer as it would be with no step taken. */
  public final OptimizerState blank() {
    int[] sizes = parameters.stream().mapToInt(Parameter::size).toArray();
    return new OptimizerState(getClass(), sizes, schedule);
  }

  /** Overwrites an earlier copy with all that changes from step to step; allocates nothing new. */
  public final void save(OptimizerState state) {
    state.write(getClass(), names, slots, steps, schedule);
  }

  /**
   * Goes back to a saved state, bit for bit: moments, counts and schedule. Modifies this, but not
   * the parameters, nor settings such as ε. An array that the saved optimizer did not keep, because
   * of other settings, becomes zeros.
   *
   * @throws IllegalArgumentException if it was saved by another kind of optimizer, by one that kept
   *     an array more, or for parameters of other sizes; then nothing has changed
   */
  public final void restore(OptimizerState state) {
    state.read(getClass(), names, slots);
    steps = state.steps();
    schedule = state.schedule();
  }

  /**
   * Returns the diagonal of the preconditioner P of one parameter as the last step left it: without
   * momentum the rule is w ← w − η · P⁻¹ · g. Ones, unless the rule divides the gradient.
   *
   * @param k the parameter's position in the list
   */
  public double[] preconditioner(int k) {
    double[] ones = new double[parameters.get(k).size()];
    Arrays.fill(ones, 1);
    return ones;
  }

  /**
   * Returns the largest η · λ at which this rule converges on a quadratic loss, with η the learning
   * rate, λ the largest eigenvalue of P^(−½) · H · P^(−½) and P the {@linkplain #preconditioner
   * preconditioner}, held fixed; empty if nobody worked it out for this rule.
   *
   * <p>Weight decay in the gradient is not in H.
   */
  public OptionalDouble stabilityThreshold() {
    return OptionalDouble.empty();
  }
}
