package org.spikelet.app.learn.chapter03;

import course.Tape.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Program;
import org.spikelet.app.learn.check.Program.Op;
import org.spikelet.app.learn.check.Program.Step;
import org.spikelet.app.learn.check.Property;

/** What a tape must have recorded. */
public final class Checks3 implements Checks {

  static final List<Op> BINARY = Stream.of(Op.values()).filter(Op::binary).toList();
  private static final List<Op> UNARY = Stream.of(Op.values()).filter(op -> !op.binary()).toList();

  /** Made by the checker. */
  public Checks3() {}

  @Override
  public List<Property<?>> properties() {
    List<Program> programs = programs();
    List<Property<?>> properties = new ArrayList<>(List.of(place(programs), numbers(programs)));
    BINARY.forEach(op -> properties.add(inputs(name(op), asked(programs, List.of(op)))));
    properties.add(inputs("exp, log, tanh, relu", asked(programs, UNARY)));
    BINARY.forEach(op -> properties.add(RecordedRules.binary(op, asked(programs, List.of(op)))));
    properties.add(RecordedRules.unary(asked(programs, UNARY)));
    return properties;
  }

  /** An input alone, each operation alone, and random ones. */
  private static List<Program> programs() {
    Stream<Program> single =
        Stream.of(Op.values()).map(op -> Program.of(List.of(2.0, 3.0), new Step(op, 0, 1)));
    return Stream.of(Stream.of(Program.of(List.of(2.0))), single, Program.random(6, 40, 3).stream())
        .flatMap(each -> each)
        .toList();
  }

  /** Those with one of the operations, the first of which is asked for when all is recorded. */
  private static List<Program> asked(List<Program> programs, List<Op> ops) {
    return programs.stream()
        .flatMap(
            program ->
                IntStream.range(0, program.steps().size())
                    .filter(i -> ops.contains(program.steps().get(i).op()))
                    .limit(1)
                    .mapToObj(
                        i ->
                            new Program(
                                program.inputs(), program.steps(), program.inputs().size() + i)))
        .toList();
  }

  private static Property<Program> place(List<Program> programs) {
    return Property.of("each value's place on the tape", programs)
        .program(
            p ->
                p.text()
                    + String.format(
                        "new int[] {%1$s.index(), tape.values().indexOf(%1$s)}", p.outputName()))
        .labels(
            p ->
                List.of(p.outputName() + ".index()", "place of " + p.outputName() + " on the tape"))
        .yours(
            p -> {
              Value value = output(p);
              return new double[] {value.index(), value.tape().values().indexOf(value)};
            })
        .expected(p -> new double[] {p.output(), p.output()})
        .mistake(
            "not-recorded",
            "The value is not on the tape (its place is -1). Put it there: values.add(value).",
            p -> new double[] {0, -1})
        .mistake(
            "front",
            "The value is put at the front of the tape, and all others move by one. values.add"
                + "(value) puts it at the end.",
            p -> new double[] {p.output(), p.size() - 1.0 - p.output()})
        .mistake(
            "index-after",
            "The index is one too large: values.size() is the next value's place, so take it"
                + " before the value is added. The first index is 0.",
            p -> new double[] {p.output() + 1.0, p.output()})
        .mistake(
            "index-zero",
            "Every value has the index 0. It is the number of values that were there before.",
            p -> new double[] {0, p.output()});
  }

  private static Property<Program> numbers(List<Program> programs) {
    Property<Program> property =
        Property.of("the numbers", programs)
            .program(p -> p.text() + p.outputName() + ".number()")
            .labels(p -> List.of(p.outputName()))
            .yours(p -> one(output(p).number()))
            .expected(p -> one(p.values()[p.output()]));
    for (Op op : BINARY) {
      for (Op other : BINARY) {
        property.mistake(
            "number-of",
            "What " + name(op) + " records is the number of " + name(other) + ".",
            p -> one(exchanged(p, op, other).values()[p.output()]));
      }
    }
    return property.mistake(
        "first-number",
        "Each operation's number is that of its first input.",
        p -> one(p.inputs().get(origin(p, p.output()))));
  }

  private static int origin(Program p, int i) {
    int at = i;
    while (at >= p.inputs().size()) {
      at = p.steps().get(at - p.inputs().size()).a();
    }
    return at;
  }

  private static Program exchanged(Program p, Op op, Op by) {
    List<Step> steps =
        p.steps().stream().map(s -> s.op() == op ? new Step(by, s.a(), s.b()) : s).toList();
    return new Program(p.inputs(), steps, p.output());
  }

  private static Property<Program> inputs(String name, List<Program> programs) {
    return Property.of(name + ": made from which values", programs)
        .program(
            p ->
                p.text()
                    + p.outputName()
                    + ".inputs().stream().mapToInt(in -> in.index()).toArray()")
        .labels(
            p ->
                IntStream.range(0, step(p).op().binary() ? 2 : 1)
                    .mapToObj(i -> "index of input " + i)
                    .toList())
        .yours(p -> output(p).inputs().stream().mapToDouble(Value::index).toArray())
        .expected(
            p ->
                step(p).op().binary()
                    ? new double[] {step(p).a(), step(p).b()}
                    : new double[] {step(p).a()})
        .mistake(
            "swapped",
            "The inputs are recorded in the wrong order: first this, then b.",
            p -> new double[] {step(p).b(), step(p).a()})
        .mistake(
            "inputs-left-out",
            "No inputs are recorded, so nobody could walk back from here. Hand this (and b) to"
                + " record, after the rule; and in record hand them on, as List.of(inputs).",
            p -> new double[0])
        .mistake(
            "one-input",
            "Only this is recorded as input, and not b.",
            p -> new double[] {step(p).a()})
        .mistake(
            "one-input",
            "Only b is recorded as input, and not this.",
            p -> new double[] {step(p).b()})
        .mistake(
            "this-twice",
            "This is recorded as both inputs.",
            p -> new double[] {step(p).a(), step(p).a()});
  }

  static Value output(Program p) {
    return p.record().get(p.output());
  }

  /** The operation that makes the output. */
  static Step step(Program p) {
    return p.steps().get(p.output() - p.inputs().size());
  }

  static String name(Op op) {
    return op.name().toLowerCase(Locale.ROOT);
  }

  private static double[] one(double number) {
    return new double[] {number};
  }

  /** A neuron and its square error, as the tape has them. */
  @Override
  public String goal() {
    Program program =
        Program.of(
            List.of(0.5, 1.5, 0.2),
            new Step(Op.TIMES, 0, 1),
            new Step(Op.PLUS, 3, 2),
            new Step(Op.TANH, 4, 4),
            new Step(Op.TIMES, 5, 5));
    List<Value> tape = program.record().get(0).tape().values();
    StringBuilder table =
        new StringBuilder("A neuron, (tanh(x * y + z)) squared, as it is on your tape:\n\n");
    table.append("  index  made by        number     from   passes on, if 1 has reached it\n");
    for (Value value : tape) {
      int i = value.index();
      table.append(
          String.format(
                  Locale.ROOT,
                  "  %5d  %-10s %10.6f  %7s   %s",
                  i,
                  i < 3 ? "value" : name(program.steps().get(i - 3).op()),
                  value.number(),
                  value.inputs().stream()
                      .map(input -> String.valueOf(input.index()))
                      .collect(Collectors.joining(", ")),
                  DoubleStream.of(value.back(1))
                      .mapToObj(passed -> String.format(Locale.ROOT, "%.6f", passed))
                      .collect(Collectors.joining(", ")))
              .stripTrailing());
      table.append('\n');
    }
    return table + "\n  Read it from below, and you walk back. Chapter 4 does.\n";
  }
}
