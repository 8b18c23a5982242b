package org.spikelet.optim;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;

/**
 * Every transformation of gradients, for the tests that hold for all of them: the classes by their
 * names, the factories by class and method, what is only for tests in brackets.
 */
final class GradientTransformationTable {

  private GradientTransformationTable() {}

  /** How each is made for some parameters. */
  static Map<String, Function<List<Parameter>, GradientTransformation>> rows() {
    Map<String, Function<List<Parameter>, GradientTransformation>> rows = new LinkedHashMap<>();
    rows.put("GradientTransformation.none", p -> GradientTransformation.none());
    rows.put(
        "GradientTransformation.then",
        p -> new AdaptiveClipping().then(Clipping.value(0.1)).then(new Fading()));
    rows.put("Clipping.globalNorm", p -> Clipping.globalNorm(1));
    rows.put("Clipping.value", p -> Clipping.value(0.1));
    rows.put("ZClip", p -> new ZClip());
    rows.put("AdaGc", p -> new AdaGc(p, AdaGc.DEFAULTS.withWarmUp(10)));
    rows.put("SkipStep", p -> new SkipStep(new SkipStep.Settings(16, 1)));
    rows.put("(AdaptiveClipping)", p -> new AdaptiveClipping());
    rows.put("(Fading)", p -> new Fading());
    return rows;
  }

  /** The public classes of the package that are one, and the public methods that return one. */
  static List<String> declared() {
    return PackageClasses.beside(GradientTransformation.class).stream()
        .filter(type -> Modifier.isPublic(type.getModifiers()))
        .flatMap(type -> Stream.concat(itself(type), factories(type)))
        .toList();
  }

  private static Stream<String> itself(Class<?> type) {
    return GradientTransformation.class.isAssignableFrom(type) && !type.isInterface()
        ? Stream.of(type.getSimpleName())
        : Stream.of();
  }

  private static Stream<String> factories(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> method.getReturnType() == GradientTransformation.class)
        .filter(method -> type != Trainer.class) // it returns what it was given
        .map(Method::getName)
        .distinct()
        .map(name -> type.getSimpleName() + "." + name);
  }

  /** Clips at twice the running mean of the norms: what it does depends on all steps before. */
  static final class AdaptiveClipping implements GradientTransformation {
    private double mean;
    private double steps;

    @Override
    public Gradients apply(Gradients gradients) {
      double norm = gradients.norm();
      double limit = steps == 0 ? norm : 2 * mean;
      mean += (Math.min(norm, limit) - mean) / ++steps;
      return norm > limit ? gradients.scale(limit / norm) : gradients;
    }

    @Override
    public List<Tensor> save() {
      return List.of(Tensor.vector(mean, steps));
    }

    @Override
    public void restore(List<Tensor> saved) {
      if (saved.size() != 1) {
        throw new IllegalArgumentException("restore: one tensor, got " + saved.size());
      }
      mean = saved.get(0).get(0);
      steps = saved.get(0).get(1);
    }
  }

  /** Scales by 1, ½, ⅓, …. */
  static final class Fading implements GradientTransformation {
    private double steps;

    @Override
    public Gradients apply(Gradients gradients) {
      return gradients.scale(1 / ++steps);
    }

    @Override
    public List<Tensor> save() {
      return List.of(Tensor.scalar(steps), Tensor.scalar(0));
    }

    @Override
    public void restore(List<Tensor> saved) {
      if (saved.size() != 2) {
        throw new IllegalArgumentException("restore: two tensors, got " + saved.size());
      }
      steps = saved.get(0).item();
    }
  }
}
