package org.spikelet.autodiff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What a tape's gradients are taken with respect to: the parameters used on it, and the watched.
 */
final class Leaves {

  /** Where a parameter stands on the tape, −1 if it is not trainable, and its version then. */
  private record Use(int index, int version) {}

  /** What stands on the tape for a leaf. */
  private static final Operation PARAMETER = new Operation("parameter", null);

  private static final Operation WATCHED = new Operation("watch", null);

  private final List<Operation> operations;
  private final Map<Parameter, Use> parameters = new LinkedHashMap<>();
  private final List<Tensor> watched = new ArrayList<>();

  Leaves(List<Operation> operations) {
    this.operations = operations;
  }

  /** Enters a watched tensor that has the next position on the tape. */
  void watch(Tensor leaf) {
    operations.add(WATCHED);
    watched.add(leaf);
  }

  /** Notes a parameter's version at its first use, for rules read its values later. */
  void use(Parameter parameter) {
    if (!parameters.containsKey(parameter)) {
      int position = -1;
      if (parameter.trainable()) {
        position = operations.size();
        operations.add(PARAMETER);
      }
      parameters.put(parameter, new Use(position, parameter.version()));
    }
  }

  int indexOf(Parameter parameter) {
    Use use = parameters.get(parameter);
    return use == null ? -1 : use.index;
  }

  void checkUnchanged() {
    for (Map.Entry<Parameter, Use> entry : parameters.entrySet()) {
      if (entry.getKey().version() != entry.getValue().version) {
        throw new IllegalStateException(
            ("gradients: parameter '%s' was changed after this tape used it; compute gradients "
                    + "before the optimizer steps, and open a new tape for each step")
                .formatted(entry.getKey().name()));
      }
    }
  }

  /** Tells the gradients of all parameters that have one, and of all watched tensors. */
  void gradients(Tensor[] adjoints, BiConsumer<Tensor, Tensor> gradient) {
    for (Map.Entry<Parameter, Use> entry : parameters.entrySet()) {
      int index = entry.getValue().index;
      if (index >= 0 && index < adjoints.length && adjoints[index] != null) {
        gradient.accept(entry.getKey(), adjoints[index]);
      }
    }
    for (Tensor leaf : watched) {
      boolean reached = leaf.index() < adjoints.length && adjoints[leaf.index()] != null;
      gradient.accept(leaf, reached ? adjoints[leaf.index()] : Tensor.zeros(leaf.shape()));
    }
  }

  void clear() {
    parameters.clear();
    watched.clear();
  }
}
