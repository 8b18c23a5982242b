package org.spikelet.app.lab;

import java.util.Optional;
import org.spikelet.optim.Precision;

/**
 * All of a training but its optimizer and its seed.
 *
 * @param id part of a file name
 * @param data what is learned
 * @param model by which net, with which loss
 * @param batchSize rows in a batch
 * @param dropLast whether a small last batch is left out
 * @param steps how many steps
 * @param sgdRate the learning rate that SGD takes here
 * @param twist what is out of the ordinary
 */
record Setup(
    String id,
    Data data,
    Model model,
    int batchSize,
    boolean dropLast,
    long steps,
    double sgdRate,
    Twist twist) {

  /** What a training may do beside training. */
  enum Twist {
    /** Nothing. */
    NONE,
    /** The loss on a fixed probe of 128 rows is taken at every step. */
    PROBE,
    /** At step 1000 the first row of the batch is multiplied by 1000 and labelled wrongly. */
    WRONG_ROW,
    /** After it batches are drawn with the weights frozen, and then the same are trained on. */
    FROZEN,
    /** It starts where Adam's loss was lowest. */
    LOW_POINT,
    /** It is made twice, and the sharpness measured the second time. */
    SHARPNESS,
    /** The result of every operation is rounded to float, and weights and moments are. */
    FLOAT32,
    /** The same, to bfloat16. */
    BFLOAT16,
    /** Only weights and moments are rounded to float, after each step. */
    FLOAT32_WEIGHTS;

    /** What the result of every operation is rounded to. */
    Optional<Precision> results() {
      return this == FLOAT32_WEIGHTS ? Optional.empty() : weights();
    }

    /** What weights and moments are rounded to. */
    Optional<Precision> weights() {
      return switch (this) {
        case FLOAT32, FLOAT32_WEIGHTS -> Optional.of(Precision.FLOAT32);
        case BFLOAT16 -> Optional.of(Precision.BFLOAT16);
        default -> Optional.empty();
      };
    }
  }

  /** Regression by the plain net, with nothing out of the ordinary. */
  Setup(String id, Data data, int batchSize, long steps, double sgdRate) {
    this(id, data, Model.PLAIN, batchSize, false, steps, sgdRate, Twist.NONE);
  }

  /** How many steps are enough to see how it works; at full batch the spikes come late. */
  long quickSteps() {
    if (data == Data.ONE_ROW) {
      return steps; // they are quick
    }
    boolean late = data == Data.NORMAL || data == Data.CLEAR_CLASSES;
    return late && batchSize > 32 ? steps * 5 / 6 : Math.min(steps, Math.max(1_500, steps / 4));
  }

  /** Returns this under another id. */
  Setup named(String other) {
    return new Setup(other, data, model, batchSize, dropLast, steps, sgdRate, twist);
  }

  /** Returns this with another model. */
  Setup withModel(Model other) {
    return new Setup(id, data, other, batchSize, dropLast, steps, sgdRate, twist);
  }

  /** Returns this with a small last batch left out. */
  Setup withDropLast() {
    return new Setup(id, data, model, batchSize, true, steps, sgdRate, twist);
  }

  /** Returns this with a twist. */
  Setup withTwist(Twist other) {
    return new Setup(id, data, model, batchSize, dropLast, steps, sgdRate, other);
  }

  /** This, trained by Adam with its defaults. */
  Recipe adam() {
    return by(Optimization.ADAM);
  }

  /** This, trained by SGD. */
  Recipe sgd() {
    return by(Optimization.sgd(sgdRate));
  }

  /** This, trained by any optimizer. */
  Recipe by(Optimization optimization) {
    return new Recipe(this, optimization);
  }
}
