package org.spikelet.autodiff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a tape has recorded: operations in the order of computation, so that inputs stand before
 * what is computed from them, and among them the leaves, the first time that each is used.
 *
 * <p>Leaves are what gradients are taken with respect to: parameters and watched tensors. They
 * stand there as operations without inputs.
 */
final class Trace {

  /** What the last tape of this thread has left: lists that need not grow again. */
  private static final ThreadLocal<Trace> SPARE = new ThreadLocal<>();

  private final List<Operation> operations = new ArrayList<>();
  private final List<Tensor> watched = new ArrayList<>();

  /** The parameters in the order of their first use. */
  private final Map<Parameter, Use> uses = new LinkedHashMap<>();

  /** Where a parameter stands, −1 if it is not trainable; and its version at its first use. */
  private record Use(int position, int version) {}

  private Trace() {}

  /** Returns an empty trace. */
  static Trace empty() {
    Trace spare = SPARE.get();
    SPARE.set(null);
    return spare == null ? new Trace() : spare;
  }

  /** Forgets everything; nobody may use this trace any more. */
  void close() {
    operations.clear();
    watched.clear();
    uses.clear();
    SPARE.set(this);
  }

  /**
   * Returns whether an input of an operation needs a gradient.
   *
   * @throws IllegalStateException if one was recorded on another tape than this trace's
   */
  boolean needs(Tape tape, String operation, Operation.Input... inputs) {
    boolean needed = false;
    for (Operation.Input input : inputs) {
      Tensor x = input.tensor();
      if (x.position() >= 0 && x.owner() != tape) {
        throw new IllegalStateException(
            "%s: an operand of shape %s was recorded on another tape; detach() it to use it as a constant"
                .formatted(operation, x.shape()));
      }
      needed |= x.position() >= 0 || (x instanceof Parameter p && p.trainable());
    }
    return needed;
  }

  /** Adds an operation, after the parameters that it is the first to use; returns its position. */
  int add(Operation operation) {
    for (Operation.Input input : operation.inputs) {
      if (input.tensor() instanceof Parameter parameter) {
        use(parameter);
      }
    }
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
    if (!uses.containsKey(parameter)) {
      int position = parameter.trainable() ? add(parameter.leaf()) : -1;
      uses.put(parameter, new Use(position, parameter.version()));
    }
  }

  /** Returns where a parameter stands, or −1. */
  int positionOf(Parameter parameter) {
    Use use = uses.get(parameter);
    return use == null ? -1 : use.position;
  }

  Operation get(int position) {
    return operations.get(position);
  }

  int size() {
    return operations.size();
  }

  void checkParametersUnchanged() {
    uses.forEach(
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
   * Returns the adjoints of all trainable parameters that have one, and of all watched tensors.
   *
   * @param adjoints by position, null where there is none
   */
  Map<Tensor, Tensor> ofLeaves(Tensor[] adjoints) {
    Map<Tensor, Tensor> ofLeaves = new LinkedHashMap<>();
    uses.forEach(
        (parameter, use) -> {
          int i = use.position;
          if (i >= 0 && i < adjoints.length && adjoints[i] != null) {
            ofLeaves.put(parameter, adjoints[i]);
          }
        });
    for (Tensor leaf : watched) {
      boolean reached = leaf.position() < adjoints.length && adjoints[leaf.position()] != null;
      ofLeaves.put(leaf, reached ? adjoints[leaf.position()] : Tensor.zeros(leaf.shape()));
    }
    return ofLeaves;
  }
}
