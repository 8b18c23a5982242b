package org.spikelet.app.lab.claims;

import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.spikelet.app.experiment.Beside;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.SkipStep;
import org.spikelet.optim.WeightAverage;
import org.spikelet.spikes.stability.StabilityBrake;

/** What the remedies do beside changing gradients. */
final class Besides {

  private Besides() {}

  /** Looks at the average of the weights, and not at the weights trained. */
  static Beside averaging(WeightAverage average) {
    return new Beside() {
      @Override
      public OptionalDouble shown(Supplier<Tensor> loss) {
        return OptionalDouble.of(average.evaluate(() -> loss.get().item()));
      }

      @Override
      public void after(long next, Supplier<Tensor> loss) {
        average.update();
      }
    };
  }

  /** Tells of each loss. */
  static Beside telling(SkipStep skipping) {
    return new Beside() {
      @Override
      public void told(double loss) {
        skipping.loss(loss);
      }
    };
  }

  /** Limits the learning rate. */
  static Beside braking(StabilityBrake brake) {
    return new Beside() {
      @Override
      public void after(long next, Supplier<Tensor> loss) {
        brake.look(next, loss);
      }
    };
  }
}
