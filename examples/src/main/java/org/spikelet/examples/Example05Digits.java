package org.spikelet.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Dropout;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;
import org.spikelet.nn.Summary;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Batch;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Optimizer;

/**
 * 05: read handwritten digits.
 *
 * <p>1,797 pictures of 8 × 8 pixels (Alpaydin and Kaynak 1998). A quarter is held out, and only
 * looked at after the training; dropout keeps the net from learning the rest by heart.
 */
public final class Example05Digits {

  private static final int PIXELS = 64;
  private static final double BRIGHTEST = 16;

  private Example05Digits() {}

  /** Trains on three quarters of the pictures, and prints the share of the last read right. */
  public static void main(String... args) throws IOException {
    Dataset.Split split = load().split(0.75, 5);
    SplittableRandom random = new SplittableRandom(5);
    Module net =
        Sequential.of(
            Dense.of(PIXELS, 128, random),
            Activation.RELU,
            Dropout.of(0.2, random),
            Dense.of(128, 64, random),
            Activation.RELU,
            Dense.of(64, 10, random));
    System.out.println(Summary.of(net, Shape.of(32, PIXELS)));

    Optimizer adam = new Adam(net.parameters());
    DataLoader loader = new DataLoader(split.first(), 32).withShuffle(5);
    for (int epoch = 1; epoch <= 30; epoch++) {
      double sum = 0;
      for (Batch batch : loader) {
        try (Tape tape = Tape.record()) {
          Tensor loss = Losses.crossEntropy(net.forward(batch.inputs()), batch.targets());
          adam.step(tape.gradients(loss));
          sum += loss.item();
        }
      }
      if (epoch % 5 == 0) {
        System.out.printf("epoch %2d   loss %.4f%n", epoch, sum / loader.batches());
      }
    }

    net.eval();
    Dataset test = split.second();
    System.out.printf(
        "right on %d held-out pictures: %.1f %%%n",
        test.size(), 100 * Accuracy.of(net.forward(test.inputs()), test.targets()));
  }

  /** Rows of 64 pixels from 0 to 16, and then the digit. */
  private static Dataset load() throws IOException {
    try (InputStream file = Example05Digits.class.getResourceAsStream("digits.csv.gz");
        InputStreamReader text =
            new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8)) {
      List<CSVRecord> rows = CSVFormat.DEFAULT.parse(text).getRecords();
      double[] pixels = new double[rows.size() * PIXELS];
      double[] digits = new double[rows.size()];
      for (int i = 0; i < rows.size(); i++) {
        for (int k = 0; k < PIXELS; k++) {
          pixels[i * PIXELS + k] = Double.parseDouble(rows.get(i).get(k)) / BRIGHTEST;
        }
        digits[i] = Double.parseDouble(rows.get(i).get(PIXELS));
      }
      return new Dataset(Tensor.of(Shape.of(rows.size(), PIXELS), pixels), Tensor.vector(digits));
    }
  }
}
