package org.spikelet.examples;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Attention;
import org.spikelet.nn.Categorical;
import org.spikelet.nn.CrossEntropy;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Embedding;
import org.spikelet.nn.Initializer;
import org.spikelet.nn.Module;
import org.spikelet.nn.RmsNorm;
import org.spikelet.nn.Sequential;
import org.spikelet.optim.Adam;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Schedule;
import org.spikelet.optim.Trainer;

/**
 * 08: a small GPT.
 *
 * <p>A transformer (Vaswani et al. 2017; the order of its parts as in GPT-2, Radford et al. 2019)
 * on the names of the program before. It reads all letters of a name at once and says of each place
 * which letter comes next; attention lets a place look back at all places before it. It is trained
 * in two sizes: in that of Karpathy's microgpt, with a thousand steps of one name each, and larger.
 */
public final class Example08Gpt {

  private static final int LETTERS = Names.LETTERS;

  /** A name has at most 13 letters, and begins with letter 0, its end. */
  public static final int CONTEXT = 16;

  /** In place of the next letter, behind the end of a name: it is not asked for. */
  private static final int NOTHING = -1;

  /** The mean cross-entropy of the letters that are asked for. */
  public static final CrossEntropy LOSS = CrossEntropy.DEFAULTS.withIgnoreIndex(NOTHING);

  private Example08Gpt() {}

  /** What is known of each letter and place, some blocks, and a layer that says the next letter. */
  public record Gpt(Embedding letters, Embedding places, Module blocks, Module norm, Module head)
      implements Module {

    /** Returns one of so many blocks. */
    public static Gpt of(int layers, int width, int heads, RandomGenerator random) {
      Initializer small = Initializer.normal(0, 0.08);
      Module[] blocks = new Module[layers];
      Arrays.setAll(blocks, layer -> Block.of(width, heads, random));
      return new Gpt(
          Embedding.of(LETTERS, width, random, small),
          Embedding.of(CONTEXT, width, random, small),
          Sequential.of(blocks),
          RmsNorm.of(width),
          Dense.of(width, LETTERS, random));
    }

    /** codes: batch × context. */
    @Override
    public Tensor forward(Tensor codes) {
      int[] each = IntStream.range(0, codes.shape().dimension(1)).toArray();
      Tensor letter = letters.forward(codes); // batch × context × width
      Tensor place = places.forward(each); // context × width
      Tensor x = blocks.forward(letter.add(place)); // batch × context × width
      return head.forward(norm.forward(x)); // batch × context × 27
    }

    @Override
    public Map<String, Module> children() {
      return named(
          List.of("letters", "places", "blocks", "norm", "head"),
          letters,
          places,
          blocks,
          norm,
          head);
    }
  }

  /** Attention, then a net of its own for each place; both add to what is there. */
  public record Block(Module norm1, Module attention, Module norm2, Module net) implements Module {

    /** Returns one whose net is four times as wide within. */
    public static Block of(int width, int heads, RandomGenerator random) {
      return new Block(
          RmsNorm.of(width),
          Attention.causal(width, heads, random),
          RmsNorm.of(width),
          Sequential.of(
              Dense.of(width, 4 * width, random), // batch × context × 4 · width
              Activation.RELU,
              Dense.of(4 * width, width, random)));
    }

    /** x and y: batch × context × width. */
    @Override
    public Tensor forward(Tensor x) {
      Tensor seen = x.add(attention.forward(norm1.forward(x)));
      return seen.add(net.forward(norm2.forward(seen)));
    }

    @Override
    public Map<String, Module> children() {
      return named(List.of("norm1", "attention", "norm2", "net"), norm1, attention, norm2, net);
    }
  }

  private static Map<String, Module> named(List<String> names, Module... modules) {
    Map<String, Module> inOrder = new LinkedHashMap<>();
    for (String name : names) {
      inOrder.put(name, modules[inOrder.size()]);
    }
    return inOrder;
  }

  /** Trains a small and a larger one on nine names of ten, and lets each make up names. */
  public static void main(String... args) throws IOException {
    List<String> names = Names.shuffled(8);
    int kept = names.size() * 9 / 10;
    Dataset known = examples(names.subList(0, kept));
    Dataset held = examples(names.subList(kept, names.size()));
    SplittableRandom random = new SplittableRandom(8);
    System.out.printf("all letters alike     loss %.3f%n", Math.log(LETTERS));

    System.out.println("1 layer of width 16, one name a step:");
    Gpt small = Gpt.of(1, 16, 4, random);
    train(small, known, held, 1, Schedule.linear(0.01, 0, 1_000), 1_000);
    show(small, names, random);

    System.out.println("2 layers of width 64, 32 names a step:");
    Gpt larger = Gpt.of(2, 64, 4, random);
    train(larger, known, held, 32, Schedule.cosine(0.003, 0, 600), 600);
    show(larger, names, random);
  }

  private static void train(
      Gpt gpt, Dataset known, Dataset held, int batch, Schedule rate, int steps) {
    DataLoader loader = new DataLoader(known, batch).withShuffle(8);
    new Trainer(gpt::forward, LOSS, new Adam(gpt.parameters(), rate), loader)
        .listen(
            step -> {
              if ((step.number() + 1) % (steps / 4) == 0) {
                double loss = LOSS.apply(gpt.forward(held.inputs()), held.targets()).item();
                System.out.printf(
                    "step %4d             loss %.3f on held-out names%n", step.number() + 1, loss);
              }
            })
        .run(steps);
  }

  /** What it has learned, and ten names of its own. */
  private static void show(Gpt gpt, List<String> names, RandomGenerator random) {
    int q = 'q' - 'a' + 1;
    int u = 'u' - 'a' + 1;
    System.out.printf(
        "after q comes u with %.0f %%; made up:%n", 100 * next(gpt, 0, q).softmax(-1).at(u));
    for (int k = 0; k < 10; k++) {
      String name = make(gpt, random);
      System.out.println("  " + name + (names.contains(name) ? "   (there is such a name)" : ""));
    }
  }

  /** The logits of the letter that follows these, of shape 27. */
  private static Tensor next(Gpt gpt, int... codes) {
    double[] row = Arrays.stream(codes).asDoubleStream().toArray();
    Tensor logits = gpt.forward(Tensor.matrix(row)); // 1 × letters so far × 27
    return logits.slice(1, row.length - 1, row.length).reshape(LETTERS);
  }

  /** Draws letter after letter, until the name ends. */
  private static String make(Gpt gpt, RandomGenerator random) {
    StringBuilder name = new StringBuilder();
    int[] codes = {0};
    while (codes.length < CONTEXT) {
      int letter = Categorical.drawLogits(next(gpt, codes), random)[0];
      if (letter == 0) {
        break;
      }
      name.append(Names.letter(letter));
      codes = Arrays.copyOf(codes, codes.length + 1);
      codes[codes.length - 1] = letter;
    }
    return name.toString();
  }

  /** A row for each name: 0 and its letters; and for each place the next letter, 0 at the end. */
  public static Dataset examples(List<String> names) {
    double[] inputs = new double[names.size() * CONTEXT];
    double[] next = new double[inputs.length];
    Arrays.fill(next, NOTHING);
    for (int row = 0; row < names.size(); row++) {
      String name = names.get(row);
      for (int i = 0; i <= name.length(); i++) {
        inputs[row * CONTEXT + i] = i == 0 ? 0 : Names.code(name, i - 1);
        next[row * CONTEXT + i] = Names.code(name, i);
      }
    }
    Shape shape = Shape.of(names.size(), CONTEXT);
    return new Dataset(Tensor.of(shape, inputs), Tensor.of(shape, next));
  }
}
