package org.spikelet.nn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/**
 * Self-attention with several heads: each place of a sequence asks all places, and takes from them
 * in proportion to how well their keys fit its query.
 *
 * <pre>
 * Q, K, V = x · W + b, cut into three        batch × context × width each
 * yₕ = softmax(Qₕ · Kₕᵀ / √d) · Vₕ           for each head h, of d = width / heads columns
 * y = (y₀ … y₍heads−1₎) · W′ + b′
 * </pre>
 *
 * <p>x and y: batch × context × width. The child {@code in} holds W: width × 3 · width, and b; the
 * child {@code out} W′: width × width, and b′. Causal attention looks at no later place, as a model
 * must that says what comes next. Vaswani et al. 2017, section 3.2.
 *
 * <p>In PyTorch: {@index nn.MultiheadAttention} with {@code batch_first}, for one input as query,
 * key and value.
 */
public final class Attention implements Module {

  private final Dense in;
  private final Parameter weight;
  private final Parameter bias;
  private final Dense out;
  private final int heads;
  private final boolean causal;

  private Attention(Dense in, Dense out, int heads, boolean causal) {
    this.in = in;
    this.weight = in.ownParameters().get(0);
    this.bias = in.ownParameters().get(1);
    this.out = out;
    this.heads = heads;
    this.causal = causal;
  }

  /**
   * Returns attention to all places, with PyTorch's default initialisation: {@code in} by Xavier,
   * {@code out} uniform in ±1/√width, both biases 0.
   *
   * @throws IllegalArgumentException if width or heads is less than 1, or width is no multiple of
   *     heads
   */
  public static Attention of(int width, int heads, RandomGenerator random) {
    if (width < 1 || heads < 1 || width % heads != 0) {
      throw new IllegalArgumentException(
          "Attention: the width must be a multiple of the heads, got %s and %s"
              .formatted(width, heads));
    }
    double a = 1 / Math.sqrt(width);
    return new Attention(
        Dense.of(width, 3 * width, random, Initializer.XAVIER_UNIFORM),
        Dense.of(width, width, random, Initializer.uniform(-a, a)),
        heads,
        false);
  }

  /**
   * Returns attention to earlier places and a place itself, initialised as {@link #of}.
   *
   * @throws IllegalArgumentException if width or heads is less than 1, or width is no multiple of
   *     heads
   */
  public static Attention causal(int width, int heads, RandomGenerator random) {
    Attention all = of(width, heads, random);
    return new Attention(all.in, all.out, heads, true);
  }

  /**
   * Returns which places causal attention sees, context × context: 1 where column ≤ row, else 0. It
   * takes the scores or, elsewhere, a number whose exponential is 0: {@code mask.where(scores,
   * Tensor.scalar(-Double.MAX_VALUE))}. (PyTorch adds −∞ instead, at which a check for numbers that
   * are not finite would stop.)
   *
   * @throws IllegalArgumentException if the context is negative, or above 46,340
   */
  public static Tensor causalMask(int context) {
    Shape shape = Shape.of(context, context);
    double[] mask = new double[shape.size()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % context <= i / context ? 1 : 0;
    }
    return Tensor.of(shape, mask);
  }

  private static Tensor causal(Tensor scores) {
    // Beside scores that overflowed, the lowest finite number would have a share.
    boolean low = Arrays.stream(scores.toArray()).anyMatch(score -> score <= -Double.MAX_VALUE);
    Tensor unseen = Tensor.scalar(low ? Double.NEGATIVE_INFINITY : -Double.MAX_VALUE);
    return causalMask(scores.shape().dimension(-1)).where(scores, unseen);
  }

  /**
   * Returns y for each place.
   *
   * @throws IllegalArgumentException if x is not batch × context × width
   */
  @Override
  public Tensor forward(Tensor x) {
    Features.checkLastAxis(this, width(), x);
    if (x.shape().rank() != 3) {
      throw new IllegalArgumentException(
          "%s: the input must be batch×context×width, its shape is %s".formatted(this, x.shape()));
    }
    Tensor q = third(0, x).permute(0, 2, 1, 3); // batch × heads × context × d
    Tensor kTransposed = third(1, x).permute(0, 2, 3, 1); // batch × heads × d × context
    Tensor v = third(2, x).permute(0, 2, 1, 3); // batch × heads × context × d
    double scale = 1 / Math.sqrt(q.shape().dimension(-1));
    Tensor scores = q.mul(scale).matmul(kTransposed); // batch × heads × context × context
    Tensor seen = causal ? causal(scores) : scores;
    Tensor y = seen.softmax(-1).matmul(v).permute(0, 2, 1, 3).reshape(x.shape());
    return Tape.within("out", out::forward, y);
  }

  /**
   * Q, K or V for each head, batch × context × heads × d. W is cut, not the product: a weight is
   * smaller than a batch.
   */
  private Tensor third(int i, Tensor x) {
    int from = i * width();
    int to = from + width();
    Tensor y = x.affine(weight.slice(1, from, to), bias.slice(0, from, to));
    return y.reshape(x.shape().dimension(0), x.shape().dimension(1), heads, width() / heads);
  }

  private int width() {
    return bias.size() / 3;
  }

  @Override
  public Map<String, Module> children() {
    Map<String, Module> children = new LinkedHashMap<>();
    children.put("in", in);
    children.put("out", out);
    return children;
  }

  @Override
  public String toString() {
    return "Attention %s, %s heads%s".formatted(width(), heads, causal ? ", causal" : "");
  }
}
