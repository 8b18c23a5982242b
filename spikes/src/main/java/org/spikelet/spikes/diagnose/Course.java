package org.spikelet.spikes.diagnose;

import java.util.List;
import org.spikelet.spikes.stability.Sharpness;

/**
 * The course of a spike: what was measured around it, step by step, in the unchanged replay.
 *
 * @param steps in order, from 50 to 60 steps before the onset to about 60 after it
 * @param sharpness η · λ at some of the steps up to the onset
 * @param peakRows the rows of the batch with the largest loss, by their position in the data set
 * @param peakShares the share of each row in that batch's loss, in the same order; empty if the
 *     loss is no mean over rows, or one of them is negative
 * @param peakLossesBefore each row's loss with the weights of 20 steps before the onset; empty if
 *     the loss is no mean over rows
 */
public record Course(
    List<Step> steps,
    List<Sharpness> sharpness,
    List<Integer> peakRows,
    List<Double> peakShares,
    List<Double> peakLossesBefore) {

  /** Copies the lists. */
  public Course {
    steps = List.copyOf(steps);
    sharpness = List.copyOf(sharpness);
    peakRows = List.copyOf(peakRows);
    peakShares = List.copyOf(peakShares);
    peakLossesBefore = List.copyOf(peakLossesBefore);
  }

  /** The same with sharpness. */
  Course with(List<Sharpness> measured) {
    return new Course(steps, measured, peakRows, peakShares, peakLossesBefore);
  }

  /**
   * One step.
   *
   * @param number the step, from 0
   * @param epoch the epoch, from 0
   * @param index the place in the epoch, from 0
   * @param batchSize rows in the batch
   * @param loss the loss of the batch, before the step
   * @param probeLoss the loss of the fixed probe, before the step
   * @param learningRate η
   * @param gradientNorm √Σg² over all weights
   * @param updateNorm √ΣΔw² over all weights
   * @param updateCosine the cosine between this update and the one before; −1 in an oscillation;
   *     NaN at the first step
   * @param layers the same for each parameter
   */
  public record Step(
      long number,
      long epoch,
      int index,
      int batchSize,
      double loss,
      double probeLoss,
      double learningRate,
      double gradientNorm,
      double updateNorm,
      double updateCosine,
      List<Layer> layers) {

    /** Copies the list. */
    public Step {
      layers = List.copyOf(layers);
    }

    /** Returns the largest RMSₜ of all parameters. */
    public double largestRms() {
      return layers.stream().mapToDouble(Layer::rms).max().orElse(Double.NaN);
    }
  }

  /**
   * One parameter at one step.
   *
   * @param name its path, such as {@code 0.weight}
   * @param gradientNorm √Σg²
   * @param rms RMSₜ = √(mean of g² / P²), with P the preconditioner after the step: about 1 when
   *     Adam's v is right, √(1 / (1 − β₂)) = 32 at most
   * @param updateRatio √ΣΔw² / √Σw²
   * @param medianRate the median of the effective step η / P
   * @param largestRate the 99 % quantile of it
   */
  public record Layer(
      String name,
      double gradientNorm,
      double rms,
      double updateRatio,
      double medianRate,
      double largestRate) {}
}
