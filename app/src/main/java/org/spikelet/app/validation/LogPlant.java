package org.spikelet.app.validation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.spikelet.app.opinion.Hypothesis;
import org.spikelet.app.validation.LoggedTraining.Line;
import org.spikelet.app.validation.LoggedTraining.Restored;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Dataset;

/**
 * Trainings in which one thing is made to happen that a log shows, and such in which nothing is.
 */
enum LogPlant {
  /** One row is left for the last batch. */
  LAST_BATCH(Hypothesis.LAST_BATCH) {
    @Override
    LoggedTraining training(LogWorld world) {
      return new LoggedTraining(world) {
        @Override
        int rows() {
          return super.rows() + 1;
        }

        @Override
        double noise() {
          return 0.5;
        }
      };
    }
  },

  /** A batch of hard rows, not shuffled: the first of the epoch, or one within. */
  HARD_BATCH(Hypothesis.SAME_PLACE, Hypothesis.FIRST_BATCH) {
    @Override
    LoggedTraining training(LogWorld world) {
      return new LoggedTraining(world) {
        @Override
        boolean shuffled() {
          return false;
        }

        @Override
        Dataset data(java.util.SplittableRandom r) {
          int from = world.seed() % 3 == 0 ? 0 : world.batch() * (world.batches() / 3);
          return changed(super.data(r), range(from, from + world.batch()), 1, 3);
        }
      };
    }

    @Override
    Set<Hypothesis> expected(LogWorld world) {
      return Set.of(world.seed() % 3 == 0 ? Hypothesis.FIRST_BATCH : Hypothesis.SAME_PLACE);
    }
  },

  /** The learning rate is higher from a step on, for some steps or for good. */
  RATE(Hypothesis.LEARNING_RATE) {
    @Override
    LoggedTraining training(LogWorld world) {
      return new LoggedTraining(world) {
        private final int at = steps / 2 + random.nextInt(steps / 4);
        private final double factor = 30 + 70 * random.nextDouble();
        private final int until = random.nextBoolean() ? at + 5 + random.nextInt(30) : steps;

        @Override
        long at() {
          return at;
        }

        @Override
        double rateAt(long step) {
          return step >= at && step < until ? factor * rate : rate;
        }
      };
    }
  },

  /** The run goes back some steps; Adam's moments and its count are lost. */
  STATE_LOST(Hypothesis.STATE_LOST) {
    @Override
    LoggedTraining training(LogWorld world) {
      return new Again(world, Restored.WEIGHTS);
    }
  },

  /** The run goes back some steps, with everything. */
  STATE_KEPT(Hypothesis.RESUMED) {
    @Override
    LoggedTraining training(LogWorld world) {
      return new Again(world, Restored.ALL);
    }
  },

  /** Three rows with targets far out. */
  HARD_ROWS(Hypothesis.HARD_ROWS) {
    @Override
    LoggedTraining training(LogWorld world) {
      return new LoggedTraining(world) {
        @Override
        Tensor targets(long step, Tensor targets) {
          if (step <= 400 || random.nextInt(400) > 0) {
            return targets;
          }
          double[] y = targets.toArray();
          for (int k = 0; k < world.outputs(); k++) {
            y[k] += 15;
          }
          return Tensor.of(targets.shape(), y);
        }
      };
    }
  },

  /** Some losses are logged wrongly; the training is as it was. */
  MEASUREMENT(Hypothesis.MEASUREMENT) {
    @Override
    LoggedTraining training(LogWorld world) {
      return new LoggedTraining(world) {
        @Override
        double logged(long step, double loss) {
          return step > 400 && random.nextInt(400) == 0 ? 12 * loss : loss;
        }
      };
    }
  },

  /** Adam at full batch, without noise. */
  BURST(Hypothesis.INSTABILITY) {
    @Override
    LoggedTraining training(LogWorld world) {
      return new LoggedTraining(Again.onAdam(world, 128, 1)) {
        @Override
        int steps() {
          return 5000;
        }
      };
    }
  },

  /** From a step on the targets are noisy, or the loss is a sum, or weights are rounded. */
  SHIFT(Hypothesis.SHIFT) {
    @Override
    LoggedTraining training(LogWorld world) {
      return new LoggedTraining(world) {
        private final int at = steps / 2 + random.nextInt(steps / 5);
        private final boolean ofData = random.nextBoolean();
        private final double factor = 1.8 + 3 * random.nextDouble();

        @Override
        Tensor targets(long step, Tensor targets) {
          if (!ofData || step < at) {
            return targets;
          }
          double[] y = targets.toArray();
          for (int i = 0; i < y.length; i++) {
            y[i] += 4 * world.noise() * (random.nextDouble() - 0.5) * factor;
          }
          return Tensor.of(targets.shape(), y);
        }

        @Override
        Tensor loss(Tensor predictions, Tensor targets) {
          Tensor loss = super.loss(predictions, targets);
          return summed ? loss.mul(factor) : loss;
        }

        private boolean summed;

        @Override
        void before(long step) {
          summed = !ofData && step >= at;
        }
      };
    }
  },

  /** An old gradient, many times as large, is added once. */
  LARGE_GRADIENT(Hypothesis.LARGE_GRADIENT) {
    @Override
    LoggedTraining training(LogWorld world) {
      return new LoggedTraining(world) {
        private final int at = steps / 2 + random.nextInt(steps / 4);
        private Optional<Gradients> old = Optional.empty();

        @Override
        long at() {
          return at;
        }

        @Override
        Gradients gradients(long step, Gradients gradients) {
          if (step == 5) {
            old = Optional.of(gradients.copy());
          }
          return step == at ? gradients.plus(old.orElseThrow().scale(1000)) : gradients;
        }
      };
    }
  },

  /** A learning rate of next to nothing, or gradients that do not arrive. */
  NEVER_FELL(Hypothesis.NEVER_FELL) {
    @Override
    LoggedTraining training(LogWorld world) {
      return new LoggedTraining(world) {
        @Override
        double rate() {
          return world.seed() % 2 == 0 ? 1e-9 : world.rate();
        }

        @Override
        Gradients gradients(long step, Gradients gradients) {
          return world.seed() % 2 == 0 ? gradients : gradients.scale(0);
        }
      };
    }
  },

  /** The learning rate is far too high from a step on, until the loss overflows. */
  NAN_AFTER_RISE(Hypothesis.NAN_AFTER_RISE) {
    @Override
    LoggedTraining training(LogWorld world) {
      return new LoggedTraining(world) {
        private final int at = steps / 2 + random.nextInt(steps / 4);

        @Override
        Gradients gradients(long step, Gradients gradients) {
          return step >= at ? gradients.scale(-1) : gradients;
        }

        @Override
        double logged(long step, double loss) {
          return loss > 60_000 || Double.isNaN(loss) ? Double.NaN : loss;
        }

        @Override
        void before(long step) {
          if (step >= at) {
            net.parameters().forEach(p -> p.update(w -> grow(w)));
          }
        }

        private static void grow(double[] w) {
          for (int i = 0; i < w.length; i++) {
            w[i] *= 1.15;
          }
        }
      };
    }
  },

  /** One row's target is not a number. */
  NAN_SUDDEN(Hypothesis.NAN_SUDDEN) {
    @Override
    LoggedTraining training(LogWorld world) {
      return new LoggedTraining(world) {
        private final int at = steps / 2 + random.nextInt(steps / 4);

        @Override
        Tensor targets(long step, Tensor targets) {
          return step == at ? targets.mul(Double.NaN) : targets;
        }
      };
    }
  },

  /** Nothing. */
  CALM() {
    @Override
    LoggedTraining training(LogWorld world) {
      return new LoggedTraining(world);
    }
  };

  /** A run that is started again from some steps ago. */
  private static final class Again extends LoggedTraining {
    private final Restored what;
    private final int back;
    private final int at;

    Again(LogWorld world, Restored what) {
      super(what == Restored.ALL ? world : onAdam(world, world.batch(), world.batches()));
      this.what = what;
      this.back = 20 + random.nextInt(150);
      this.at = steps / 2 + random.nextInt(steps / 4);
    }

    static LogWorld onAdam(LogWorld w, int batch, int batches) {
      return new LogWorld(
          w.seed(),
          w.inputs(),
          w.outputs(),
          w.hidden(),
          w.activation(),
          batch,
          batches,
          0,
          Adam::new,
          3e-3,
          w.steps() + 1500,
          w.interval(),
          w.scale(),
          w.offset(),
          w.style());
    }

    @Override
    long at() {
      return at;
    }

    @Override
    void before(long step) {
      if (step == at - back) {
        keep();
      } else if (step == at) {
        restore(what);
      }
    }

    @Override
    long shown(long step) {
      return step < at ? step : step - back;
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // a copy
  private final Set<Hypothesis> expected;

  LogPlant(Hypothesis... expected) {
    this.expected = Set.of(expected);
  }

  abstract LoggedTraining training(LogWorld world);

  /** What it was logged with is needed to tell it. */
  boolean needsMore() {
    return EnumSet.of(LAST_BATCH, HARD_BATCH, RATE, LARGE_GRADIENT, MEASUREMENT, HARD_ROWS)
        .contains(this);
  }

  private static final double VISIBLE = 2;
  private static final double BURSTS = 4;
  private static final int SEVERAL = 4;
  private static final int BEFORE = 50;

  /**
   * Whether what was planted made the loss rise, to twice what it was: a plant without an effect is
   * none. No rule of the doctor's is asked for that.
   */
  boolean hasEffect(LoggedTraining training, List<Line> lines) {
    return switch (this) {
      case RATE, STATE_LOST, LARGE_GRADIENT -> {
        int at = (int) training.at();
        double most = 0;
        for (int i = at; i < at + 20; i++) {
          most = Math.max(most, median(lines, i, i + 5));
        }
        yield most > VISIBLE * median(lines, at - BEFORE, at);
      }
      case BURST -> {
        boolean any = false;
        for (int i = lines.size() / 3; i < lines.size() - 3; i++) {
          any |= median(lines, i, i + 3) > BURSTS * median(lines, i - BEFORE, i);
        }
        yield any;
      }
      case LAST_BATCH -> {
        int high = 0;
        int batches = training.loader.batches();
        for (int i = 2 * batches - 1; i < lines.size(); i += batches) {
          high += lines.get(i).loss() > VISIBLE * median(lines, i - batches + 1, i) ? 1 : 0;
        }
        yield high >= SEVERAL;
      }
      default -> true;
    };
  }

  private static double median(List<Line> lines, int from, int to) {
    double[] sorted = lines.subList(from, to).stream().mapToDouble(Line::loss).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** Which hypothesis is right: the planted one. Without norms a point says less. */
  Set<Hypothesis> expected(LogWorld world) {
    boolean single = this == MEASUREMENT || this == HARD_ROWS;
    boolean period = this == LAST_BATCH || this == HARD_BATCH;
    if (!world.style().full() && single) {
      return Set.of(Hypothesis.HARD_ROWS, Hypothesis.MEASUREMENT);
    }
    return !world.style().full() && period ? Set.of(Hypothesis.REGULAR) : expected;
  }

  /** Trains, and writes the log; returns false if what was planted had no effect. */
  boolean write(LogWorld world, Path file) throws IOException {
    List<Line> lines = new ArrayList<>();
    double sum = 0;
    long count = 0;
    LoggedTraining training = training(world);
    List<Line> all = training.run();
    if (!hasEffect(training, all)) {
      return false;
    }
    for (Line line : all) {
      sum += line.loss();
      count++;
      if (count == world.interval()) {
        double loss = sum / count * world.scale() + world.offset();
        lines.add(new Line(line.step(), line.epoch(), loss, line.norm(), line.rate()));
        sum = 0;
        count = 0;
      }
    }
    world.style().write(file, lines);
    return true;
  }
}
