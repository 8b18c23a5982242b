package org.spikelet.autodiff.check;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.spikelet.autodiff.Operation;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.TapeObserver;
import org.spikelet.autodiff.Tensor;

/**
 * Tells where a NaN comes from: stops a tape at the first operation whose result holds NaN or ±∞,
 * in the forward pass or in a derivative, on constants too.
 *
 * <pre>{@code
 * try (Tape tape = Tape.record(new FiniteCheck())) { … }
 * }</pre>
 *
 * <p>The {@link ArithmeticException} names the operation, in a derivative also the one whose rule
 * was running, the line of your program and the {@linkplain Tape#within layer} that computed it,
 * the ranges of its inputs, and the first such element. If an input held NaN or ±∞ already, as data
 * or a parameter may, it names that input instead.
 *
 * <p>Where a {@code where}, {@code mask} or another operation that chooses comes after the faulty
 * one, the message says so, with the cure: to guard the input.
 *
 * <p>Only results count. A NaN in an input that has no influence, such as a constant that {@code
 * where} or {@code mask} does not choose, is no error; an operation that computes a NaN is one,
 * even if a later {@code where} would drop it. In place of −∞ in masked logits, use a large finite
 * number.
 *
 * <p>Each recorded operation looks up its line, and each result is read once more: for finding a
 * fault, not for every run. Tapes opened inside the tape are checked as well. The idea is PyTorch's
 * {@code detect_anomaly} and JAX's {@code debug_nans}.
 *
 * <p>In PyTorch: {@index set_detect_anomaly}.
 */
public final class FiniteCheck implements TapeObserver {

  /**
   * Where an operation was recorded.
   *
   * @param description its name; if it was part of a derivative, also of which operation's
   * @param line the line of the user's program; in a derivative, that of the forward operation
   * @param layer the names around it, joined by dots, or empty
   * @param choice in a derivative, the name of an operation that comes later and chooses; or empty
   */
  private record Origin(String description, String line, String layer, String choice) {}

  /** Operations that give the derivative 0 to what they do not choose. */
  private static final Set<String> CHOICES =
      Set.of("where", "mask", "relu", "clip", "maximum", "minimum", "max");

  private static final String GUARD =
      "guard the input as well, condition.where(x, safe) in place of x, for in the derivative 0 · ∞"
          + " is NaN";

  private static final StackWalker STACK = StackWalker.getInstance();

  private static final Set<String> LIBRARY =
      Set.of(
          "org.spikelet.autodiff",
          "org.spikelet.autodiff.check",
          "org.spikelet.autodiff.curvature",
          "org.spikelet.nn",
          "org.spikelet.optim");

  /** Calls the user's model and loss in the user's place. */
  private static final String REPLAY = "org.spikelet.spikes.replay.";

  private final Deque<String> layers = new ArrayDeque<>();

  /** Of all operations that a tape has kept. */
  private final Map<Operation, Origin> origins = new WeakHashMap<>();

  /** What a choice comes after, during a walk back, and its name. */
  private final Map<Tensor, String> choices = new WeakHashMap<>();

  /** The operation whose rule is running, of each walk back that has not ended, innermost first. */
  private final Deque<Optional<Origin>> walks = new ArrayDeque<>();

  /** Looks for the first NaN or ±∞ on one tape. */
  public FiniteCheck() {}

  @Override
  public void partStarts(String name) {
    layers.addLast(name);
  }

  @Override
  public void partEnds(String name) {
    layers.removeLast();
  }

  @Override
  public void computed(Tape tape, Operation operation) {
    if (firstIn(operation.output()) >= 0) {
      fail(
          tape,
          operation.name(),
          operation.output(),
          operation.inputs().stream().map(Operation.Input::tensor).toArray(Tensor[]::new));
    }
    if (tape.tracks(operation.output())) {
      origins.put(operation, origin(operation.name()));
    }
  }

  @Override
  public void walkStarts(Tape tape, Tensor y, Tensor upstream) {
    if (firstIn(upstream) >= 0) {
      throw new ArithmeticException("gradients: upstream already holds " + offence(upstream));
    }
    // A walk within a rule begins as part of that rule.
    walks.push(differentiated());
  }

  @Override
  public void ruleStarts(Tape tape, Operation operation, Operation.Input input, Tensor gradient) {
    Origin of = origins.computeIfAbsent(operation, untold -> origin(untold.name()));
    walks.pop();
    String name = operation.name();
    String choice = CHOICES.contains(name) ? name : choices.getOrDefault(operation.output(), "");
    if (!choice.isEmpty()) {
      choices.put(input.tensor(), choice);
    }
    walks.push(Optional.of(new Origin(of.description, of.line, of.layer, choice)));
  }

  @Override
  public void ruleEnds(
      Tape tape, Operation operation, Operation.Input input, Tensor gradient, Tensor derivative) {
    // The rule may have computed it without operations.
    if (firstIn(derivative) >= 0) {
      fail(tape, "the rule", derivative, gradient, input.tensor());
    }
  }

  @Override
  public void walkEnds(Tape tape) {
    walks.pop();
  }

  private Optional<Origin> differentiated() {
    return walks.isEmpty() ? Optional.empty() : walks.peek();
  }

  /** Describes an operation that is being computed now. */
  private Origin origin(String name) {
    return differentiated()
        .map(
            of ->
                new Origin(
                    name + " in the derivative of " + of.description, of.line, of.layer, of.choice))
        .orElseGet(() -> new Origin(name, userLine(), String.join(".", layers), ""));
  }

  /** The line of the user's program; of a replay, else the library's function that it was given. */
  private static String userLine() {
    return STACK.walk(
        frames -> {
          String called = "a line of the library itself";
          for (StackWalker.StackFrame frame : (Iterable<StackWalker.StackFrame>) frames::iterator) {
            if (isUser(frame)) {
              return frame.toString();
            }
            if (frame.getClassName().startsWith(REPLAY)) {
              // What comes now asked for the replay, and computed nothing.
              return called;
            }
            called = frame.getClassName().startsWith("java.") ? called : function(frame);
          }
          return "a line of the library itself";
        });
  }

  private static String function(StackWalker.StackFrame frame) {
    String name = frame.getClassName();
    return name.substring(name.lastIndexOf('.') + 1) + "." + frame.getMethodName();
  }

  private static boolean isUser(StackWalker.StackFrame frame) {
    String name = frame.getClassName();
    return !name.startsWith("java.")
        && !name.startsWith(REPLAY)
        && !LIBRARY.contains(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
  }

  private void fail(Tape tape, String name, Tensor y, Tensor... inputs) {
    Origin origin = origin(name);
    StringBuilder text = new StringBuilder(origin.description);
    for (int k = 0; k < inputs.length; k++) {
      if (firstIn(inputs[k]) >= 0) {
        text.append(": input ").append(k + 1).append(", ").append(kind(tape, inputs[k]));
        text.append(" of shape ").append(inputs[k].shape());
        text.append(", already holds ").append(offence(inputs[k]));
        throw new ArithmeticException(
            text.append(place(origin)).append(cure(inputs[k])).toString());
      }
    }
    text.append(differentiated().isEmpty() ? " in the forward pass" : "");
    text.append(": finite inputs gave ").append(offence(y)).append(place(origin));
    for (int k = 0; k < inputs.length; k++) {
      text.append("\n  input ").append(k + 1).append(": shape ").append(inputs[k].shape());
      text.append(range(inputs[k].toArray()));
    }
    text.append("\n  cure: keep the inputs where the result is finite, for example by maximum, by");
    text.append(" clip, or by adding a small ε; or lower the learning rate");
    if (differentiated().isEmpty()) {
      text.append("\n  if a where or mask drops it later: ").append(GUARD);
    } else if (!origin.choice.isEmpty()) {
      text.append("\n  a later ").append(origin.choice).append(" drops some of it: ").append(GUARD);
    }
    throw new ArithmeticException(text.toString());
  }

  private static String place(Origin origin) {
    String where = "\n  computed at " + origin.line;
    return origin.layer.isEmpty() ? where : where + ", in layer " + origin.layer;
  }

  private static String kind(Tape tape, Tensor x) {
    if (x instanceof Parameter parameter) {
      return "the parameter '" + parameter.name() + "'";
    }
    return tape.tracks(x) ? "a watched tensor" : "a constant";
  }

  private static String cure(Tensor x) {
    return x instanceof Parameter
        ? "\n  cure: check the step that last changed it, or where it was loaded from"
        : "\n  cure: clean it, or, if it is data, leave out such rows";
  }

  /** Says what the first offending element is, where, and how many there are. */
  private static String offence(Tensor x) {
    double[] values = x.toArray();
    int first = firstIn(x);
    long count = Arrays.stream(values).filter(v -> !Double.isFinite(v)).count();
    String value = Double.isNaN(values[first]) ? "NaN" : values[first] > 0 ? "∞" : "−∞";
    if (x.shape().rank() == 0) {
      return value;
    }
    int[] position = x.shape().position(first);
    String row = position.length == 1 ? "" : ", row " + position[0];
    return "%s at %s%s (NaN or ±∞: %s of %s elements)"
        .formatted(value, Arrays.toString(position), row, count, values.length);
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
    double[] values = x.toArray();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }
}
