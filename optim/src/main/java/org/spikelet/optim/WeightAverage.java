package org.spikelet.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/**
 * An exponential moving average (EMA) of the weights, θ̄ ← d·θ̄ + (1 − d)·θ after each step, which
 * starts at the weights as they are when it is made.
 *
 * <pre>{@code
 * WeightAverage average = new WeightAverage(net.parameters(), 0.99);
 * trainer.listen(average);
 * trainer.run(10_000);
 * double loss = average.evaluate(() -> loss(net.forward(x)).item());
 * }</pre>
 *
 * <p>It does not change the training: no spike goes from the loss that is trained on. What it
 * promises is another model, whose loss is to be computed on its own. It goes with any optimizer.
 *
 * <p>Frozen state, such as BatchNorm's running statistics, is not averaged, and in {@link
 * #evaluate} is that of the training.
 *
 * <p>Sources: Kingma and Ba 2015, "Adam", section 7.2 (temporal averaging, there from 0 with a bias
 * correction); Polyak and Juditsky 1992 for the plain mean.
 *
 * <p>In PyTorch: {@index swa_utils.AveragedModel}.
 */
public final class WeightAverage implements TrainingListener, Stateful {

  private final List<Parameter> parameters;
  private final List<double[]> means;
  private final double decay;

  /**
   * Starts at the present weights.
   *
   * @param parameters trainable ones, such as {@code net.parameters()}
   * @param decay d, in [0, 1): it remembers some 1 / (1 − d) steps
   * @throws IllegalArgumentException if d is out of range, there is no parameter, or one is frozen
   */
  public WeightAverage(List<Parameter> parameters, double decay) {
    this.decay = Check.decay("decay of the weight average", decay);
    if (Check.given("parameters", parameters).isEmpty()) {
      throw new IllegalArgumentException("weight average: there are no parameters to average");
    }
    for (Parameter parameter : parameters) {
      if (!parameter.trainable()) {
        throw new IllegalArgumentException(
            "weight average: parameter '" + parameter.name() + "' is frozen; leave it out");
      }
    }
    this.parameters = List.copyOf(parameters);
    this.means = parameters.stream().map(Tensor::toArray).toList();
  }

  @Override
  public void afterStep(TrainingStep step) {
    update();
  }

  /** Takes the present weights in; to be called after each step of a loop of your own. */
  public void update() {
    for (int k = 0; k < means.size(); k++) {
      double[] mean = means.get(k);
      double[] w = parameters.get(k).toArray();
      for (int i = 0; i < mean.length; i++) {
        mean[i] = decay * mean[i] + (1 - decay) * w[i];
      }
    }
  }

  /**
   * Does something with the averaged weights in the parameters, and puts the present ones back, bit
   * for bit, whatever is thrown.
   *
   * <p>A tape that recorded the parameters before refuses to compute gradients after it, so it
   * belongs after the step.
   */
  public <T> T evaluate(Supplier<T> work) {
    List<double[]> present = parameters.stream().map(Tensor::toArray).toList();
    put(means);
    try {
      return work.get();
    } finally {
      put(present);
    }
  }

  private void put(List<double[]> values) {
    for (int k = 0; k < values.size(); k++) {
      double[] source = values.get(k);
      parameters.get(k).update(w -> System.arraycopy(source, 0, w, 0, w.length));
    }
  }

  /** Returns a copy of the averages, in the order of the parameters, flat. */
  @Override
  public List<Tensor> save() {
    List<Tensor> saved = new ArrayList<>();
    for (double[] mean : means) {
      saved.add(Tensor.of(Shape.of(mean.length), mean));
    }
    return saved;
  }

  /**
   * Goes back to what was saved, bit for bit.
   *
   * @throws IllegalArgumentException if it was saved for other parameters; then nothing has changed
   */
  @Override
  public void restore(List<Tensor> saved) {
    Check.saved("WeightAverage", saved, means.stream().mapToInt(mean -> mean.length).toArray());
    for (int k = 0; k < means.size(); k++) {
      System.arraycopy(saved.get(k).toArray(), 0, means.get(k), 0, means.get(k).length);
    }
  }

  @Override
  public Object settings() {
    return "[decay=" + decay + "]";
  }
}
