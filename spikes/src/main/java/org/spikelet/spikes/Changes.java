package org.spikelet.spikes;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.optim.Batch;
import org.spikelet.optim.Clipping;
import org.spikelet.optim.GradientTransformation;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Sgd;

/** The changes and the placebos of the doctor's arms. */
final class Changes {

  private Changes() {}

  /** Placebo: each weight times 1 ± up to this size at the start. */
  static Change perturbed(double size, long seed) {
    return new Change() {
      @Override
      public void start(List<Parameter> trained) {
        SplittableRandom random = new SplittableRandom(seed);
        for (Parameter parameter : trained) {
          parameter.update(
              w -> Arrays.setAll(w, i -> w[i] * (1 + random.nextDouble(-1, 1) * size)));
        }
      }
    };
  }

  /** The learning rate times a factor. */
  static Change rateTimes(double factor) {
    return new Change() {
      @Override
      public double learningRate(long step, double recorded, Gradients gradients) {
        return factor * recorded;
      }
    };
  }

  /** The learning rate, but no more than a limit. */
  static Change rateAtMost(double limit) {
    return new Change() {
      @Override
      public double learningRate(long step, double recorded, Gradients gradients) {
        return Math.min(limit, recorded);
      }
    };
  }

  /** The optimizer keeps what it forgot. */
  static Change remembers() {
    return new Change() {
      @Override
      public boolean forgets() {
        return false;
      }
    };
  }

  /** Another optimizer, with the state of the recorded one. */
  static Change optimizer(UnaryOperator<Optimizer> other) {
    return new Change() {
      @Override
      public Optimizer optimizer(Optimizer recorded) {
        return other.apply(recorded);
      }
    };
  }

  /** The gradients' norm at most this. */
  static Change clipped(double norm) {
    GradientTransformation clipping = Clipping.globalNorm(norm);
    return new Change() {
      @Override
      public Gradients gradients(long step, Gradients gradients) {
        return Double.isFinite(gradients.norm()) ? clipping.apply(gradients) : gradients;
      }
    };
  }

  /** Steps along the gradient, each as long as the recorded one. */
  static Change equalSteps(List<Ledger.Step> recordedSteps) {
    long first = recordedSteps.get(0).number();
    return new Change() {
      @Override
      public double learningRate(long step, double recorded, Gradients gradients) {
        double length = recordedSteps.get((int) (step - first)).updateNorm();
        double norm = gradients.norm();
        return norm > 0 && length / norm < Double.POSITIVE_INFINITY ? length / norm : 0;
      }

      @Override
      public Optimizer optimizer(Optimizer recorded) {
        return new Sgd(recorded.parameters(), 0);
      }
    };
  }

  /** Other rows at one step. */
  static Change rowsAt(long changed, int[] rows) {
    return new Change() {
      @Override
      public int[] rows(long step, Batch recorded) {
        return step == changed ? rows : recorded.rows();
      }
    };
  }

  /** Without some rows; a batch that would be empty stays as it is. */
  static Change without(Set<Integer> removed) {
    return new Change() {
      @Override
      public int[] rows(long step, Batch recorded) {
        int[] rows = Arrays.stream(recorded.rows()).filter(r -> !removed.contains(r)).toArray();
        return rows.length > 1 ? rows : recorded.rows();
      }
    };
  }

  /**
   * Placebo: the rows of the batches before a step dealt out anew, each batch as large as it was.
   */
  static Change reordered(long from, long to, List<int[]> batches, long seed) {
    int[] all = batches.stream().flatMapToInt(Arrays::stream).toArray();
    shuffle(all, seed);
    return new Change() {
      @Override
      public int[] rows(long step, Batch recorded) {
        if (step < from || step >= to) {
          return recorded.rows();
        }
        int at = 0;
        for (long s = from; s < step; s++) {
          at += batches.get((int) (s - from)).length;
        }
        return Arrays.copyOfRange(all, at, at + recorded.size());
      }
    };
  }

  /** So many of the rows of a data set, at random, without repetition. */
  static int[] randomRows(int size, int count, long seed) {
    return new SplittableRandom(seed)
        .ints(0, size)
        .distinct()
        .limit(Math.min(size, count))
        .toArray();
  }

  private static void shuffle(int[] rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = rows.length - 1; i > 0; i--) {
      int k = random.nextInt(i + 1);
      int swapped = rows[i];
      rows[i] = rows[k];
      rows[k] = swapped;
    }
  }
}
