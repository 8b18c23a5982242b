package org.spikelet.nn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/**
 * Modules one after the other: y = fₙ(… f₁(f₀(x))).
 *
 * <p>The children are named by position: {@code 0}, {@code 1}, …
 */
public final class Sequential implements Module {

  private final Map<String, Module> children;

  /** The children's forwards, made once: a step allocates none. */
  private final Map<String, UnaryOperator<Tensor>> forwards = new LinkedHashMap<>();

  private Sequential(Map<String, Module> children) {
    this.children = children;
    children.forEach((name, child) -> forwards.put(name, child::forward));
  }

  /**
   * Returns the modules in a row; without any it is the identity.
   *
   * @throws IllegalArgumentException if modules are nested more than 500 deep
   */
  public static Sequential of(Module... modules) {
    Map<String, Module> children = new LinkedHashMap<>();
    for (int i = 0; i < modules.length; i++) {
      children.put(Integer.toString(i), Objects.requireNonNull(modules[i]));
    }
    Sequential sequential = new Sequential(Collections.unmodifiableMap(children));
    Nesting.check(sequential);
    return sequential;
  }

  @Override
  public Tensor forward(Tensor x) {
    Tensor y = x;
    for (Map.Entry<String, UnaryOperator<Tensor>> forward : forwards.entrySet()) {
      y = Tape.within(forward.getKey(), forward.getValue(), y);
    }
    return y;
  }

  @Override
  public Map<String, Module> children() {
    return children;
  }

  /** A line for each module in it: its name, and what it is. */
  @Override
  public String toString() {
    long numbers = parameters().stream().mapToLong(Parameter::size).sum();
    StringBuilder text =
        new StringBuilder(String.format(Locale.ROOT, "Sequential, %,d to train", numbers));
    children.forEach(
        (name, child) ->
            text.append("\n  ")
                .append(name)
                .append(": ")
                .append(Summary.words(child).replace("\n", "\n  ")));
    return text.toString();
  }
}
