package org.spikelet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutionResult.Status;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Turns a property round: it must fail for each of some seeds, and what it is shrunk to is
 * inspected.
 *
 * <p>The property has to ask for {@code ShrinkingMode.FULL}: otherwise jqwik stops after ten
 * seconds, and what a slow machine has come to by then is not as simple as can be.
 */
abstract class Minimal<T> implements AroundPropertyHook {

  private static final int SEEDS = 3;

  private final Class<T> type;

  Minimal(Class<T> type) {
    this.type = type;
  }

  /** Asserts that a value is as simple as can be, and that it fails for the reason it should. */
  abstract void inspect(T minimal, Throwable failure);

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    PropertyExecutionResult result = null;
    for (int seed = 1; seed <= SEEDS; seed++) {
      context.attributes().setSeed(Integer.toString(seed));
      result = property.execute();
      assertThat(result.status()).as("seed %s", seed).isEqualTo(Status.FAILED);
      List<Object> sample = result.falsifiedParameters().orElseThrow();
      try {
        inspect(type.cast(sample.get(0)), result.throwable().orElseThrow());
      } catch (AssertionError tooLarge) {
        return result.mapToFailed(tooLarge);
      }
    }
    return result.mapToSuccessful();
  }
}
