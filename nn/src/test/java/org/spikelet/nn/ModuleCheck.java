package org.spikelet.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.autodiff.check.GradientCheck;

/**
 * Compares first and second derivatives of a module, with respect to its input and its parameters,
 * with central differences.
 *
 * <p>{@link GradientCheck} covers the input. For the parameters the scalar is φ = Σ u · y², with
 * random u, and squares so that even a linear layer has second derivatives; then ψ = Σ v · ∂φ/∂θ.
 */
final class ModuleCheck {

  private static final double STEP = Math.cbrt(Math.ulp(1.0));

  private ModuleCheck() {}

  static void check(String name, Module module, Tensor x) {
    new GradientCheck().withOrder(2).check(name, in -> module.forward(in.get(0)), x);
    List<Parameter> parameters = module.parameters();
    if (parameters.isEmpty()) {
      return;
    }
    Function<Tape, Tensor> phi =
        tape -> {
          Tensor y = module.forward(x);
          return y.square().mul(random(y.shape(), 1)).sum();
        };
    Function<Tape, Tensor> psi =
        tape -> {
          Gradients gradients = tape.recordedGradients(phi.apply(tape));
          return parameters.stream()
              .map(p -> gradients.of(p).mul(random(p.shape(), 2)).sum())
              .reduce(Tensor.scalar(0), Tensor::add);
        };
    checkParameters(name, phi, parameters);
    checkParameters("gradient of " + name, psi, parameters);
  }

  private static void checkParameters(
      String name, Function<Tape, Tensor> function, List<Parameter> parameters) {
    Gradients analytic;
    try (Tape tape = Tape.record()) {
      analytic = tape.gradients(function.apply(tape)).copy();
    }
    for (Parameter parameter : parameters) {
      Tensor original = parameter.copy();
      double[] expected = analytic.of(parameter).toArray();
      for (int i = 0; i < expected.length; i++) {
        double[] values = original.toArray();
        double h = STEP * Math.max(1, Math.abs(values[i]));
        values[i] += h;
        double high = evaluate(function, parameter, values);
        values[i] -= 2 * h;
        double low = evaluate(function, parameter, values);
        parameter.assign(original);
        double numeric = (high - low) / (2 * h);
        assertThat(Math.abs(expected[i] - numeric))
            .as(
                "%s, %s[%d]: analytic %s, numeric %s",
                name, parameter.name(), i, expected[i], numeric)
            .isLessThanOrEqualTo(1e-7 + 1e-6 * Math.abs(numeric));
      }
    }
  }

  private static double evaluate(
      Function<Tape, Tensor> function, Parameter parameter, double[] values) {
    parameter.assign(Tensor.of(parameter.shape(), values));
    try (Tape tape = Tape.record()) {
      return function.apply(tape).item();
    }
  }

  private static Tensor random(Shape shape, long seed) {
    return Tensor.of(shape, new SplittableRandom(seed).doubles(shape.size(), 0.5, 1.5).toArray());
  }
}
