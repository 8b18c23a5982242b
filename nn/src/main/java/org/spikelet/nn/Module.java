package org.spikelet.nn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;

/**
 * A function with parameters: a layer, or a network made of layers.
 *
 * <p>A network of your own writes {@link #forward}, and names its parts in {@link #children}:
 *
 * <pre>{@code
 * record Residual(Module norm, Module body) implements Module {
 *   public Tensor forward(Tensor x) {
 *     return x.add(body.forward(norm.forward(x)));
 *   }
 *
 *   public Map<String, Module> children() {
 *     Map<String, Module> children = new LinkedHashMap<>(); // in this order
 *     children.put("norm", norm);
 *     children.put("body", body);
 *     return children;
 *   }
 * }
 * }</pre>
 *
 * <p>A function without parameters can be a lambda: {@code Module square = Tensor::square}.
 */
// The field's name for it outweighs the clash with java.lang.Module, which an import resolves.
@SuppressWarnings("JavaLangClash")
@FunctionalInterface
public interface Module {

  /** Returns the output for an input, recorded if a tape is open. */
  Tensor forward(Tensor x);

  /**
   * Returns the parameters of this module itself, without those of its children: trainable ones,
   * and frozen ones for state that is saved but not trained, such as running statistics. Their
   * names must differ.
   */
  default List<Parameter> ownParameters() {
    return List.of();
  }

  /**
   * Returns the modules that this one is made of, by name, in a fixed order; that of {@code Map.of}
   * with several differs from run to run.
   */
  default Map<String, Module> children() {
    return Map.of();
  }

  /**
   * Returns the parameters to train: its own, then its children's in order. One that is shared by
   * several modules stands at its first place only.
   *
   * @throws IllegalArgumentException if modules are nested more than 500 deep
   */
  default List<Parameter> parameters() {
    Nesting.check(this);
    Set<Parameter> parameters = new LinkedHashSet<>(); // a parameter equals itself only
    ownParameters().stream().filter(Parameter::trainable).forEach(parameters::add);
    for (Module child : children().values()) {
      parameters.addAll(child.parameters());
    }
    return List.copyOf(parameters);
  }

  /**
   * Returns all parameters, the frozen ones too, by path, in order: {@code 0.weight}, {@code
   * 1.runningMean}. It is what must be saved to continue later; restore it with {@link
   * Parameter#assign}.
   *
   * @throws IllegalArgumentException if two parameters have the same path, or modules are nested
   *     more than 500 deep
   */
  default Map<String, Parameter> state() {
    Nesting.check(this);
    Map<String, Parameter> state = new LinkedHashMap<>();
    ownParameters().forEach(parameter -> putNew(state, parameter.name(), parameter));
    for (Map.Entry<String, Module> child : children().entrySet()) {
      child
          .getValue()
          .state()
          .forEach((path, parameter) -> putNew(state, child.getKey() + "." + path, parameter));
    }
    return Collections.unmodifiableMap(state);
  }

  private static void putNew(Map<String, Parameter> state, String path, Parameter parameter) {
    if (state.putIfAbsent(path, parameter) != null) {
      throw new IllegalArgumentException(
          "state: two parameters have the path '" + path + "'; give each its own name");
    }
  }

  /**
   * Switches this module and all in it to training: batch statistics, dropout. A layer that behaves
   * differently in training and in evaluation starts in training, and overrides this method, {@link
   * #eval} and {@link #training}.
   */
  default void train() {
    Nesting.check(this);
    for (Module child : children().values()) {
      child.train();
    }
  }

  /** Switches this module and all in it to evaluation: forward changes no state, and repeats. */
  default void eval() {
    Nesting.check(this);
    for (Module child : children().values()) {
      child.eval();
    }
  }

  /** Returns whether this module, or any in it, is in training; false if it makes no difference. */
  default boolean training() {
    Nesting.check(this);
    for (Module child : children().values()) {
      if (child.training()) {
        return true;
      }
    }
    return false;
  }
}
