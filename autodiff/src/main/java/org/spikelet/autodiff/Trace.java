package org.spikelet.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
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

  /** The parameters used, and the place of each in this list. */
  private final List<Parameter> parameters = new ArrayList<>();

  private final IdentityHashMap<Parameter, Integer> places = new IdentityHashMap<>();

  /** Where each parameter stands, −1 if it is not trainable; and its version at its first use. */
  private int[] positions = new int[8];

  private int[] versions = new int[8];

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
    parameters.clear();
    places.clear();
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
    int place = parameters.size();
    if (places.putIfAbsent(parameter, place) == null) {
      parameters.add(parameter);
      if (place == positions.length) {
        positions = Arrays.copyOf(positions, 2 * place);
        versions = Arrays.copyOf(versions, 2 * place);
      }
      positions[place] = parameter.trainable() ? add(parameter.leaf()) : -1;
      versions[place] = parameter.version();
    }
  }

  /** Returns where a parameter stands, or −1. */
  int positionOf(Parameter parameter) {
    Integer place = places.get(parameter);
    return place == null ? -1 : positions[place];
  }

  Operation get(int position) {
    return operations.get(position);
  }

  int size() {
    return operations.size();
  }

  void checkParametersUnchanged() {
    for (int place = 0; place < parameters.size(); place++) {
      Parameter parameter = parameters.get(place);
      if (parameter.version() != versions[place]) {
        throw new IllegalStateException(
            ("gradients: parameter '%s' was changed after this tape used it; compute gradients "
                    + "before the optimizer steps, and open a new tape for each step")
                .formatted(parameter.name()));
      }
    }
  }

  /**
   * Returns the adjoints of all trainable parameters that have one, and of all watched tensors.
   *
   * @param adjoints by position, null where there is none
   */
  Map<Tensor, Tensor> ofLeaves(Tensor[] adjoints) {
    Map<Tensor, Tensor> ofLeaves = new LinkedHashMap<>();
    for (int place = 0; place < parameters.size(); place++) {
      int position = positions[place];
      if (position >= 0 && position < adjoints.length && adjoints[position] != null) {
        ofLeaves.put(parameters.get(place), adjoints[position]);
      }
    }
    for (Tensor leaf : watched) {
      boolean reached = leaf.position() < adjoints.length && adjoints[leaf.position()] != null;
      ofLeaves.put(leaf, reached ? adjoints[leaf.position()] : Tensor.zeros(leaf.shape()));
    }
    return ofLeaves;
  }
}
