package org.spikelet.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.examples.Example08Gpt;
import org.spikelet.examples.Example08Gpt.Block;
import org.spikelet.examples.Example08Gpt.Gpt;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Attention;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Module;
import org.spikelet.nn.RmsNorm;
import org.spikelet.nn.Sequential;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Dataset;

/**
 * A transformer to train with Adam: a block of program 08 with four heads on random numbers, or
 * program 08 itself on names; {@code benchmarks/peers/gpt.py} is the same in PyTorch.
 */
public final class TransformerTask {

  private static final int HEADS = 4;

  private final Adam adam;
  private final Tensor inputs;
  private final Module net;
  private final UnaryOperator<Tensor> loss;

  private TransformerTask(Module net, Tensor inputs, UnaryOperator<Tensor> loss) {
    this.net = net;
    this.adam = new Adam(net.parameters());
    this.inputs = inputs;
    this.loss = loss;
  }

  /** Returns whether a setting is one for {@link #parse}. */
  public static boolean reads(String setting) {
    return setting.startsWith("block ") || setting.startsWith("gpt ");
  }

  /**
   * Reads a setting: {@code block 32,16,64 relu}, batch, context and width, or with gelu; {@code
   * gpt 1}, the small one of program 08 with one name a step, {@code gpt 32}, the larger one.
   */
  public static TransformerTask parse(String setting) {
    String[] words = setting.split(" ", -1);
    return words[0].equals("gpt")
        ? gpt(Integer.parseInt(words[1]))
        : block(
            Arrays.stream(words[1].split(",", -1)).mapToInt(Integer::parseInt).toArray(),
            words[2].equals("relu") ? Activation.RELU : Activation.GELU);
  }

  private static TransformerTask gpt(int batch) {
    SplittableRandom random = new SplittableRandom(1);
    Gpt gpt = batch == 1 ? Gpt.of(1, 16, HEADS, random) : Gpt.of(2, 64, HEADS, random);
    Dataset names =
        Example08Gpt.examples(
            IntStream.range(0, batch).mapToObj(row -> "name".repeat(1 + row % 3)).toList());
    return new TransformerTask(
        gpt, names.inputs(), logits -> Example08Gpt.LOSS.apply(logits, names.targets()));
  }

  private static TransformerTask block(int[] sizes, Activation activation) {
    SplittableRandom random = new SplittableRandom(1);
    int width = sizes[2];
    Module block =
        new Block(
            RmsNorm.of(width),
            Attention.causal(width, HEADS, random),
            RmsNorm.of(width),
            Sequential.of(
                Dense.of(width, 4 * width, random),
                activation,
                Dense.of(4 * width, width, random)));
    Shape shape = Shape.of(sizes);
    Tensor inputs = Tensor.of(shape, random.doubles(shape.size(), -1, 1).toArray());
    return new TransformerTask(block, inputs, y -> y.square().mean());
  }

  /** Takes a step of the training, forward, loss, backward and update, and returns the loss. */
  public double step() {
    try (Tape tape = Tape.record()) {
      Tensor value = loss.apply(net.forward(inputs));
      adam.step(tape.gradients(value));
      return value.item();
    }
  }
}
