package org.spikelet.autodiff;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Finds the first operation that makes NaN or ±∞ out of finite numbers, for {@link
 * Tape#recordChecked}.
 *
 * <p>It looks at results only. Since it stops at the first that is not finite, an input that is not
 * finite either was never a result: it is data, a parameter or an upstream gradient.
 */
final class FiniteCheck {

  /**
   * Where an operation was recorded.
   *
   * @param description its name; if it was part of a derivative, also of which operation's
   * @param line the line of the user's program; in a derivative, that of the forward operation
   * @param layer the path of names around it, or empty
   */
  record Origin(String description, Optional<StackWalker.StackFrame> line, String layer) {}

  private static final StackWalker STACK = StackWalker.getInstance();

  private static final Set<String> LIBRARY =
      Set.of("org.spikelet.autodiff", "org.spikelet.nn", "org.spikelet.optim");

  private String layer = "";

  /** The operation whose derivative is being computed, or null in the forward pass. */
  private Origin differentiated;

  /** Computes part(x) under a name within the present one. */
  Tensor within(String name, UnaryOperator<Tensor> part, Tensor x) {
    String outer = layer;
    layer = outer.isEmpty() ? name : outer + "." + name;
    try {
      return part.apply(x);
    } finally {
      layer = outer;
    }
  }

  /** Runs the rules of an operation. */
  void inDerivative(Operation operation, Runnable rules) {
    Origin outer = differentiated;
    differentiated = operation.origin();
    try {
      rules.run();
    } finally {
      differentiated = outer;
    }
  }

  /** Describes an operation that is being computed now. */
  Origin origin(String name) {
    return differentiated == null
        ? new Origin(name, userLine(), layer)
        : new Origin(
            name + " in the derivative of " + differentiated.description,
            differentiated.line,
            differentiated.layer);
  }

  private static Optional<StackWalker.StackFrame> userLine() {
    return STACK.walk(frames -> frames.filter(FiniteCheck::isUser).findFirst());
  }

  private static boolean isUser(StackWalker.StackFrame frame) {
    String name = frame.getClassName();
    return !name.startsWith("java.")
        && !LIBRARY.contains(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
  }

  /** Checks the result of an operation. */
  void result(String name, Tensor y, Operation.Input... inputs) {
    if (firstIn(y) >= 0) {
      fail(name, y, Arrays.stream(inputs).map(Operation.Input::tensor).toArray(Tensor[]::new));
    }
  }

  /** Checks what a rule returned; it may have been computed without operations. */
  void result(String name, Tensor derivative, Tensor g, Tensor input) {
    if (firstIn(derivative) >= 0) {
      fail(name, derivative, g, input);
    }
  }

  /** Checks a gradient that the user hands in. */
  void upstream(Tensor g) {
    if (firstIn(g) >= 0) {
      throw new ArithmeticException("gradients: upstream already holds " + offence(g));
    }
  }

  private void fail(String name, Tensor y, Tensor... inputs) {
    Origin origin = origin(name);
    StringBuilder text = new StringBuilder(origin.description);
    for (int k = 0; k < inputs.length; k++) {
      if (firstIn(inputs[k]) >= 0) {
        text.append(": input ").append(k + 1).append(", ").append(kind(inputs[k]));
        text.append(" of shape ").append(inputs[k].shape());
        text.append(", already holds ").append(offence(inputs[k]));
        throw new ArithmeticException(
            text.append(place(origin)).append(cure(inputs[k])).toString());
      }
    }
    text.append(differentiated == null ? " in the forward pass" : "");
    text.append(": finite inputs gave ").append(offence(y)).append(place(origin));
    for (int k = 0; k < inputs.length; k++) {
      text.append("\n  input ").append(k + 1).append(": shape ").append(inputs[k].shape());
      text.append(range(inputs[k].data()));
    }
    text.append("\n  cure: keep the inputs where the result is finite, for example by maximum, by");
    text.append(" clip, or by adding a small ε; or lower the learning rate");
    throw new ArithmeticException(text.toString());
  }

  private static String place(Origin origin) {
    String line =
        origin.line.map(StackWalker.StackFrame::toString).orElse("a line of the library itself");
    String where = "\n  computed at " + line;
    return origin.layer.isEmpty() ? where : where + ", in layer " + origin.layer;
  }

  private static String kind(Tensor x) {
    if (x instanceof Parameter parameter) {
      return "the parameter '" + parameter.name() + "'";
    }
    return x.index() >= 0 ? "a watched tensor" : "a constant";
  }

  private static String cure(Tensor x) {
    return x instanceof Parameter
        ? "\n  cure: check the step that last changed it, or where it was loaded from"
        : "\n  cure: clean or leave out such rows of the data";
  }

  /** Says what the first offending element is, where, and how many there are. */
  private static String offence(Tensor x) {
    double[] values = x.data();
    int first = firstIn(x);
    long count = Arrays.stream(values).filter(v -> !Double.isFinite(v)).count();
    String value = Double.isNaN(values[first]) ? "NaN" : values[first] > 0 ? "∞" : "−∞";
    if (x.shape().rank() == 0) {
      return value;
    }
    int[] position = position(first, x.shape());
    return "%s at %s, row %s of the batch (NaN or ±∞: %s of %s elements)"
        .formatted(value, Arrays.toString(position), position[0], count, values.length);
  }

  private static int[] position(int offset, Shape shape) {
    int[] position = new int[shape.rank()];
    int rest = offset;
    for (int axis = position.length - 1; axis >= 0; axis--) {
      position[axis] = rest % shape.dimension(axis);
      rest /= shape.dimension(axis);
    }
    return position;
  }

  private static String range(double... values) {
    if (values.length == 0) {
      return ", empty";
    }
    double least = Arrays.stream(values).min().getAsDouble();
    return ", from %s to %s".formatted(least, Arrays.stream(values).max().getAsDouble());
  }

  /** Returns the offset of the first NaN or ±∞, or −1. */
  private static int firstIn(Tensor x) {
    double[] values = x.data();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }
}
