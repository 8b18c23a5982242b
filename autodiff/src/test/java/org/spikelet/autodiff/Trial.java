package org.spikelet.autodiff;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A function and the operands at which to differentiate it. */
record Trial(Function<List<Tensor>, Tensor> function, List<Tensor> inputs) {

  static Trial of(UnaryOperator<Tensor> f, Tensor x) {
    return new Trial(in -> f.apply(in.get(0)), List.of(x));
  }

  static Trial of(BinaryOperator<Tensor> f, Tensor a, Tensor b) {
    return new Trial(in -> f.apply(in.get(0), in.get(1)), List.of(a, b));
  }
}
