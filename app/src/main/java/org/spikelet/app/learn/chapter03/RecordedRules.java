package org.spikelet.app.learn.chapter03;

import course.Rules;
import course.Tape.Value;
import java.util.List;
import org.spikelet.app.learn.check.Program;
import org.spikelet.app.learn.check.Program.Op;
import org.spikelet.app.learn.check.Property;

/** The rules that a tape has recorded, asked with an upstream derivative other than 1. */
final class RecordedRules {

  private static final double G = 5;

  private RecordedRules() {}

  static Property<Program> binary(Op op, List<Program> programs) {
    Property<Program> property =
        rules(Checks3.name(op) + ": its rule, asked when all is recorded", programs)
            .mistake(
                "swapped",
                "The rule is given its numbers in the wrong order: first this one, then that of b.",
                p -> op.passed(b(p), a(p), G))
            .mistake(
                "this-twice",
                "The rule is given this number twice. The second is b.number.",
                p -> op.passed(a(p), a(p), G))
            .mistake(
                "stale",
                "The rule looks up its numbers on the tape when it is asked, and finds those of"
                    + " the last two values. It must keep the numbers of its own inputs.",
                p -> op.passed(p.values()[p.size() - 2], p.values()[p.size() - 1], G));
    for (Op other : Checks3.BINARY) {
      property.mistake(
          "rule-of",
          "What " + Checks3.name(op) + " records is the rule of " + Checks3.name(other) + ".",
          p -> other.passed(a(p), b(p), G));
    }
    return property;
  }

  static Property<Program> unary(List<Program> programs) {
    return rules("exp, log, tanh, relu: their rules", programs)
        .mistake(
            "output-for-input",
            "The rule is given y twice. It takes x, y and g; x is this number.",
            p -> passed(Checks3.step(p).op(), y(p), y(p), G))
        .mistake(
            "input-for-output",
            "The rule is given x twice. It takes x, y and g; y is what was computed.",
            p -> passed(Checks3.step(p).op(), a(p), a(p), G))
        .mistake(
            "swapped",
            "The rule is given y and x. It takes x, y and g, in this order.",
            p -> passed(Checks3.step(p).op(), y(p), a(p), G));
  }

  private static Property<Program> rules(String name, List<Program> programs) {
    return Property.of(name, programs)
        .program(
            p -> p.text() + p.outputName() + ".back(1);\n" + p.outputName() + ".back(" + G + ")")
        .labels(
            p -> Checks3.step(p).op().binary() ? List.of("to the first", "to b") : List.of("to x"))
        .yours(
            p -> {
              Value output = Checks3.output(p);
              return output.back(1).length == 0 ? new double[0] : output.back(G);
            })
        .expected("by chapter 2", 1e-9, p -> Checks3.step(p).op().passed(a(p), b(p), G))
        .mistake(
            "upstream",
            "The rule is given 1 for g, or the g of the first time. It is to see the g with which it"
                + " is asked.",
            p -> Checks3.step(p).op().passed(a(p), b(p), 1));
  }

  private static double a(Program p) {
    return p.values()[Checks3.step(p).a()];
  }

  private static double b(Program p) {
    return p.values()[Checks3.step(p).b()];
  }

  private static double y(Program p) {
    return p.values()[p.output()];
  }

  /** By chapter 2, given any numbers for x and y. */
  private static double[] passed(Op op, double x, double y, double g) {
    return new double[] {
      switch (op) {
        case EXP -> Rules.exp(x, y, g);
        case LOG -> Rules.log(x, y, g);
        case TANH -> Rules.tanh(x, y, g);
        case RELU -> Rules.relu(x, y, g);
        default -> throw new IllegalArgumentException(op + " has two inputs");
      }
    };
  }
}
