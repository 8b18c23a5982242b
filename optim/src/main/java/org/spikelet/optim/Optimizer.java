package org.spikelet.optim;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;

/**
 * Changes parameters so that a loss falls, given its gradients.
 *
 * <p>An optimizer is hyper-parameters, state, and one rule. A subclass asks for its state with
 * {@link #state}, one array for each parameter, and writes the rule in {@link #update}.
 */
public abstract class Optimizer {

  private final List<Parameter> parameters;
  private final long[] updates;
  private final Map<String, double[][]> states = new LinkedHashMap<>();
  private Schedule schedule;
  private long steps;

  /**
   * Makes an optimizer of these parameters.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is frozen or listed twice
   */
  protected Optimizer(List<Parameter> parameters, Schedule schedule) {
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
    this.parameters = List.copyOf(parameters);
    this.updates = new long[parameters.size()];
    this.schedule = schedule;
  }

  /**
   * Takes one step. Modifies the parameters and the optimizer's state. As in PyTorch, a parameter
   * that the loss was not computed from is left alone, with its state.
   *
   * @throws IllegalArgumentException if none of the parameters was used for the loss
   * @throws IllegalStateException if the tape of the gradients has closed
   */
  public final void step(Gradients gradients) {
    checkRelated(gradients);
    double learningRate = learningRate();
    steps++;
    for (int k = 0; k < parameters.size(); k++) {
      Parameter parameter = parameters.get(k);
      if (gradients.contains(parameter)) {
        double[] g = gradients.array(parameter);
        long t = ++updates[k];
        int index = k;
        parameter.update(w -> update(index, t, learningRate, w, g));
      }
    }
  }

  private void checkRelated(Gradients gradients) {
    for (Parameter parameter : parameters) {
      if (gradients.contains(parameter)) {
        return;
      }
    }
    throw new IllegalArgumentException(
        "step: the loss was computed from none of the "
            + parameters.size()
            + " parameters of this optimizer; was it another model?");
  }

  /**
   * Applies the rule to one parameter. Modifies w and the optimizer's state of this parameter.
   *
   * @param k the parameter's position in the list
   * @param t the number of updates of this parameter, this one included
   * @param learningRate the rate of this step
   * @param w the parameter's values
   * @param g the gradient, of the same length, not to be written
   */
  protected abstract void update(int k, long t, double learningRate, double[] w, double[] g);

  /** Returns state by name, one array of zeros for each parameter at first, kept from then on. */
  protected final double[][] state(String name) {
    double[][] state = states.get(name);
    if (state == null) {
      state = parameters.stream().map(p -> new double[p.size()]).toArray(double[][]::new);
      states.put(name, state);
    }
    return state;
  }

  /** Returns the parameters. */
  public final List<Parameter> parameters() {
    return parameters;
  }

  /** Returns the number of steps taken. */
  public final long steps() {
    return steps;
  }

  /** Returns the number of updates of one parameter. */
  protected final long updates(int k) {
    return updates[k];
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
    this.schedule = schedule;
  }

  /** Returns the schedule, a function of the number of steps taken. */
  public final Schedule schedule() {
    return schedule;
  }

  /** Returns a copy of all that changes from step to step, to be {@linkplain #restore restored}. */
  public final OptimizerState save() {
    OptimizerState state = new OptimizerState();
    save(state);
    return state;
  }

  /** Returns the state of this optimizer as it would be with no step taken. */
  public final OptimizerState blank() {
    OptimizerState state = new OptimizerState();
    state.write(Map.of(), new long[updates.length], 0, schedule);
    return state;
  }

  /** Overwrites an earlier copy with all that changes from step to step; allocates nothing new. */
  public final void save(OptimizerState state) {
    state.write(states, updates, steps, schedule);
  }

  /**
   * Goes back to a saved state, bit for bit: moments, counts and schedule. Modifies this, but not
   * the parameters, nor hyper-parameters such as ε.
   *
   * @throws IllegalArgumentException if it was saved for parameters of other sizes
   */
  public final void restore(OptimizerState state) {
    state.read(this::state, parameters, updates);
    // What was not yet there when it was saved was zero.
    states.forEach(
        (name, arrays) -> {
          if (!state.names().contains(name)) {
            Arrays.stream(arrays).forEach(array -> Arrays.fill(array, 0));
          }
        });
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
