package org.spikelet.optim.file;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spikelet.autodiff.Tensor;

/**
 * A part of what is saved.
 *
 * @param name which part it is
 * @param kind the class that it is the state of
 * @param settings the text of those that do not evolve
 * @param tensors by name, in order
 */
public record Section(String name, String kind, String settings, Map<String, Tensor> tensors) {

  /** Copies the map. */
  public Section {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }
}
