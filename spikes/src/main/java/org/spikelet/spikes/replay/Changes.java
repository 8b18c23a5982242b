package org.spikelet.spikes.replay;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.Clipping;
import org.spikelet.optim.GradientTransformation;
import org.spikelet.optim.Optimizer;
import org.spikelet.optim.Sgd;
import org.spikelet.optim.SkipStep;

/** The changes of the doctor's treatments and of their placebos. */
public final class Changes {

  private Changes() {}

  /** Placebo: each weight times 1 ± up to this size at the start. */
  public static Change perturbed(double size, long seed) {
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
  public static Change rateTimes(double factor) {
    return new Change() {
      @Override
      public double learningRate(long step, double rate, Gradients gradients) {
        return factor * rate;
      }
    };
  }

  /** The learning rate, but no more than a limit. */
  public static Change rateAtMost(double limit) {
    return new Change() {
      @Override
      public double learningRate(long step, double rate, Gradients gradients) {
        return Math.min(limit, rate);
      }
    };
  }

  /** The optimizer keeps what it forgot. */
  public static Change remembers() {
    return new Change() {
      @Override
      public boolean forgets() {
        return false;
      }
    };
  }

  /** The loss of batches with so many rows times a factor. */
  public static Change lossTimes(double factor, int rows) {
    return new Change() {
      @Override
      public BinaryOperator<Tensor> loss(BinaryOperator<Tensor> loss) {
        return (predictions, targets) -> {
          Tensor value = loss.apply(predictions, targets);
          return targets.shape().dimension(0) == rows ? value.mul(factor) : value;
        };
      }
    };
  }

  /** Another optimizer, made from the recorded one and given its state. */
  public static Change optimizer(UnaryOperator<Optimizer> other) {
    return new Change() {
      @Override
      public Optimizer optimizer(Optimizer recorded) {
        return other.apply(recorded);
      }
    };
  }

  /**
   * Another transformation of the gradients, made from the recorded one, which is in the state of
   * the start: one in its place, or {@code recorded.then(…)}.
   */
  public static Change transformation(UnaryOperator<GradientTransformation> other) {
    return new Change() {
      @Override
      public GradientTransformation transformation(GradientTransformation recorded) {
        return other.apply(recorded);
      }
    };
  }

  /** The gradients' norm at most this, as long as it is finite. */
  public static Change clipped(double norm) {
    return then(Clipping.globalNorm(norm));
  }

  /**
   * One transformation of the gradients more, after the recorded one; gradients that are not finite
   * go past it.
   *
   * @param more for one replay only, if it remembers anything
   */
  public static Change then(GradientTransformation more) {
    return transformation(
        recorded -> recorded.then(g -> Double.isFinite(g.norm()) ? more.apply(g) : g));
  }

  /**
   * Steps with an unusual norm or loss are skipped.
   *
   * @param remembered what a {@link SkipStep} has saved
   */
  public static Change skipping(List<Tensor> remembered) {
    SkipStep skipping = new SkipStep();
    skipping.restore(remembered);
    return new Change() {
      @Override
      public BinaryOperator<Tensor> loss(BinaryOperator<Tensor> loss) {
        return skipping.watching(loss);
      }

      @Override
      public GradientTransformation transformation(GradientTransformation recorded) {
        return recorded.then(skipping);
      }
    };
  }

  /**
   * Steps along the gradient.
   *
   * @param first the first step
   * @param lengths how long each step is, √ΣΔw², from the first on
   */
  public static Change equalSteps(long first, double[] lengths) {
    double[] known = lengths.clone();
    return new Change() {
      @Override
      public double learningRate(long step, double rate, Gradients gradients) {
        double length = known[(int) (step - first)];
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
  public static Change rowsAt(long changed, int[] other) {
    int[] known = other.clone();
    return new Change() {
      @Override
      public int[] rows(long step, int[] rows) {
        return step == changed ? known.clone() : rows;
      }
    };
  }

  /** Without some rows; a batch of which one or none would be left stays as it is. */
  public static Change without(Set<Integer> removed) {
    Set<Integer> known = Set.copyOf(removed);
    return new Change() {
      @Override
      public int[] rows(long step, int[] rows) {
        int[] left = Arrays.stream(rows).filter(row -> !known.contains(row)).toArray();
        return left.length > 1 ? left : rows;
      }
    };
  }

  /**
   * Placebo: the rows of some batches dealt out anew, each batch as large as it was.
   *
   * @param from the step of the first of them
   * @param batches their rows, step by step
   */
  public static Change reordered(long from, List<int[]> batches, long seed) {
    int[] all = batches.stream().flatMapToInt(Arrays::stream).toArray();
    int[] sizes = batches.stream().mapToInt(rows -> rows.length).toArray();
    shuffle(all, seed);
    return new Change() {
      @Override
      public int[] rows(long step, int[] rows) {
        if (step < from || step >= from + sizes.length) {
          return rows;
        }
        int batch = (int) (step - from);
        int at = Arrays.stream(sizes, 0, batch).sum();
        return Arrays.copyOfRange(all, at, at + sizes[batch]);
      }
    };
  }

  /** So many of the rows of a data set, at random, without repetition. */
  public static int[] randomRows(int size, int count, long seed) {
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
