package org.spikelet.app.learn.chapter03;

import course.Tape.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Program;
import org.spikelet.app.learn.check.Program.Op;
import org.spikelet.app.learn.check.Program.Step;
import org.spikelet.app.learn.check.Property;

/** What a tape must have recorded. */
public final class Checks3 implements Checks {

  /** Made by the checker. */
  public Checks3() {}

  @Override
  public List<Property<?>> properties() {
    List<Program> each = new ArrayList<>(List.of(Program.of(List.of(2.0))));
    Stream.of(Op.values())
        .map(op -> Program.of(List.of(2.0, 3.0), new Step(op, 0, 1)))
        .forEach(each::add);
    each.addAll(Program.random(6, 20, 3));
    return List.of(
        Property.of("the numbers", each)
            .program(Program::text)
            .labels(Program::names)
            .yours(p -> p.record().stream().mapToDouble(Value::number).toArray())
            .expected(Program::values),
        Property.of("the order of the tape", each)
            .program(p -> p.text() + "tape.values()")
            .labels(p -> p.names().stream().map(name -> name + ".index()").toList())
            .yours(
                p -> {
                  List<Value> made = p.record();
                  List<Value> tape = made.get(0).tape().values();
                  return made.stream()
                      .mapToDouble(
                          value -> value.index() == tape.indexOf(value) ? value.index() : -1)
                      .toArray();
                })
            .expected(p -> IntStream.range(0, p.size()).asDoubleStream().toArray()),
        Property.of("inputs and rules", each)
            .program(p -> p.text() + p.names().get(p.size() - 1) + ".back(5)")
            .labels(p -> last(p).inputs().stream().map(in -> "to value " + in.index()).toList())
            .yours(p -> last(p).back(5))
            .expected(Checks3::passed));
  }

  private static Value last(Program program) {
    return program.record().get(program.size() - 1);
  }

  /** By the rules of chapter 2. */
  private static double[] passed(Program program) {
    if (program.steps().isEmpty()) {
      return new double[0];
    }
    Step step = program.steps().get(program.steps().size() - 1);
    double[] values = program.values();
    return step.op().passed(values[step.a()], values[step.b()], 5);
  }

  @Override
  public String goal() {
    Program program = Program.of(List.of(2.0), new Step(Op.TIMES, 0, 0), new Step(Op.TANH, 1, 1));
    StringBuilder tape = new StringBuilder("A tape, and what each value was made from:\n\n");
    for (Value value : program.record()) {
      tape.append("  ").append(value.index()).append("  ").append(value.number());
      value.inputs().forEach(input -> tape.append("  from ").append(input.index()));
      tape.append('\n');
    }
    return tape.toString();
  }
}
