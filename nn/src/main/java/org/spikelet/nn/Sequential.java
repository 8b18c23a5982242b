package org.spikelet.nn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.spikelet.autodiff.Tensor;

/**
 * Modules one after the other: y = fₙ(… f₁(f₀(x))).
 *
 * <p>The children are named by position: {@code 0}, {@code 1}, …
 */
public final class Sequential implements Module {

  private final Map<String, Module> children;

  private Sequential(Map<String, Module> children) {
    this.children = children;
  }

  /** Returns the modules in a row; without any it is the identity. */
  public static Sequential of(Module... modules) {
    Map<String, Module> children = new LinkedHashMap<>();
    for (int i = 0; i < modules.length; i++) {
      children.put(Integer.toString(i), Objects.requireNonNull(modules[i]));
    }
    return new Sequential(Collections.unmodifiableMap(children));
  }

  @Override
  public Tensor forward(Tensor x) {
    Tensor y = x;
    for (Module child : children.values()) {
      y = child.forward(y);
    }
    return y;
  }

  @Override
  public Map<String, Module> children() {
    return children;
  }
}
