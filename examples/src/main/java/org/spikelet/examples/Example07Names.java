package org.spikelet.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Categorical;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Embedding;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;
import org.spikelet.optim.Adam;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Schedule;
import org.spikelet.optim.Trainer;

/**
 * 07: make up names.
 *
 * <p>8,403 English first names. The net sees the last four letters and says how likely each letter
 * is to be the next (Bengio et al. 2003); then it is asked again and again, and its answers are
 * drawn. Each letter is a row of a table that is trained with the rest: letters that behave alike
 * come to have rows alike.
 */
public final class Example07Names {

  private static final int LETTERS = Names.LETTERS;

  /** The net sees so many letters; a name begins after as many letters 0, its end. */
  private static final int CONTEXT = 4;

  private static final int WIDTH = 12;
  private static final int STEPS = 6_000;

  private Example07Names() {}

  /** Trains on nine names of ten, measures the loss on the last, and makes up ten new ones. */
  public static void main(String... args) throws IOException {
    List<String> names = Names.shuffled(7);
    int kept = names.size() * 9 / 10;
    Dataset known = examples(names.subList(0, kept));
    Dataset held = examples(names.subList(kept, names.size()));

    SplittableRandom random = new SplittableRandom(7);
    Module side = rows -> rows.reshape(-1, CONTEXT * WIDTH); // by side, batch × (context · width)
    Module net =
        Sequential.of(
            Embedding.of(LETTERS, WIDTH, random), // batch × context × width
            side,
            Dense.of(CONTEXT * WIDTH, 128, random),
            Activation.TANH,
            Dense.of(128, LETTERS, random));
    Adam adam = new Adam(net.parameters(), Schedule.cosine(0.003, 0, STEPS));
    DataLoader loader = new DataLoader(known, 64).withShuffle(7);
    System.out.printf("all letters alike   loss %.3f%n", Math.log(LETTERS));
    new Trainer(net::forward, Losses::crossEntropy, adam, loader)
        .listen(
            step -> {
              if ((step.number() + 1) % 1_500 == 0) {
                double loss =
                    Losses.crossEntropy(net.forward(held.inputs()), held.targets()).item();
                System.out.printf(
                    "step %d           loss %.3f on held-out names%n", step.number() + 1, loss);
              }
            })
        .run(STEPS);

    System.out.println("made up:");
    for (int k = 0; k < 10; k++) {
      String name = make(net, random);
      System.out.println("  " + name + (names.contains(name) ? "   (there is such a name)" : ""));
    }
  }

  /** Draws letter after letter, until the name ends. */
  private static String make(Module net, SplittableRandom random) {
    StringBuilder name = new StringBuilder();
    double[] context = new double[CONTEXT];
    while (true) {
      int letter = Categorical.drawLogits(net.forward(Tensor.matrix(context)), random)[0];
      if (letter == 0) {
        return name.toString();
      }
      name.append(Names.letter(letter));
      System.arraycopy(context, 1, context, 0, CONTEXT - 1);
      context[CONTEXT - 1] = letter;
    }
  }

  /** A row for each letter of each name, and its end: the letters before it, and itself. */
  private static Dataset examples(List<String> names) {
    List<double[]> contexts = new ArrayList<>();
    List<Double> next = new ArrayList<>();
    for (String name : names) {
      double[] context = new double[CONTEXT];
      for (int i = 0; i <= name.length(); i++) {
        double letter = Names.code(name, i);
        contexts.add(context.clone());
        next.add(letter);
        System.arraycopy(context, 1, context, 0, CONTEXT - 1);
        context[CONTEXT - 1] = letter;
      }
    }
    return new Dataset(
        Tensor.matrix(contexts.toArray(double[][]::new)),
        Tensor.vector(next.stream().mapToDouble(letter -> letter).toArray()));
  }
}
