package course;

import java.util.ArrayList;
import java.util.List;

/** Chapter 3: the chain, recorded. A tape lists all values in the order in which they were made. */
public final class Tape {

  /** What an operation passes on to each of its inputs, given what reached its output. */
  public interface Rule {
    /** Returns one number for each input, in their order. */
    double[] back(double g);
  }

  private final List<Value> values = new ArrayList<>();

  /** An empty tape. */
  public Tape() {}

  /** Returns a new value that depends on no other. */
  public Value value(double number) {
    return record(number, g -> new double[0]);
  }

  /** Returns all values, in the order in which they were made. */
  public List<Value> values() {
    return List.copyOf(values);
  }

  private Value record(double number, Rule rule, Value... inputs) {
    // Gap record: make the value, with its place on the tape as its index; put it at the tape's
    // end; return it.
    Value value = new Value(values.size(), number, rule, List.of(inputs));
    values.add(value);
    return value;
    // End of gap.
  }

  /** A number that remembers from which numbers it was made, and by which rule. */
  public final class Value {
    private final int index;
    private final double number;
    private final Rule rule;
    private final List<Value> inputs;

    private Value(int index, double number, Rule rule, List<Value> inputs) {
      this.index = index;
      this.number = number;
      this.rule = rule;
      this.inputs = inputs;
    }

    /** Returns this + b. */
    public Value plus(Value b) {
      // Gap plus: record the sum with the rule Rules.plus, which is to see this number, that of b,
      // and the g that comes back one day.
      return record(number + b.number, g -> Rules.plus(number, b.number, g), this, b);
      // End of gap.
    }

    /** Returns this − b. */
    public Value minus(Value b) {
      // Gap minus: record the difference, in the same way.
      return record(number - b.number, g -> Rules.minus(number, b.number, g), this, b);
      // End of gap.
    }

    /** Returns this · b. */
    public Value times(Value b) {
      // Gap times: record the product.
      return record(number * b.number, g -> Rules.times(number, b.number, g), this, b);
      // End of gap.
    }

    /** Returns this / b. */
    public Value over(Value b) {
      // Gap over: record the quotient.
      return record(number / b.number, g -> Rules.over(number, b.number, g), this, b);
      // End of gap.
    }

    /** Returns e to the power of this. */
    public Value exp() {
      return unary(Math.exp(number), Rules::exp);
    }

    /** Returns the natural logarithm of this. */
    public Value log() {
      return unary(Math.log(number), Rules::log);
    }

    /** Returns the hyperbolic tangent of this. */
    public Value tanh() {
      return unary(Math.tanh(number), Rules::tanh);
    }

    /** Returns this, or 0 where it is negative. */
    public Value relu() {
      return unary(Math.max(number, 0), Rules::relu);
    }

    private Value unary(double y, UnaryRule rule) {
      // Gap unary: record y, which was made from this alone; the rule takes x, y and g.
      return record(y, g -> new double[] {rule.back(number, y, g)}, this);
      // End of gap.
    }

    /** Returns the place on the tape, counted from 0. */
    public int index() {
      return index;
    }

    /** Returns the number. */
    public double number() {
      return number;
    }

    /** Returns the values from which this was made. */
    public List<Value> inputs() {
      return inputs;
    }

    /** Returns the tape. */
    public Tape tape() {
      return Tape.this;
    }

    /** Returns what to pass on to each input, if g has reached this value. */
    public double[] back(double g) {
      return rule.back(g);
    }

    @Override
    public String toString() {
      return "[" + index + "] " + number;
    }
  }

  /** The rules of chapter 2 for operations with one input. */
  private interface UnaryRule {
    double back(double x, double y, double g);
  }
}
