package org.spikelet.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.BatchNorm;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Batch;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Optimizer;

/**
 * 06: tell penguins apart, with missing values.
 *
 * <p>344 penguins of three species (Horst, Hill and Gorman 2020). A bird without measurements says
 * nothing and is left out; an unknown sex stays in, as a case of its own. The measurements have
 * very different units, so they are standardised, with the mean and deviation of the training birds
 * only.
 */
public final class Example06Penguins {

  private static final List<String> SPECIES = List.of("Adelie", "Chinstrap", "Gentoo");
  private static final List<String> MEASUREMENTS =
      List.of("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g");
  private static final List<String> SEXES = List.of("female", "male", "NA");
  private static final String MISSING = "NA";

  private Example06Penguins() {}

  /** Trains on three quarters of the birds, and prints the share of the last told right. */
  public static void main(String... args) throws IOException {
    Dataset.Split split = load().split(0.75, 6);
    Dataset train = split.first();
    Dataset test = split.second();
    Tensor mean = train.inputs().mean(0);
    Tensor deviation = train.inputs().sub(mean).square().mean(0).sqrt();

    SplittableRandom random = new SplittableRandom(6);
    Module net =
        Sequential.of(
            Dense.of(MEASUREMENTS.size() + SEXES.size(), 16, random),
            BatchNorm.of(16),
            Activation.RELU,
            Dense.of(16, SPECIES.size(), random));
    Optimizer adam = new Adam(net.parameters(), 0.01);
    DataLoader loader = new DataLoader(train, 32).withShuffle(6).withDropLast();

    for (int epoch = 1; epoch <= 20; epoch++) {
      double sum = 0;
      for (Batch batch : loader) {
        Tensor inputs = batch.inputs().sub(mean).div(deviation);
        try (Tape tape = Tape.record()) {
          Tensor loss = Losses.crossEntropy(net.forward(inputs), batch.targets());
          adam.step(tape.gradients(loss));
          sum += loss.item();
        }
      }
      if (epoch % 5 == 0) {
        System.out.printf("epoch %2d   loss %.4f%n", epoch, sum / loader.batches());
      }
    }

    net.eval();
    Tensor logits = net.forward(test.inputs().sub(mean).div(deviation));
    System.out.printf(
        "right on %d held-out penguins: %.1f %%%n",
        test.size(), 100 * Accuracy.of(logits, test.targets()));
  }

  private static Dataset load() throws IOException {
    List<CSVRecord> all = read();
    List<CSVRecord> rows =
        all.stream()
            .filter(row -> MEASUREMENTS.stream().noneMatch(name -> row.get(name).equals(MISSING)))
            .toList();
    long unknownSex = rows.stream().filter(row -> row.get("sex").equals(MISSING)).count();
    System.out.printf(
        "%d penguins; %d left out, for they were not measured; %d of unknown sex kept%n",
        all.size(), all.size() - rows.size(), unknownSex);

    int width = MEASUREMENTS.size() + SEXES.size();
    double[] inputs = new double[rows.size() * width];
    double[] species = new double[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      CSVRecord row = rows.get(i);
      for (int k = 0; k < MEASUREMENTS.size(); k++) {
        inputs[i * width + k] = Double.parseDouble(row.get(MEASUREMENTS.get(k)));
      }
      // One of three columns is 1: female, male, unknown.
      inputs[i * width + MEASUREMENTS.size() + SEXES.indexOf(row.get("sex"))] = 1;
      species[i] = SPECIES.indexOf(row.get("species"));
    }
    return new Dataset(Tensor.of(Shape.of(rows.size(), width), inputs), Tensor.vector(species));
  }

  private static List<CSVRecord> read() throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (InputStream file = Example06Penguins.class.getResourceAsStream("penguins.csv");
        InputStreamReader text = new InputStreamReader(file, StandardCharsets.UTF_8)) {
      return format.parse(text).getRecords();
    }
  }
}
