package org.spikelet.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/**
 * A table with a row for each code, y[i] = weight[codes[i]]: what is learned of a letter, a word or
 * a place. A code that occurs twice gets both gradients.
 *
 * <p>weight: count × width.
 *
 * <p>In PyTorch: {@index nn.Embedding}.
 */
public final class Embedding implements Module {

  private final Parameter weight;

  private Embedding(Parameter weight) {
    this.weight = weight;
  }

  /**
   * Returns a table with PyTorch's default initialisation, N(0, 1).
   *
   * @throws IllegalArgumentException if count or width is less than 1
   */
  public static Embedding of(int count, int width, RandomGenerator random) {
    return of(count, width, random, Initializer.normal(0, 1));
  }

  /**
   * Returns a table whose rows come from an initializer.
   *
   * @throws IllegalArgumentException if count or width is less than 1, or the initializer returns
   *     another shape than count × width
   */
  public static Embedding of(
      int count, int width, RandomGenerator random, Initializer initializer) {
    String name = "Embedding " + count + "×" + width;
    if (count < 1 || width < 1) {
      throw new IllegalArgumentException(name + ": both sizes must be at least 1");
    }
    Tensor weight = initializer.draw(count, width, random);
    if (!weight.shape().equals(Shape.of(count, width))) {
      throw new IllegalArgumentException(
          name + ": the initializer returned the shape " + weight.shape());
    }
    return new Embedding(Parameter.of("weight", weight));
  }

  /**
   * Returns the rows of these codes, of shape codes × width.
   *
   * @throws IllegalArgumentException if a code is not from 0 to count − 1
   */
  public Tensor forward(int... codes) {
    Objects.requireNonNull(codes, "Embedding: codes must not be null");
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] < 0 || codes[i] >= weight.shape().dimension(0)) {
        throw noCode(i, codes[i]);
      }
    }
    return weight.gatherRows(codes);
  }

  /**
   * Returns the rows of the codes that a dataset holds; codes: … integers from 0 to count − 1, y: …
   * × width.
   *
   * @throws IllegalArgumentException if one is not such an integer
   */
  @Override
  public Tensor forward(Tensor codes) {
    int[] rows = new int[codes.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (int) codes.at(i);
      if (rows[i] != codes.at(i) || rows[i] < 0 || rows[i] >= weight.shape().dimension(0)) {
        throw noCode(i, codes.at(i));
      }
    }
    int[] shape = Arrays.copyOf(codes.shape().dimensions(), codes.shape().rank() + 1);
    shape[shape.length - 1] = weight.shape().dimension(1);
    return weight.gatherRows(rows).reshape(Shape.of(shape));
  }

  private IllegalArgumentException noCode(int i, Object code) {
    return new IllegalArgumentException(
        "%s: code %s (in row-major order) is %s; it must be an integer from 0 to %s"
            .formatted(this, i, code, weight.shape().dimension(0) - 1));
  }

  @Override
  public List<Parameter> ownParameters() {
    return List.of(weight);
  }

  @Override
  public String toString() {
    return "Embedding " + weight.shape();
  }
}
