package org.spikelet.testing;

import java.util.Objects;
import java.util.Optional;

/**
 * How an operation is called in Java and, where it has a counterpart there, in PyTorch and in JAX.
 *
 * <p>Each is an expression with one {@code %s} for each operand, or {@code %1$s} and {@code %2$s}
 * where one is used twice: {@code Spelling.inJava("%s.tanh()").inPyTorch("torch.tanh(%s)")}.
 *
 * @param java Java code: {@code "%s.sum(0)"}
 * @param pytorch Python code that knows the module {@code torch}
 * @param jax Python code that knows the modules {@code jax} and {@code jnp}
 */
public record Spelling(String java, Optional<String> pytorch, Optional<String> jax) {

  /** Refuses null. */
  public Spelling {
    Objects.requireNonNull(java);
    Objects.requireNonNull(pytorch);
    Objects.requireNonNull(jax);
  }

  /** Returns an operation known to Java alone. */
  public static Spelling inJava(String code) {
    return new Spelling(code, Optional.empty(), Optional.empty());
  }

  /**
   * Returns this with its code in PyTorch; in JAX it is the same, with {@code jnp.} for {@code
   * torch.}, unless {@link #inJax} says otherwise.
   */
  public Spelling inPyTorch(String code) {
    return new Spelling(java, Optional.of(code), Optional.of(code.replace("torch.", "jnp.")));
  }

  /** Returns this with its code in JAX. */
  public Spelling inJax(String code) {
    return new Spelling(java, pytorch, Optional.of(code));
  }
}
