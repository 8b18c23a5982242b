package org.spikelet.app.validation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.spikelet.autodiff.Parameter;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Module;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Schedule;
import org.spikelet.optim.Sgd;
import org.spikelet.spikes.diagnose.Cause;

/**
 * Trainings with a known cause of spikes planted in them, to try the doctor on; and four in which
 * nothing was planted that makes spikes.
 *
 * <p>Unless it says otherwise: 1536 rows of 14 normal numbers, targets tanh(XA)·B of four outputs
 * with noise of deviation 0.1, batches of 32, mean squared error, Adam at 1e-3.
 */
public enum Plant {
  /** Five of the targets times 20. */
  OUTLIERS("five of 1536 targets are 20 times too large", Cause.OUTLIER_SAMPLES) {
    @Override
    Planted plant(Ground ground) {
      return ground.train(ground.withOutliers(), ground.adam(1e-3), 3000);
    }
  },

  /** The same under SGD. */
  OUTLIERS_SGD("five of 1536 targets are 20 times too large, under SGD", Cause.OUTLIER_SAMPLES) {
    @Override
    Planted plant(Ground ground) {
      return ground.train(ground.withOutliers(), ground.sgd(0.02), 3000);
    }
  },

  /** Three batches with wrong targets. */
  BAD_BATCH("the targets of three batches are mixed up and 3 times too large", Cause.HARD_BATCH) {
    @Override
    Planted plant(Ground ground) {
      Dataset unrolled = ground.withBadBatches(3000, 1500, 2000, 2500);
      return ground.inOrder(unrolled, ground.adam(1e-3), 3000).at(1500, 2000, 2500);
    }
  },

  /** One row in the last batch of each epoch. */
  SMALL_LAST_BATCH("1537 rows: the last batch has one row", Cause.SMALL_LAST_BATCH) {
    @Override
    Planted plant(Ground ground) {
      return ground.train(ground.data(1537, 0.5), ground.adam(1e-3), 3000);
    }
  },

  /** A mean over the rows, divided by their number once more. */
  LOSS_DIVIDED_TWICE(
      "1540 rows: the last batch has four, and the loss is divided by the batch's size twice",
      Cause.LOSS_BY_BATCH_SIZE) {
    @Override
    Planted plant(Ground ground) {
      return ground.dividedTwice(ground.data(1540, 0.1), ground.adam(1e-3), 3000);
    }
  },

  /** A learning rate 30 times too high for three steps. */
  LEARNING_RATE_GLITCH(
      "the learning rate is 30 times too high for three steps", Cause.LEARNING_RATE_CHANGED) {
    @Override
    Planted plant(Ground ground) {
      Schedule glitch = t -> t % 700 < 3 && t >= 1400 ? 3e-2 : 1e-3;
      return ground
          .train(ground.data(1536, 0.1), parameters -> new Adam(parameters, glitch), 3000)
          .at(1400, 2100, 2800);
    }
  },

  /** Adam forgets its moments and its count. */
  LOST_STATE("Adam loses its moments and its step count", Cause.OPTIMIZER_STATE_LOST) {
    @Override
    Planted plant(Ground ground) {
      return ground.train(ground.data(512, 0), ground.adam(3e-3), 3000).forgetting(2000, 2600);
    }
  },

  /** Adam at the edge of stability, without any noise. */
  INSTABILITY("256 rows, all in every batch, no noise: Adam's own instability", Cause.INSTABILITY) {
    @Override
    Planted plant(Ground ground) {
      return ground.fullBatch(ground.data(256, 0), ground.adam(1e-3), 6000);
    }
  },

  /** Adam's instability in two batches an epoch. */
  TWO_BATCHES("256 rows in two batches, no noise", Cause.MINI_BATCH_INSTABILITY) {
    @Override
    Planted plant(Ground ground) {
      return ground.batches(128, ground.data(256, 0), ground.adam(1e-3), 6000);
    }
  },

  /** In four. */
  FOUR_BATCHES("256 rows in four batches, no noise", Cause.MINI_BATCH_INSTABILITY) {
    @Override
    Planted plant(Ground ground) {
      return ground.batches(64, ground.data(256, 0), ground.adam(1e-3), 10_000);
    }
  },

  /** In eight. */
  EIGHT_BATCHES("256 rows in eight batches, no noise", Cause.MINI_BATCH_INSTABILITY) {
    @Override
    Planted plant(Ground ground) {
      return ground.batches(32, ground.data(256, 0), ground.adam(1e-3), 16_000);
    }
  },

  /** SGD's with momentum. */
  MOMENTUM_BATCHES("256 rows in two batches, SGD with momentum", Cause.MINI_BATCH_INSTABILITY) {
    @Override
    Planted plant(Ground ground) {
      return ground.batches(
          128,
          ground.data(256, 0),
          parameters -> new Sgd(parameters, 0.2, Sgd.DEFAULTS.withMomentum(0.9)),
          6000);
    }
  },

  /** One batch that is hard in every epoch. */
  RECURRING_HARD_BATCH("one of 16 batches has targets that are 5 too large", Cause.HARD_BATCH) {
    @Override
    Planted plant(Ground ground) {
      return ground.inOrder(ground.withHardRows(512, 64, 96), ground.adam(3e-3), 3000);
    }
  },

  /** The targets become others, for good. */
  DATA_CHANGED("from step 1500 on the targets are 2 larger", Cause.DATA_CHANGED) {
    @Override
    Planted plant(Ground ground) {
      return ground
          .inOrder(ground.withLargerTargetsFrom(2500, 1500), ground.adam(1e-3), 2500)
          .at(1500);
    }
  },

  /** SGD beyond 2/λ. */
  SGD_RATE_TOO_HIGH("SGD at a learning rate of 0.3 on a linear function", Cause.INSTABILITY) {
    @Override
    Planted plant(Ground ground) {
      double learningRate = ground.activation() == Activation.RELU ? 0.3 : 1.2;
      return ground.train(ground.linear(1536), ground.sgd(learningRate), 4000);
    }
  },

  /** log(0): a row far out with a wrong label at step 1000, and a loss that takes log p. */
  LOG_OF_ZERO("log(0): a loss from probabilities, and one row far out", Cause.NON_FINITE) {
    @Override
    Planted plant(Ground ground) {
      Dataset unrolled = ground.withFarRow(1200, 1000);
      return ground.fromProbabilities(unrolled, ground.adam(1e-3), 1200).at(1000);
    }
  },

  /** A weight of the last layer times 100. */
  WEIGHT_CHANGED("a weight of the last layer is multiplied by 100", Cause.OUTSIDE_CHANGE) {
    @Override
    Planted plant(Ground ground) {
      return Meddling.weightTimes(100, plain(ground, 1e-3));
    }
  },

  /** The loss times 100 for ten steps. */
  LOSS_SCALED("the loss is multiplied by 100 for ten steps", Cause.OUTSIDE_CHANGE) {
    @Override
    Planted plant(Ground ground) {
      return Meddling.lossTimes(100, plain(ground, 1e-3));
    }
  },

  /** A gradient of an earlier step is added, 1000 times as large. */
  STALE_GRADIENT("an old gradient, 1000 times as large, is added", Cause.OUTSIDE_CHANGE) {
    @Override
    Planted plant(Ground ground) {
      return Meddling.staleGradient(1000, plain(ground, 1e-3));
    }
  },

  /** The gradients are turned round for twenty steps. */
  GRADIENT_TURNED("the gradients have the wrong sign for twenty steps", Cause.OUTSIDE_CHANGE) {
    @Override
    Planted plant(Ground ground) {
      return Meddling.gradientTimes(-1, 20, plain(ground, 1e-3));
    }
  },

  /** The optimizer takes each step a hundred times. */
  REPEATED_STEPS("the optimizer repeats a step a hundred times", Cause.OUTSIDE_CHANGE) {
    @Override
    Planted plant(Ground ground) {
      return Meddling.repeatedSteps(100, plain(ground, 1e-3));
    }
  },

  /** Another Adam, with β₂ = 0.5 and ten times the rate, takes ten steps. */
  OTHER_OPTIMIZER("another optimizer takes ten steps", Cause.OUTSIDE_CHANGE) {
    @Override
    Planted plant(Ground ground) {
      return Meddling.otherOptimizer(
          parameters -> new Adam(parameters, 1e-2, Adam.DEFAULTS.withBetas(0.9, 0.5)),
          plain(ground, 1e-3));
    }
  },

  /** Dropout, which was not there, for thirty steps. */
  DROPOUT_ON("dropout of the inputs for thirty steps", Cause.OUTSIDE_CHANGE) {
    @Override
    Planted plant(Ground ground) {
      return Meddling.dropout(0.8, plain(ground, 1e-3));
    }
  },

  /** Control: the rows sorted by class, and not shuffled. */
  SORTED_CLASSES("rows sorted by class, not shuffled", Cause.SORTED_ORDER) {
    @Override
    Planted plant(Ground ground) {
      return ground.fromLogits(ground.sortedClasses(), ground.adam(1e-3), 3000);
    }
  },

  /** Control: the weights of the first layer ten times too large. */
  LARGE_INIT("the first layer's weights are ten times too large at the start") {
    @Override
    Planted plant(Ground ground) {
      Planted planted = ground.train(ground.data(1536, 0.1), ground.adam(1e-3), 3000);
      Parameter first = planted.net().parameters().get(0);
      first.assign(first.detach().mul(10));
      return planted;
    }
  },

  /** Control: single precision. */
  FLOAT32("the weights are rounded to single precision after every step") {
    @Override
    Planted plant(Ground ground) {
      return ground.train(ground.data(1536, 0.1), ground.adam(1e-3), 3000).inSinglePrecision();
    }
  },

  /** Control: nothing. */
  NOTHING("nothing is planted") {
    @Override
    Planted plant(Ground ground) {
      return ground.train(ground.data(1536, 0.1), ground.adam(1e-3), 3000);
    }
  };

  private final String text;
  private final Optional<Cause> cause;

  Plant(String text) {
    this.text = text;
    this.cause = Optional.empty();
  }

  Plant(String text, Cause cause) {
    this.text = text;
    this.cause = Optional.of(cause);
  }

  /** Returns the cause that was planted, if any. */
  public Optional<Cause> cause() {
    return cause;
  }

  /** Returns what was planted, in words. */
  public String text() {
    return text;
  }

  /** Returns the name for the command line, such as {@code small-last-batch}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  abstract Planted plant(Ground ground);

  private static Planted plain(Ground ground, double learningRate) {
    return ground.train(ground.data(1536, 0.1), ground.adam(learningRate), 2700);
  }

  /** Returns a training, not yet begun, of a net with these hidden layers. */
  public Planted plant(long seed, Module activation, Integer... hidden) {
    return plant(new Ground(seed, activation, List.of(hidden)));
  }
}
