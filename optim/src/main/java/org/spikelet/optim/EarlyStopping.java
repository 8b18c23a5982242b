package org.spikelet.optim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;

/**
 * Stops the training when a measure, such as the loss on held-out data, has not fallen for a while,
 * and remembers the weights with which it was smallest. The training has ended then, also for a
 * later process that resumes it.
 *
 * <pre>{@code
 * var stopping = new EarlyStopping(validation, 100, 5, 1e-4, net.state().values());
 * trainer.listen(stopping).run(100_000);
 * stopping.restoreBest();
 * }</pre>
 *
 * <p>Source: Goodfellow, Bengio and Courville 2016, "Deep Learning", Algorithm 7.1.
 */
public final class EarlyStopping implements TrainingListener, Stateful {

  private final DoubleSupplier measure;
  private final long every;
  private final int patience;
  private final double leastImprovement;
  private final List<Parameter> remembered;
  private final List<Tensor> kept = new ArrayList<>();
  private double best = Double.POSITIVE_INFINITY;
  private long bestStep = -1;
  private int misses;

  /**
   * Measures every so many steps, and stops after so many measurements in a row without a new
   * minimum. A measure of NaN is no new minimum. Remembers no weights.
   *
   * @throws IllegalArgumentException if one of the numbers is less than 1
   */
  public EarlyStopping(DoubleSupplier measure, long every, int patience) {
    this(measure, every, patience, 0, List.of());
  }

  /**
   * Measures every so many steps, and stops after so many measurements in a row that are not less
   * than the smallest one by more than the least improvement.
   *
   * @param leastImprovement how much less a measure has to be, in its own unit
   * @param remembered what to keep a copy of at each new minimum, such as {@code
   *     net.state().values()}, the frozen state of BatchNorm included
   * @throws IllegalArgumentException if every or patience is less than 1, or the improvement is
   *     negative or not finite
   */
  public EarlyStopping(
      DoubleSupplier measure,
      long every,
      int patience,
      double leastImprovement,
      Collection<Parameter> remembered) {
    this.measure = Check.given("measure", measure);
    this.every = Check.count("every", every);
    this.patience = (int) Check.count("patience", patience);
    this.leastImprovement = Check.rate("leastImprovement", leastImprovement);
    this.remembered = List.copyOf(remembered);
  }

  @Override
  public void afterStep(TrainingStep step) {
    if ((step.number() + 1) % every != 0) {
      return;
    }
    double value = measure.getAsDouble();
    if (value < best - leastImprovement) {
      best = value;
      bestStep = step.number();
      misses = 0;
      kept.clear();
      remembered.forEach(parameter -> kept.add(parameter.copy()));
    } else if (++misses >= patience) {
      step.stop();
    }
  }

  /** Returns the smallest value that counted, or infinity before the first. */
  public double best() {
    return best;
  }

  /** Returns the number of the step after which it was measured, or −1 before the first. */
  public long bestStep() {
    return bestStep;
  }

  /**
   * Gives the remembered parameters the values that they had then. Modifies them, not the
   * optimizer.
   *
   * @throws IllegalStateException if nothing was measured yet, or no parameters are remembered
   */
  public void restoreBest() {
    if (remembered.isEmpty() || bestStep < 0) {
      throw new IllegalStateException(
          remembered.isEmpty()
              ? "restoreBest: no weights are remembered; hand net.state().values() to the constructor"
              : "restoreBest: there is no smallest measure yet; nothing was measured, or only NaN");
    }
    for (int k = 0; k < remembered.size(); k++) {
      remembered.get(k).assign(kept.get(k));
    }
  }

  /** Returns the best measure, its step and the misses since, and then the remembered weights. */
  @Override
  public List<Tensor> save() {
    List<Tensor> saved = new ArrayList<>();
    saved.add(Tensor.vector(best, (double) bestStep, misses));
    saved.addAll(kept);
    return saved;
  }

  @Override
  public void restore(List<Tensor> saved) {
    boolean found = saved.size() > 1;
    int[] sizes =
        IntStream.concat(
                IntStream.of(3),
                remembered.stream().limit(found ? remembered.size() : 0).mapToInt(Tensor::size))
            .toArray();
    Check.saved("EarlyStopping", saved, sizes);
    for (int k = 1; k < saved.size(); k++) {
      if (!saved.get(k).shape().equals(remembered.get(k - 1).shape())) {
        throw new IllegalArgumentException(
            "restore: EarlyStopping remembers '%s' of shape %s, there it is %s"
                .formatted(
                    remembered.get(k - 1).name(),
                    remembered.get(k - 1).shape(),
                    saved.get(k).shape()));
      }
    }
    double bestStepThere = saved.get(0).get(1);
    if (bestStepThere >= 0 && !found && !remembered.isEmpty()) {
      throw new IllegalArgumentException(
          "restore: this EarlyStopping remembers weights, the one that was saved did not");
    }
    best = saved.get(0).get(0);
    bestStep = (long) bestStepThere;
    misses = (int) saved.get(0).get(2);
    kept.clear();
    kept.addAll(saved.subList(1, saved.size()));
  }

  @Override
  public Object settings() {
    return "[every=%s, patience=%s, leastImprovement=%s]"
        .formatted(every, patience, leastImprovement);
  }
}
