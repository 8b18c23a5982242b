package org.spikelet.autodiff.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/**
 * A function under check, with the point at which it is checked.
 *
 * <p>All elements of all inputs together are numbered from 0, in the order of the inputs and
 * row-major within each: the flat point.
 *
 * @param arguments what to call each input in messages
 * @param parameters the first of the inputs: the function reads them itself, so they are assigned
 */
record Subject(
    String name,
    List<String> arguments,
    Traced function,
    List<Tensor> inputs,
    List<Parameter> parameters) {

  /** A function of tensors, computed while a tape is open. */
  @FunctionalInterface
  interface Traced {
    Tensor apply(Tape tape, List<Tensor> inputs);
  }

  /** The output, and all gradients as one vector, of one pass forward and back. */
  record Pass(Tensor output, Tensor gradient) {}

  /** A copy of the values of all inputs, flat. */
  double[] point() {
    double[] flat = new double[inputs.stream().mapToInt(Tensor::size).sum()];
    int from = 0;
    for (Tensor input : inputs) {
      System.arraycopy(input.toArray(), 0, flat, from, input.size());
      from += input.size();
    }
    return flat;
  }

  /** The output at another flat point. */
  double[] output(double[] point) {
    return evaluate(at(point)).toArray();
  }

  /** A random upstream gradient for the output: never ones, with which u and 1/u are the same. */
  Tensor weights(long seed) {
    return random(evaluate(inputs).shape(), seed);
  }

  /** Gradients of Σ u · f(x), where u is the upstream gradient. */
  Pass pass(Tensor u) {
    try (Tape tape = Tape.record()) {
      List<Tensor> leaves = leaves(tape, inputs);
      Tensor y = function.apply(tape, leaves);
      if (!tape.tracks(y)) {
        return new Pass(y.copy(), Tensor.zeros(Shape.of(point().length)));
      }
      Gradients gradients = tape.gradients(y, u);
      double[] flat =
          leaves.stream().flatMapToDouble(x -> Arrays.stream(gradients.of(x).toArray())).toArray();
      return new Pass(y.copy(), Tensor.vector(flat));
    }
  }

  /** The function from the inputs and an upstream gradient to all gradients, as one vector. */
  Subject derivative(long seed) {
    int count = inputs.size();
    List<Tensor> more = new ArrayList<>(inputs);
    more.add(weights(seed));
    List<String> labels = new ArrayList<>(arguments);
    labels.add("upstream of " + name);
    return new Subject(
        "gradient of " + name,
        labels,
        (tape, in) -> gradient(tape, in.subList(0, count), in.get(count)),
        List.copyOf(more),
        parameters);
  }

  /** What the derivatives are taken by: the parameters, and the other inputs watched. */
  private List<Tensor> leaves(Tape tape, List<Tensor> values) {
    List<Tensor> leaves = new ArrayList<>();
    for (int k = 0; k < values.size(); k++) {
      if (k < parameters.size()) {
        parameters.get(k).assign(values.get(k));
        leaves.add(parameters.get(k));
      } else {
        leaves.add(tape.watch(values.get(k)));
      }
    }
    return leaves;
  }

  /** The argument and the index in it of one element of the flat point. */
  String label(int element) {
    int offset = element;
    int k = 0;
    while (offset >= inputs.get(k).size()) {
      offset -= inputs.get(k++).size();
    }
    return arguments.get(k) + " " + Arrays.toString(inputs.get(k).shape().position(offset));
  }

  private Tensor gradient(Tape tape, List<Tensor> leaves, Tensor u) {
    Tensor y = function.apply(tape, leaves);
    if (!tape.tracks(y)) {
      return Tensor.zeros(Shape.of(leaves.stream().mapToInt(Tensor::size).sum()));
    }
    Gradients gradients = tape.recordedGradients(y, u);
    List<Tensor> flat = leaves.stream().map(x -> gradients.of(x).reshape(x.size())).toList();
    return flat.get(0).concatenate(0, flat.subList(1, flat.size()).toArray(Tensor[]::new));
  }

  /** Evaluates under a tape with watched inputs, so that the function may take gradients itself. */
  private Tensor evaluate(List<Tensor> at) {
    try (Tape tape = Tape.record()) {
      return function.apply(tape, leaves(tape, at)).copy();
    }
  }

  private List<Tensor> at(double[] point) {
    List<Tensor> tensors = new ArrayList<>();
    int from = 0;
    for (Tensor input : inputs) {
      int to = from + input.size();
      tensors.add(Tensor.of(input.shape(), Arrays.copyOfRange(point, from, to)));
      from = to;
    }
    return tensors;
  }

  /** Numbers of size ½ to 1½ and either sign: no output is left out. */
  private static Tensor random(Shape shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Tensor.of(
        shape,
        random.doubles(shape.size(), 0.5, 1.5).map(v -> random.nextBoolean() ? v : -v).toArray());
  }
}
