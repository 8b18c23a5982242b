package org.spikelet.app.validation;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Dropout;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Trainer;
import org.spikelet.optim.TrainingListener;
import org.spikelet.optim.TrainingStep;

/**
 * Trainings in which something is done that the trainer does not know of, so that a replay does not
 * do it: at steps 1,500, 1,900 and 2,300, once or for some steps.
 */
final class Meddling {

  private static final long[] AT = {1500, 1900, 2300};
  private static final int FIRST_STEPS = 10;

  private Meddling() {}

  /** Whether so many steps from a planted one on include this one. */
  private static boolean during(long step, long steps) {
    for (long at : AT) {
      if (step >= at && step < at + steps) {
        return true;
      }
    }
    return false;
  }

  /** The first large weight of the last layer, before the step. */
  static Planted weightTimes(double factor, Planted planted) {
    List<Parameter> parameters = planted.net().parameters();
    Parameter last = parameters.get(parameters.size() - 2);
    planted.trainer().listen(before(1, step -> last.update(w -> w[largest(w)] *= factor)));
    return planted.at(AT);
  }

  private static int largest(double[] w) {
    int largest = 0;
    for (int i = 1; i < w.length; i++) {
      largest = Math.abs(w[i]) > Math.abs(w[largest]) ? i : largest;
    }
    return largest;
  }

  /** A listener that does something just before some steps, once the step before is over. */
  private static TrainingListener before(long steps, TrainingListener change) {
    return step -> {
      if (during(step.number() + 1, steps)) {
        change.afterStep(step);
      }
    };
  }

  static Planted repeatedSteps(int times, Planted planted) {
    Optimizer optimizer = planted.trainer().optimizer();
    TrainingListener repeat =
        step -> {
          for (int k = 0; k < times; k++) {
            optimizer.step(step.gradients());
          }
        };
    planted.trainer().listen(before(1, repeat));
    return planted.at(AT);
  }

  static Planted otherOptimizer(Function<List<Parameter>, Optimizer> made, Planted planted) {
    Optimizer other = made.apply(planted.net().parameters());
    planted.trainer().listen(before(FIRST_STEPS, step -> other.step(step.gradients())));
    return planted.at(AT);
  }

  static Planted lossTimes(double factor, Planted planted) {
    Clock clock = new Clock();
    BinaryOperator<Tensor> loss = planted.trainer().loss();
    return clock.watch(
        planted,
        planted.trainer().model(),
        (p, t) -> loss.apply(p, t).mul(during(clock.step, FIRST_STEPS) ? factor : 1),
        g -> g);
  }

  static Planted dropout(double p, Planted planted) {
    Clock clock = new Clock();
    Dropout dropout = Dropout.of(p, new SplittableRandom(1));
    UnaryOperator<Tensor> model = planted.trainer().model();
    return clock.watch(
        planted,
        x -> model.apply(during(clock.step, 3L * FIRST_STEPS) ? dropout.forward(x) : x),
        planted.trainer().loss(),
        g -> g);
  }

  static Planted gradientTimes(double factor, long steps, Planted planted) {
    Clock clock = new Clock();
    return clock.watch(
        planted,
        planted.trainer().model(),
        planted.trainer().loss(),
        g -> during(clock.step, steps) ? g.scale(factor) : g);
  }

  static Planted staleGradient(double factor, Planted planted) {
    Clock clock = new Clock();
    return clock.watch(
        planted,
        planted.trainer().model(),
        planted.trainer().loss(),
        g -> {
          if (clock.step == FIRST_STEPS) {
            clock.kept = Optional.of(g.copy());
          }
          return during(clock.step, 1) ? g.plus(clock.kept.orElseThrow().scale(factor)) : g;
        });
  }

  /** What the meddled training knows and its replay does not: which step it is. */
  private static final class Clock implements TrainingListener {
    private long step;
    private Optional<Gradients> kept = Optional.empty();

    @Override
    public void afterStep(TrainingStep finished) {
      step = finished.number() + 1;
    }

    /** The same training with another model, loss or gradients. */
    Planted watch(
        Planted planted,
        UnaryOperator<Tensor> model,
        BinaryOperator<Tensor> loss,
        UnaryOperator<Gradients> gradients) {
      Trainer trainer =
          new Trainer(
              model,
              loss,
              planted.trainer().optimizer(),
              planted.trainer().loader(),
              gradients::apply);
      trainer.listen(this);
      return new Planted(planted.net(), trainer, planted.steps(), List.of()).at(AT);
    }
  }
}
