package org.spikelet.nn;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;

/**
 * Dropout: in training each element becomes 0 with probability p, and the others x / (1 − p), so
 * that the expectation is x; in evaluation y = x. With p = 1 all become 0.
 *
 * <p>The mask of call k is a function of two buffers, the {@code seed} and k itself, {@code calls}.
 * So restoring the {@linkplain Module#state state} restores the masks to come, bit for bit.
 * Srivastava et al. 2014; scaling in training ("inverted") as in PyTorch.
 */
public final class Dropout implements Module {

  private final double p;
  private final Parameter seed;
  private final Parameter calls;
  private boolean training = true;

  private Dropout(double p, double seed) {
    this.p = p;
    this.seed = Parameter.frozen("seed", Tensor.scalar(seed));
    this.calls = Parameter.frozen("calls", Tensor.scalar(0));
  }

  /**
   * Returns a layer that drops elements with probability p. Advances the random state once, for the
   * seed.
   *
   * @throws IllegalArgumentException if p is outside [0, 1]
   */
  public static Dropout of(double p, RandomGenerator random) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("Dropout: p must be in [0, 1], got " + p);
    }
    // 53 bits, which a double holds exactly.
    return new Dropout(p, (double) (random.nextLong() >>> 11));
  }

  /** Drops elements; in training, modifies the number of calls. */
  @Override
  public Tensor forward(Tensor x) {
    if (!training) {
      return x;
    }
    long call = (long) calls.item();
    calls.assign(calls.add(1));
    SplittableRandom random =
        new SplittableRandom(new SplittableRandom((long) seed.item()).nextLong() + call);
    double[] mask = random.doubles(x.size()).map(u -> u < p ? 0 : 1 / (1 - p)).toArray();
    return x.mul(Tensor.of(x.shape(), mask));
  }

  @Override
  public List<Parameter> ownParameters() {
    return List.of(seed, calls);
  }

  @Override
  public void train() {
    training = true;
  }

  @Override
  public void eval() {
    training = false;
  }

  @Override
  public boolean training() {
    return training;
  }

  @Override
  public String toString() {
    return "Dropout " + p;
  }
}
