package org.spikelet.testing;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutionResult.Status;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Runs a property with the seeds 1, 2, … and with many tries each, if the system properties {@code
 * spikelet.seeds} and {@code spikelet.tries} say so; the profile {@code thorough} sets them.
 *
 * <p>The tests of autodiff have a copy: sharing test code between modules would take more than
 * this.
 */
final class Seeds implements AroundPropertyHook {

  /** Without this, the hook of a class would not reach its methods. */
  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    int seeds = Integer.getInteger("spikelet.seeds", 0);
    boolean example = context.attributes().tries().orElse(0) == 1;
    if (seeds == 0 || example) {
      return property.execute();
    }
    context.attributes().setTries(Integer.getInteger("spikelet.tries", 1000));
    PropertyExecutionResult result = null;
    for (int seed = 1; seed <= seeds; seed++) {
      context.attributes().setSeed(Integer.toString(seed));
      result = property.execute();
      if (result.status() != Status.SUCCESSFUL) {
        return result;
      }
    }
    return result;
  }
}
