package org.spikelet.app.learn.check;

import course.Rules;
import course.Tape;
import course.Tape.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A short computation with numbers: some inputs, then operations on what came before.
 *
 * @param inputs the first values
 * @param steps each makes one more value
 * @param output which value is asked for, counted from 0
 */
public record Program(List<Double> inputs, List<Step> steps, int output) {

  private static final String[] NAMES = {"x", "y", "z"};
  private static final double H = 1e-5;

  /** An operation on earlier values; b is not used if it has only one input. */
  public record Step(Op op, int a, int b) {}

  /** The operations of the tape. */
  public enum Op {
    /** a + b. */
    PLUS,
    /** a − b. */
    MINUS,
    /** a · b. */
    TIMES,
    /** a / b. */
    OVER,
    /** e to the power of a. */
    EXP,
    /** The natural logarithm of a. */
    LOG,
    /** The hyperbolic tangent of a. */
    TANH,
    /** The larger of a and 0. */
    RELU;

    /** Returns whether there is a b. */
    public boolean binary() {
      return EnumSet.of(PLUS, MINUS, TIMES, OVER).contains(this);
    }

    double of(double a, double b) {
      return switch (this) {
        case PLUS -> a + b;
        case MINUS -> a - b;
        case TIMES -> a * b;
        case OVER -> a / b;
        case EXP -> Math.exp(a);
        case LOG -> Math.log(a);
        case TANH -> Math.tanh(a);
        case RELU -> Math.max(a, 0);
      };
    }

    /** Returns what passes to the inputs if g has reached the output, by the rules of chapter 2. */
    public double[] passed(double a, double b, double g) {
      double y = of(a, b);
      return switch (this) {
        case PLUS -> Rules.plus(a, b, g);
        case MINUS -> Rules.minus(a, b, g);
        case TIMES -> Rules.times(a, b, g);
        case OVER -> Rules.over(a, b, g);
        case EXP -> new double[] {Rules.exp(a, y, g)};
        case LOG -> new double[] {Rules.log(a, y, g)};
        case TANH -> new double[] {Rules.tanh(a, y, g)};
        case RELU -> new double[] {Rules.relu(a, y, g)};
      };
    }

    /** Where neighbours behave alike, so that differences can be trusted. */
    boolean smooth(double a, double b) {
      return switch (this) {
        case OVER -> Math.abs(b) > 0.3;
        case LOG -> a > 0.3;
        case EXP -> a < 3;
        case RELU -> Math.abs(a) > 0.1;
        default -> true;
      };
    }

    Value record(Value a, Value b) {
      return switch (this) {
        case PLUS -> a.plus(b);
        case MINUS -> a.minus(b);
        case TIMES -> a.times(b);
        case OVER -> a.over(b);
        case EXP -> a.exp();
        case LOG -> a.log();
        case TANH -> a.tanh();
        case RELU -> a.relu();
      };
    }
  }

  /** A program whose output is its last value. */
  public static Program of(List<Double> inputs, Step... steps) {
    return new Program(inputs, List.of(steps), inputs.size() + steps.length - 1);
  }

  /**
   * Returns random programs, ordered by their number of operations, with inputs of two digits.
   *
   * @param most operations
   * @param each how many programs of each size
   */
  public static List<Program> random(int most, int each, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Program> programs = new ArrayList<>();
    for (int size = 1; size <= most; size++) {
      int wanted = programs.size() + each;
      while (programs.size() < wanted) {
        Program program = draw(size, random);
        if (program.tame()) {
          programs.add(program);
        }
      }
    }
    return programs;
  }

  private static Program draw(int size, SplittableRandom random) {
    List<Double> inputs =
        random
            .ints(1 + random.nextInt(Math.min(NAMES.length, size + 1)), -20, 21)
            .mapToObj(tenths -> tenths / 10.0)
            .toList();
    List<Step> steps = new ArrayList<>();
    for (int made = inputs.size(); steps.size() < size; made++) {
      Op op = Op.values()[random.nextInt(Op.values().length)];
      steps.add(new Step(op, random.nextInt(made), random.nextInt(made)));
    }
    return new Program(inputs, steps, inputs.size() + random.nextInt(size));
  }

  private boolean tame() {
    List<Double> values = values(0, 0);
    return values.stream().allMatch(value -> Math.abs(value) < 20)
        && steps.stream().allMatch(step -> step.op.smooth(values.get(step.a), values.get(step.b)));
  }

  /** Returns all values, one of which is moved by h. */
  private List<Double> values(int moved, double h) {
    List<Double> values = new ArrayList<>(inputs);
    if (moved < values.size()) {
      values.set(moved, values.get(moved) + h);
    }
    for (Step step : steps) {
      double value = step.op.of(values.get(step.a), values.get(step.b));
      values.add(values.size() == moved ? value + h : value);
    }
    return values;
  }

  /** Returns all values. */
  public double[] values() {
    return numbers(values(0, 0));
  }

  /** Returns the derivative of the output in each value, by central differences. */
  public double[] differences() {
    return IntStream.range(0, size())
        .mapToDouble(i -> (values(i, H).get(output) - values(i, -H).get(output)) / (2 * H))
        .toArray();
  }

  /** Returns the number of values. */
  public int size() {
    return inputs.size() + steps.size();
  }

  /** Computes it on a new tape, and returns the values. */
  public List<Value> record() {
    Tape tape = new Tape();
    List<Value> values = new ArrayList<>();
    inputs.forEach(number -> values.add(tape.value(number)));
    steps.forEach(step -> values.add(step.op.record(values.get(step.a), values.get(step.b))));
    return Collections.unmodifiableList(values);
  }

  /** Returns what the values are called in the program's text. */
  public List<String> names() {
    return IntStream.range(0, size()).mapToObj(this::name).toList();
  }

  private String name(int i) {
    return i < inputs.size() ? NAMES[i] : String.valueOf((char) ('a' + i - inputs.size()));
  }

  /** Returns it as lines of Java. */
  public String text() {
    StringBuilder text = new StringBuilder("var tape = new Tape();\n");
    for (int i = 0; i < size(); i++) {
      text.append("var ").append(name(i)).append(" = ");
      if (i < inputs.size()) {
        text.append("tape.value(").append(inputs.get(i)).append(")");
      } else {
        Step step = steps.get(i - inputs.size());
        text.append(name(step.a))
            .append('.')
            .append(step.op.name().toLowerCase(Locale.ROOT))
            .append(step.op.binary() ? "(" + name(step.b) + ")" : "()");
      }
      text.append(";\n");
    }
    return text.toString();
  }

  /** Returns the name of the output. */
  public String outputName() {
    return name(output);
  }

  private static double[] numbers(List<Double> list) {
    return list.stream().mapToDouble(each -> each).toArray();
  }
}
