package course;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Chapter 6: the tape of chapters 3 and 4 for matrices, and the matrix product.
 *
 * <p>Each rule is written in the variables' own operations. So what a walk back computes is
 * recorded too, and has derivatives of its own: chapter 11 needs no other rules than these.
 */
public final class Graph {
  private final List<Variable> variables = new ArrayList<>();

  /** An empty graph. */
  public Graph() {}

  /** Returns a new variable that depends on no other. */
  public Variable variable(Matrix value) {
    return record(value, List.of(), List.of());
  }

  private Variable record(
      Matrix value, List<Variable> inputs, List<UnaryOperator<Variable>> rules) {
    Variable variable = new Variable(variables.size(), value, inputs, rules);
    variables.add(variable);
    return variable;
  }

  /** Returns the matrix product: each row of a times each column of b. */
  public static Matrix product(Matrix a, Matrix b) {
    if (a.columns() != b.rows()) {
      throw new IllegalArgumentException(
          a.rows()
              + "×"
              + a.columns()
              + " · "
              + b.rows()
              + "×"
              + b.columns()
              + ": the inner sides differ");
    }
    double[] c = new double[a.rows() * b.columns()];
    // Gap product: c[i, j] is the sum of a[i, k] · b[k, j] over k; c lies row by row.
    for (int i = 0; i < a.rows(); i++) {
      for (int k = 0; k < a.columns(); k++) {
        for (int j = 0; j < b.columns(); j++) {
          c[i * b.columns() + j] += a.at(i, k) * b.at(k, j);
        }
      }
    }
    return Matrix.of(a.rows(), b.columns(), c);
    // End of gap.
  }

  /**
   * Returns the derivatives of the sum of the output's numbers, one matrix for each input.
   *
   * @param output a variable of this graph
   * @param inputs variables of this graph
   */
  public List<Variable> gradients(Variable output, List<Variable> inputs) {
    Variable[] gradients = new Variable[output.index + 1];
    gradients[output.index] =
        variable(Matrix.filled(output.value.rows(), output.value.columns(), 1));
    walk(gradients);
    List<Variable> wanted = new ArrayList<>();
    for (Variable input : inputs) {
      boolean reached = input.index <= output.index && gradients[input.index] != null;
      wanted.add(reached ? gradients[input.index] : variable(input.value.map(x -> 0)));
    }
    return wanted;
  }

  private void walk(Variable[] gradients) {
    // Gap walk: chapter 4's walk, from the last place of gradients down to 0; but here null stands
    // for zero, and adding is a plus of variables.
    for (int i = gradients.length - 1; i >= 0; i--) {
      Variable made = variables.get(i);
      for (int k = 0; gradients[i] != null && k < made.inputs.size(); k++) {
        Variable passed = made.rules.get(k).apply(gradients[i]);
        int to = made.inputs.get(k).index;
        gradients[to] = gradients[to] == null ? passed : gradients[to].plus(passed);
      }
    }
    // End of gap.
  }

  /** A matrix that remembers from which it was made, and by which rules. */
  public final class Variable {
    private final int index;
    private final Matrix value;
    private final List<Variable> inputs;
    private final List<UnaryOperator<Variable>> rules; // one for each input

    private Variable(
        int index, Matrix value, List<Variable> inputs, List<UnaryOperator<Variable>> rules) {
      this.index = index;
      this.value = value;
      this.inputs = inputs;
      this.rules = rules;
    }

    /** Returns the matrix product of this and b. */
    public Variable matmul(Variable b) {
      // Gap matmul: record the product with a rule for this and one for b. Both are products of g
      // and the other input; the shapes leave only one way to write each.
      return record(
          product(value, b.value),
          List.of(this, b),
          List.of(g -> g.matmul(b.transpose()), g -> transpose().matmul(g)));
      // End of gap.
    }

    /** Returns this with rows and columns exchanged. */
    public Variable transpose() {
      return unary(value.transpose(), Variable::transpose);
    }

    /** Returns this + b, with broadcasting. */
    public Variable plus(Variable b) {
      return record(
          value.zip(b.value, Double::sum),
          List.of(this, b),
          List.of(g -> g.sumTo(value), g -> g.sumTo(b.value)));
    }

    /** Returns this − b, with broadcasting. */
    public Variable minus(Variable b) {
      return plus(b.scale(-1));
    }

    /** Returns each number of this times its partner in b, with broadcasting. */
    public Variable times(Variable b) {
      return record(
          value.zip(b.value, (x, y) -> x * y),
          List.of(this, b),
          List.of(g -> g.times(b).sumTo(value), g -> g.times(this).sumTo(b.value)));
    }

    /** Returns this times a fixed number. */
    public Variable scale(double factor) {
      return unary(value.map(x -> factor * x), g -> g.scale(factor));
    }

    /** Returns the sums over what broadcasting to this shape would repeat. */
    public Variable sumTo(int m, int n) {
      return unary(value.sumTo(m, n), g -> g.plus(variable(value.map(x -> 0))));
    }

    private Variable sumTo(Matrix like) {
      return sumTo(like.rows(), like.columns());
    }

    /** Returns the sum of all numbers, as a 1×1 matrix. */
    public Variable sum() {
      return sumTo(1, 1);
    }

    /** Returns e to the power of each number. */
    public Variable exp() {
      Matrix y = value.map(Math::exp);
      return unary(y, g -> g.times(exp()));
    }

    /** Returns the natural logarithm of each number. */
    public Variable log() {
      return unary(value.map(Math::log), g -> g.times(reciprocal()));
    }

    /** Returns 1 over each number. */
    public Variable reciprocal() {
      return unary(value.map(x -> 1 / x), g -> g.times(reciprocal().times(reciprocal())).scale(-1));
    }

    /** Returns the hyperbolic tangent of each number. */
    public Variable tanh() {
      return unary(value.map(Math::tanh), g -> g.minus(g.times(tanh().times(tanh()))));
    }

    /** Returns each number, or 0 where it is negative. */
    public Variable relu() {
      Matrix mask = value.map(x -> x > 0 ? 1 : 0);
      return unary(value.map(x -> Math.max(x, 0)), g -> g.times(variable(mask)));
    }

    private Variable unary(Matrix y, UnaryOperator<Variable> rule) {
      return record(y, List.of(this), List.of(rule));
    }

    /** Returns the numbers. */
    public Matrix value() {
      return value;
    }

    /** Returns the graph. */
    public Graph graph() {
      return Graph.this;
    }

    @Override
    public String toString() {
      return value.toString();
    }
  }
}
