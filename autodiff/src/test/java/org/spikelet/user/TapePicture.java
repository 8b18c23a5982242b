package org.spikelet.user;

import java.util.IdentityHashMap;
import java.util.stream.Collectors;
import org.spikelet.autodiff.Operation;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.TapeObserver;
import org.spikelet.autodiff.Tensor;

/**
 * An observer that draws a tape: a line for each operation that it keeps, and for each step of the
 * walk back, with their values. An example of what one can be written for, in one file.
 */
final class TapePicture implements TapeObserver {

  private final IdentityHashMap<Tensor, String> names = new IdentityHashMap<>();
  private final StringBuilder text = new StringBuilder();

  /** Gives a leaf a name. */
  void name(String name, Tensor leaf) {
    names.put(leaf, name);
  }

  @Override
  public void computed(Tape tape, Operation operation) {
    Tensor y = operation.output();
    if (tape.tracks(y)) {
      String operands =
          operation.inputs().stream()
              .map(input -> name(tape, input.tensor()))
              .collect(Collectors.joining(", "));
      names.put(y, "t" + (tape.size() - 1));
      line("%s = %s(%s)".formatted(names.get(y), operation.name(), operands), y);
    }
  }

  @Override
  public void walkStarts(Tape tape, Tensor y, Tensor upstream) {
    line("d" + name(tape, y) + " starts as", upstream);
  }

  @Override
  public void ruleEnds(
      Tape tape, Operation operation, Operation.Input input, Tensor gradient, Tensor derivative) {
    String from = name(tape, operation.output());
    String to = name(tape, input.tensor());
    line("d%s gets, by %s from d%s".formatted(to, operation.name(), from), derivative);
  }

  private String name(Tape tape, Tensor x) {
    String given = names.get(x);
    if (given != null) {
      return given;
    }
    return x instanceof Parameter parameter
        ? parameter.name()
        : tape.tracks(x) ? "a leaf" : value(x);
  }

  private void line(String what, Tensor x) {
    text.append("%-28s %s%n".formatted(what, value(x)));
  }

  private static String value(Tensor x) {
    return x.shape().rank() == 0 ? Double.toString(x.item()) : x.toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
