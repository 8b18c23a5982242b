package org.spikelet.optim;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.spikelet.autodiff.Parameter;

/** Every optimizer with every option, for the tests that hold for all of them. */
final class OptimizerTable {

  private OptimizerTable() {}

  /** By how much a weight falls, computed from all its gradients so far, the newest last. */
  interface Rule {
    double fall(List<Double> gradients, double learningRate);
  }

  /**
   * One optimizer.
   *
   * @param rule the same in the closed form of its paper, weight decay left out
   * @param decay λ of the weight decay in the gradient
   * @param decoupledDecay λ of the weight decay beside the gradient
   */
  record Row(
      String name,
      BiFunction<List<Parameter>, Schedule, Optimizer> constructor,
      Rule rule,
      double decay,
      double decoupledDecay) {

    Optimizer make(double learningRate, Parameter... parameters) {
      return constructor.apply(List.of(parameters), Schedule.constant(learningRate));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
        row("SGD", Sgd::new, momentum(0)),
        row(
            "SGD, decay",
            (p, s) -> new Sgd(p, s, Sgd.DEFAULTS.withWeightDecay(0.1)),
            momentum(0),
            0.1,
            0),
        row(
            "SGD, momentum",
            (p, s) -> new Sgd(p, s, Sgd.DEFAULTS.withMomentum(0.9)),
            momentum(0.9)),
        row(
            "SGD, momentum, dampening",
            (p, s) -> new Sgd(p, s, Sgd.DEFAULTS.withMomentum(0.9, 0.25)),
            dampened(0.9, 0.25)),
        row(
            "SGD, Nesterov",
            (p, s) -> new Sgd(p, s, Sgd.DEFAULTS.withNesterov(0.8)),
            nesterov(0.8)),
        row(
            "SGD, Nesterov, decay",
            (p, s) -> new Sgd(p, s, Sgd.DEFAULTS.withNesterov(0.8).withWeightDecay(0.1)),
            nesterov(0.8),
            0.1,
            0),
        row("AdaGrad", AdaGrad::new, adaGrad(1e-10)),
        row(
            "AdaGrad, decay",
            (p, s) -> new AdaGrad(p, s, AdaGrad.DEFAULTS.withWeightDecay(0.1).withEpsilon(1e-3)),
            adaGrad(1e-3),
            0.1,
            0),
        row("RMSProp", RmsProp::new, rmsProp(0.99, 1e-8, 0)),
        row(
            "RMSProp, all options",
            (p, s) ->
                new RmsProp(
                    p,
                    s,
                    RmsProp.DEFAULTS
                        .withAlpha(0.9)
                        .withEpsilon(1e-4)
                        .withMomentum(0.7)
                        .withWeightDecay(0.1)),
            rmsProp(0.9, 1e-4, 0.7),
            0.1,
            0),
        row(
            "RMSProp, centered",
            (p, s) ->
                new RmsProp(
                    p,
                    s,
                    RmsProp.DEFAULTS
                        .withAlpha(0.9)
                        .withEpsilon(1e-2)
                        .withMomentum(0.7)
                        .withCentering()),
            centered(0.9, 1e-2, 0.7)),
        row("Adam", Adam::new, adam(0.9, 0.999, 1e-8, false)),
        row(
            "Adam, betas, epsilon",
            (p, s) -> new Adam(p, s, Adam.DEFAULTS.withBetas(0.5, 0.9).withEpsilon(1e-3)),
            adam(0.5, 0.9, 1e-3, false)),
        row(
            "Adam, no memory",
            (p, s) -> new Adam(p, s, Adam.DEFAULTS.withBetas(0, 0).withEpsilon(1e-3)),
            adam(0, 0, 1e-3, false)),
        row(
            "Adam, decay",
            (p, s) -> new Adam(p, s, Adam.DEFAULTS.withWeightDecay(0.1)),
            adam(0.9, 0.999, 1e-8, false),
            0.1,
            0),
        row(
            "AMSGrad",
            (p, s) -> new Adam(p, s, Adam.DEFAULTS.withBetas(0.9, 0.9).withAmsgrad()),
            adam(0.9, 0.9, 1e-8, true)),
        row(
            "Adam, updates clipped",
            (p, s) -> new Adam(p, s, Adam.DEFAULTS.withBetas(0.9, 0.9).withClippedUpdates()),
            clipped(0.9, 0.9, 1e-8, 1)),
        row(
            "Adam, updates clipped, all options",
            (p, s) ->
                new Adam(
                    p,
                    s,
                    Adam.DEFAULTS
                        .withBetas(0.8, 0.95)
                        .withEpsilon(0.1)
                        .withClippedUpdates(0.5)
                        .withWeightDecay(0.1)),
            clipped(0.8, 0.95, 0.1, 0.5),
            0.1,
            0),
        row(
            "AdamW",
            (p, s) -> new Adam(p, s, Adam.DEFAULTS.withDecoupledWeightDecay(0.1)),
            adam(0.9, 0.999, 1e-8, false),
            0,
            0.1),
        row(
            "AdamW, AMSGrad",
            (p, s) ->
                new Adam(
                    p,
                    s,
                    Adam.DEFAULTS.withBetas(0.9, 0.9).withDecoupledWeightDecay(0.1).withAmsgrad()),
            adam(0.9, 0.9, 1e-8, true),
            0,
            0.1));
  }

  /** The classes of the package that are optimizers. */
  static List<Class<? extends Optimizer>> kinds() {
    return PackageClasses.beside(Optimizer.class).stream()
        .filter(type -> Optimizer.class.isAssignableFrom(type) && type != Optimizer.class)
        .<Class<? extends Optimizer>>map(type -> type.asSubclass(Optimizer.class))
        .toList();
  }

  /** Calls the constructor of (parameters, learning rate), which every optimizer has. */
  static Optimizer make(Class<? extends Optimizer> kind, List<Parameter> parameters, double rate) {
    return (Optimizer)
        call(() -> kind.getConstructor(List.class, double.class).newInstance(parameters, rate));
  }

  /** A method {@code with…} of an optimizer's settings, all its numbers the same. */
  record Setter(Object defaults, Method method) {

    Object set(double value) {
      Object[] values = Collections.nCopies(method.getParameterCount(), (Object) value).toArray();
      return call(() -> method.invoke(defaults, values));
    }

    @Override
    public String toString() {
      return method.getDeclaringClass().getName() + "." + method.getName();
    }
  }

  /** The setters of numbers; none for an optimizer without DEFAULTS. */
  static List<Setter> setters(Class<? extends Optimizer> kind) {
    return Arrays.stream(kind.getFields())
        .filter(field -> field.getName().equals("DEFAULTS"))
        .map(field -> call(() -> field.get(null)))
        .flatMap(
            defaults ->
                Arrays.stream(defaults.getClass().getMethods())
                    .filter(method -> method.getName().startsWith("with"))
                    .filter(method -> method.getParameterCount() > 0)
                    .filter(
                        method ->
                            Arrays.stream(method.getParameterTypes())
                                .allMatch(type -> type == double.class))
                    .map(method -> new Setter(defaults, method)))
        .toList();
  }

  /** Throws what the called method throws. */
  private static Object call(Callable<Object> reflective) {
    try {
      return reflective.call();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new LinkageError("unexpected", e);
    } catch (Exception e) {
      throw new LinkageError(
          "an optimizer has a constructor of (List, double), and setters that are public", e);
    }
  }

  private static Row row(
      String name, BiFunction<List<Parameter>, Schedule, Optimizer> constructor, Rule rule) {
    return row(name, constructor, rule, 0, 0);
  }

  private static Row row(
      String name,
      BiFunction<List<Parameter>, Schedule, Optimizer> constructor,
      Rule rule,
      double decay,
      double decoupledDecay) {
    return new Row(name, constructor, rule, decay, decoupledDecay);
  }

  /** Polyak 1964: η Σᵢ μᵗ⁻ⁱ gᵢ. */
  private static Rule momentum(double mu) {
    return (g, rate) -> rate * remembered(g, mu);
  }

  /** Sutskever et al. 2013: momentum that looks one step ahead, η (gₜ + μ Σᵢ μᵗ⁻ⁱ gᵢ). */
  private static Rule nesterov(double mu) {
    return (g, rate) -> rate * (last(g) + mu * remembered(g, mu));
  }

  /** Duchi et al. 2011: η gₜ / (√Σᵢ gᵢ² + ε). */
  private static Rule adaGrad(double epsilon) {
    return (g, rate) -> rate * last(g) / (Math.sqrt(remembered(squares(g), 1)) + epsilon);
  }

  /** Tieleman and Hinton 2012, with momentum on the fractions. */
  private static Rule rmsProp(double alpha, double epsilon, double mu) {
    return (g, rate) -> {
      List<Double> fractions =
          prefixes(g)
              .map(p -> last(p) / (Math.sqrt(average(squares(p), alpha)) + epsilon))
              .toList();
      return rate * remembered(fractions, mu);
    };
  }

  /** Graves 2013, equations 38 to 45: the variance for the average square. */
  private static Rule centered(double alpha, double epsilon, double mu) {
    return (g, rate) -> {
      List<Double> fractions =
          prefixes(g)
              .map(
                  p -> {
                    double mean = average(p, alpha);
                    double variance = average(squares(p), alpha) - mean * mean;
                    return last(p) / (Math.sqrt(Math.max(0, variance)) + epsilon);
                  })
              .toList();
      return rate * remembered(fractions, mu);
    };
  }

  /** PyTorch's dampening: the first gradient counts in full, the later ones for 1 − τ. */
  private static Rule dampened(double mu, double tau) {
    return (g, rate) ->
        rate * ((1 - tau) * remembered(g, mu) + tau * Math.pow(mu, g.size() - 1) * g.get(0));
  }

  /** Kingma and Ba 2015; for AMSGrad the largest uncorrected v, corrected as in PyTorch. */
  private static Rule adam(double beta1, double beta2, double epsilon, boolean amsgrad) {
    return (g, rate) -> {
      int t = g.size();
      double v =
          amsgrad
              ? prefixes(g).mapToDouble(p -> average(squares(p), beta2)).max().orElseThrow()
              : average(squares(g), beta2);
      double unbiasedM = average(g, beta1) / (1 - Math.pow(beta1, t));
      double unbiasedV = v / (1 - Math.pow(beta2, t));
      return rate * unbiasedM / (Math.sqrt(unbiasedV) + epsilon);
    };
  }

  /** Wortsman et al. 2023, Algorithm 2: Adam's step over max(1, RMS / limit), for one weight. */
  private static Rule clipped(double beta1, double beta2, double epsilon, double limit) {
    return (g, rate) -> {
      double unbiasedV = average(squares(g), beta2) / (1 - Math.pow(beta2, g.size()));
      double rms = Math.abs(last(g)) / Math.max(Math.sqrt(unbiasedV), epsilon);
      return adam(beta1, beta2, epsilon, false).fall(g, rate) / Math.max(1, rms / limit);
    };
  }

  /** (1 − β) Σᵢ βᵗ⁻ⁱ xᵢ. */
  private static double average(List<Double> x, double beta) {
    return (1 - beta) * remembered(x, beta);
  }

  /** Σᵢ βᵗ⁻ⁱ xᵢ. */
  private static double remembered(List<Double> x, double beta) {
    int t = x.size() - 1;
    return IntStream.rangeClosed(0, t).mapToDouble(i -> Math.pow(beta, t - i) * x.get(i)).sum();
  }

  private static Stream<List<Double>> prefixes(List<Double> x) {
    return IntStream.rangeClosed(1, x.size()).mapToObj(t -> x.subList(0, t));
  }

  private static List<Double> squares(List<Double> x) {
    return x.stream().map(g -> g * g).toList();
  }

  private static double last(List<Double> x) {
    return x.get(x.size() - 1);
  }
}
