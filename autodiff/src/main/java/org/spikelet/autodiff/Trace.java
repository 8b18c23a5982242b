package org.spikelet.autodiff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What a tape has recorded: operations in the order of computation, so that inputs stand before
 * what is computed from them, and among them the leaves, the first time that each is used.
 *
 * <p>Leaves are what gradients are taken with respect to: parameters and watched tensors. They
 * stand there as operations without inputs.
 */
final class Trace {

  /**
   * Where a parameter stands, −1 if it is not trainable, and its version when it was first used.
   */
  private record Use(int position, int version) {}

  /** What the last tape of this thread has left: lists that need not grow again. */
  private static final ThreadLocal<Trace> SPARE = new ThreadLocal<>();

  private final List<Operation> operations = new ArrayList<>();
  private final Map<Parameter, Use> parameters = new LinkedHashMap<>();
  private final List<Tensor> watched = new ArrayList<>();

  private Trace() {}

  /** Returns an empty trace. */
  static Trace empty() {
    Trace spare = SPARE.get();
    SPARE.remove();
    return spare == null ? new Trace() : spare;
  }

  /** Forgets everything; nobody may use this trace any more. */
  void close() {
    operations.clear();
    parameters.clear();
    watched.clear();
    SPARE.set(this);
  }

  /** Adds an operation, and returns its position. */
  int add(Operation operation) {
    operations.add(operation);
    return operations.size() - 1;
  }

  /** Adds a watched tensor, and returns its position. */
  int watch(Tensor leaf) {
    watched.add(leaf);
    return add(new Operation("watch", leaf));
  }

  /** Adds a parameter at its first use, with its version then, for rules read its values later. */
  void use(Parameter parameter) {
    if (!parameters.containsKey(parameter)) {
      int position = parameter.trainable() ? add(new Operation("parameter", parameter)) : -1;
      parameters.put(parameter, new Use(position, parameter.version()));
    }
  }

  /** Returns where a parameter stands, or −1. */
  int positionOf(Parameter parameter) {
    Use use = parameters.get(parameter);
    return use == null ? -1 : use.position;
  }

  Operation get(int position) {
    return operations.get(position);
  }

  int size() {
    return operations.size();
  }

  void checkParametersUnchanged() {
    parameters.forEach(
        (parameter, use) -> {
          if (parameter.version() != use.version) {
            throw new IllegalStateException(
                ("gradients: parameter '%s' was changed after this tape used it; compute gradients "
                        + "before the optimizer steps, and open a new tape for each step")
                    .formatted(parameter.name()));
          }
        });
  }

  /**
   * Tells the gradients of all trainable parameters that have one, and of all watched tensors.
   *
   * @param adjoints by position, null where there is none
   */
  void forEachLeaf(Tensor[] adjoints, BiConsumer<Tensor, Tensor> gradient) {
    parameters.forEach(
        (parameter, use) -> {
          if (use.position >= 0 && use.position < adjoints.length) {
            Tensor adjoint = adjoints[use.position];
            if (adjoint != null) {
              gradient.accept(parameter, adjoint);
            }
          }
        });
    for (Tensor leaf : watched) {
      boolean reached = leaf.position() < adjoints.length && adjoints[leaf.position()] != null;
      gradient.accept(leaf, reached ? adjoints[leaf.position()] : Tensor.zeros(leaf.shape()));
    }
  }
}
