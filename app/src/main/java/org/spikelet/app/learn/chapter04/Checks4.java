package org.spikelet.app.learn.chapter04;

import course.Backward;
import course.Tape;
import course.Tape.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.spikelet.app.learn.check.Checks;
import org.spikelet.app.learn.check.Plot;
import org.spikelet.app.learn.check.Program;
import org.spikelet.app.learn.check.Program.Op;
import org.spikelet.app.learn.check.Program.Step;
import org.spikelet.app.learn.check.Property;

/** The walk back, against differences. */
public final class Checks4 implements Checks {

  /** Made by the checker. */
  public Checks4() {}

  @Override
  public List<Property<?>> properties() {
    return List.of(
        walk("the output itself", List.of(Program.of(List.of(2.0)))),
        walk("one operation", oneOperation()),
        walk("a chain of operations", chains()),
        walk("a value used twice", usedTwice()),
        walk("any output of programs of up to 8 operations", Program.random(8, 40, 4)),
        again(),
        doubled());
  }

  /** A walk leaves nothing behind: not in the tape, and not in the class. */
  private static Property<Program> again() {
    return Property.of("asked a second time", Program.random(3, 2, 41))
        .program(
            program ->
                program.text()
                    + "Backward.gradients("
                    + program.outputName()
                    + ");\nBackward.gradients("
                    + program.outputName()
                    + ")")
        .labels(Checks4::labels)
        .yours(
            program -> {
              Value output = output(program);
              double[] first = Backward.gradients(output);
              double[] second = Backward.gradients(output);
              return first == second ? new double[0] : second;
            })
        .expected("by differences", 1e-6, Program::differences)
        .mistake(
            "left-over",
            "The first time it was right; now the first answer is in the second, too. Begin each"
                + " walk with zeros of its own.",
            program -> Arrays.stream(program.differences()).map(d -> 2 * d).toArray());
  }

  /** Who follows each path by itself has twice as many with each operation. */
  private static Property<Program> doubled() {
    return Property.of(
            "a value doubled again and again",
            IntStream.of(2, 10, 60)
                .mapToObj(
                    n ->
                        Program.of(
                            List.of(1.0),
                            IntStream.range(0, n)
                                .mapToObj(i -> new Step(Op.PLUS, i, i))
                                .toArray(Step[]::new)))
                .toList())
        .program(
            program ->
                "var tape = new Tape();\nvar x = tape.value(1);\nvar y = x;\nfor (int i = 0; i < "
                    + program.steps().size()
                    + "; i++) {\n  y = y.plus(y);\n}\nBackward.gradients(y)[0]")
        .labels(program -> List.of("dy/dx"))
        .yours(program -> new double[] {Backward.gradients(output(program))[0]})
        .expected(program -> new double[] {Math.pow(2, program.steps().size())});
  }

  private static List<Program> oneOperation() {
    return Stream.of(Op.values())
        .map(
            op ->
                op.binary()
                    ? Program.of(List.of(2.0, 3.0), new Step(op, 0, 1))
                    : Program.of(List.of(0.5), new Step(op, 0, 0)))
        .toList();
  }

  private static List<Program> chains() {
    Step exp = new Step(Op.EXP, 0, 0);
    return List.of(
        Program.of(List.of(0.5), exp, new Step(Op.TANH, 1, 1)),
        Program.of(List.of(0.5), new Step(Op.TANH, 0, 0), new Step(Op.EXP, 1, 1)),
        Program.of(List.of(2.0, 3.0), new Step(Op.TIMES, 0, 1), new Step(Op.LOG, 2, 2)),
        Program.of(List.of(0.5), exp, new Step(Op.TANH, 1, 1), new Step(Op.LOG, 2, 2)));
  }

  private static List<Program> usedTwice() {
    return List.of(
        Program.of(List.of(2.0), new Step(Op.PLUS, 0, 0)),
        Program.of(List.of(3.0), new Step(Op.TIMES, 0, 0)),
        Program.of(List.of(0.5), new Step(Op.EXP, 0, 0), new Step(Op.TIMES, 0, 1)),
        Program.of(List.of(0.5), new Step(Op.EXP, 0, 0), new Step(Op.TIMES, 1, 1)));
  }

  private static Property<Program> walk(String name, List<Program> programs) {
    return Property.of(name, programs)
        .program(program -> program.text() + "Backward.gradients(" + program.outputName() + ")")
        .labels(Checks4::labels)
        .yours(program -> Backward.gradients(output(program)))
        .expected("by differences", 1e-6, Program::differences)
        .mistake(
            "used-twice",
            "A value that is used twice gets a part from each use, and the parts add up. You keep"
                + " the last part only: write += where you have =.",
            program -> wrong(program, Wrong.ASSIGNS))
        .mistake(
            "seed",
            "All is zero: nothing to pass on. The derivative of the output in itself is 1; put it"
                + " there before the walk begins.",
            program -> new double[program.size()])
        .mistake(
            "upstream",
            "Each rule was given 1 for g. It must be given what has reached this value, which is"
                + " gradients[i]: that is the chain rule's product.",
            program -> wrong(program, Wrong.UPSTREAM_IGNORED))
        .mistake(
            "direction",
            "You walk from the first value to the output. A value can pass on only what has"
                + " reached it, so walk from the output to the first.",
            program -> wrong(program, Wrong.FORWARDS))
        .mistake(
            "first-input",
            "Only the first input of each operation gets its part. Go through all of"
                + " value.inputs().",
            program -> wrong(program, Wrong.FIRST_INPUT))
        .mistake(
            "last-value",
            "You begin at the end of the tape. The output need not be the last value there: begin"
                + " at output.index().",
            program -> wrong(program, Wrong.LAST_VALUE))
        .mistake(
            "ones-everywhere",
            "Every value begins with 1. Only the output does, all others begin with 0.",
            program -> wrong(program, Wrong.ONES))
        .mistake(
            "output-left-out",
            "The walk begins below the output, so the output passes nothing on. Begin at"
                + " output.index() itself.",
            program -> {
              double[] seed = new double[program.size()];
              seed[program.output()] = 1;
              return seed;
            });
  }

  private static List<String> labels(Program program) {
    return program.names().stream().map(each -> "d" + program.outputName() + "/d" + each).toList();
  }

  private static Value output(Program program) {
    return program.record().get(program.output());
  }

  /** What can go wrong on the way. */
  private enum Wrong {
    ASSIGNS,
    UPSTREAM_IGNORED,
    FORWARDS,
    FIRST_INPUT,
    LAST_VALUE,
    ONES
  }

  /** Walks back with one mistake. */
  private static double[] wrong(Program program, Wrong what) {
    List<Value> tape = program.record();
    double[] gradients = new double[tape.size()];
    int last = what == Wrong.LAST_VALUE ? tape.size() - 1 : program.output();
    if (what == Wrong.ONES) {
      Arrays.fill(gradients, 1);
    }
    gradients[last] = 1;
    for (int n = 0; n <= last; n++) {
      int i = what == Wrong.FORWARDS ? n : last - n;
      Value value = tape.get(i);
      double[] passed = value.back(what == Wrong.UPSTREAM_IGNORED ? 1 : gradients[i]);
      int inputs = what == Wrong.FIRST_INPUT ? Math.min(1, passed.length) : passed.length;
      for (int k = 0; k < inputs; k++) {
        int to = value.inputs().get(k).index();
        gradients[to] = passed[k] + (what == Wrong.ASSIGNS ? 0 : gradients[to]);
      }
    }
    return gradients;
  }

  /** a · tanh(b·x + c), fitted to the sine at nine places by descent along the gradient. */
  @Override
  public String goal() {
    double[] w = {0.5, 0.5, 0.3};
    StringBuilder losses = new StringBuilder();
    for (int step = 0; step <= 400; step++) {
      Tape tape = new Tape();
      List<Value> p = Arrays.stream(w).mapToObj(tape::value).toList();
      Value loss = loss(p);
      double[] gradients = Backward.gradients(loss);
      for (int i = 0; i < w.length; i++) {
        w[i] -= 0.05 * gradients[p.get(i).index()];
      }
      if (List.of(0, 5, 20, 100, 400).contains(step)) {
        losses.append(String.format(Locale.ROOT, "  step %3d: loss %.4f%n", step, loss.number()));
      }
    }
    Plot plot = new Plot(-1.7, 1.7, -1.2, 1.2);
    plot.curve('*', x -> w[0] * Math.tanh(w[1] * x + w[2]));
    places().forEach(x -> plot.point('o', x, Math.sin(x)));
    return "A neuron, a * tanh(b * x + c), learns nine points of the sine (o) by your walk:\n\n"
        + losses
        + "\n"
        + plot;
  }

  private static List<Double> places() {
    return IntStream.rangeClosed(-4, 4).mapToObj(i -> 0.4 * i).toList();
  }

  private static Value loss(List<Value> p) {
    Tape tape = p.get(0).tape();
    List<Value> errors = new ArrayList<>();
    for (double x : places()) {
      Value y = p.get(0).times(p.get(1).times(tape.value(x)).plus(p.get(2)).tanh());
      Value error = y.minus(tape.value(Math.sin(x)));
      errors.add(error.times(error));
    }
    return errors.stream().reduce(Value::plus).orElseThrow();
  }
}
