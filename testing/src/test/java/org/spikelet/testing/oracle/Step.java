package org.spikelet.testing.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.testing.Graph;

/**
 * One operation of a program, where the program takes it.
 *
 * @param code Java code with a {@code %s} for each operand
 * @param operands their values
 */
record Step(String code, List<Tensor> operands) {

  /** Two numbers that an operation takes together. */
  @FunctionalInterface
  interface Pair {
    boolean test(double a, double b);
  }

  static List<Step> of(Graph graph) {
    List<Step> steps = new ArrayList<>();
    graph.forEach((code, operands) -> steps.add(new Step(code, operands)));
    return steps;
  }

  /** Whether it calls one of these methods. */
  boolean calls(String... names) {
    return Arrays.stream(names).anyMatch(name -> code.contains("." + name + "("));
  }

  /** Whether a number of the first operand is such. */
  boolean has(DoublePredicate such) {
    return Arrays.stream(operands.get(0).toArray()).anyMatch(such);
  }

  /** Whether a number of any operand is such. */
  boolean anyHas(DoublePredicate such) {
    return operands.stream().flatMapToDouble(x -> Arrays.stream(x.toArray())).anyMatch(such);
  }

  /** Whether two numbers that meet are such; the second may stand in the code. */
  boolean meets(Pair such) {
    Tensor a = operands.get(0);
    Tensor b = operands.size() == 2 ? operands.get(1) : Tensor.scalar(number());
    Shape shape = Tensor.ones(a.shape()).mul(Tensor.ones(b.shape())).shape();
    double[] left = a.broadcastTo(shape).toArray();
    double[] right = b.broadcastTo(shape).toArray();
    for (int i = 0; i < left.length; i++) {
      if (such.test(left[i], right[i])) {
        return true;
      }
    }
    return false;
  }

  private double number() {
    return Double.parseDouble(code.replaceAll(".*[( ](-?[0-9.]+)\\)$", "$1"));
  }
}
