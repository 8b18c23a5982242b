package org.spikelet.user;

import java.util.ArrayList;
import java.util.List;
import org.spikelet.autodiff.Operation;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.TapeObserver;
import org.spikelet.autodiff.Tensor;

/** Writes down what it is told, and refuses what it is asked to refuse. */
final class ObserverLog implements TapeObserver {

  private final String name;
  private final List<String> lines;
  private String refused = "";

  private ObserverLog(String name, List<String> lines) {
    this.name = name;
    this.lines = lines;
  }

  ObserverLog() {
    this("", new ArrayList<>());
  }

  /** Returns an observer that writes into the same log, under a name. */
  ObserverLog named(String name) {
    return new ObserverLog(name + " ", lines);
  }

  /** Throws when it is told such a thing, from now on. */
  void refuse(String line) {
    refused = line;
  }

  List<String> lines() {
    return lines;
  }

  private void told(String line) {
    lines.add(name + line);
    if (line.equals(refused)) {
      throw new UnsupportedOperationException(line);
    }
  }

  @Override
  public void computed(Tape tape, Operation operation) {
    told((tape.tracks(operation.output()) ? "computed " : "computed constant ") + operation.name());
  }

  @Override
  public void walkStarts(Tape tape, Tensor y, Tensor upstream) {
    told("walk starts");
  }

  @Override
  public void ruleStarts(Tape tape, Operation operation, Operation.Input input, Tensor gradient) {
    told(operation.name() + " rule " + operation.inputs().indexOf(input) + " starts");
  }

  @Override
  public void ruleEnds(
      Tape tape, Operation operation, Operation.Input input, Tensor gradient, Tensor derivative) {
    told(operation.name() + " rule " + operation.inputs().indexOf(input) + " ends");
  }

  @Override
  public void walkEnds(Tape tape) {
    told("walk ends");
  }

  @Override
  public void partStarts(String part) {
    told(part + " starts");
  }

  @Override
  public void partEnds(String part) {
    told(part + " ends");
  }
}
