package org.spikelet.examples;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Initializer;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Batch;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Dataset;
import org.spikelet.optim.Optimizer;

/**
 * 04: two moons, with a picture of the decision boundary.
 *
 * <p>Batches, epochs, class indices for targets; and a look at what the net has learned.
 */
public final class Example04Moons {

  private static final int POINTS = 400;
  private static final int GRID = 160;

  private Example04Moons() {}

  /** Trains on two interlocking half circles, and writes moons.png into the current folder. */
  public static void main(String... args) throws IOException {
    run(Path.of("moons.png").toAbsolutePath());
  }

  /** Trains, writes the picture, and returns the share of points on the right side. */
  static double run(Path picture) throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    Dataset data = moons(random);
    Module net =
        Sequential.of(
            Dense.of(2, 32, random),
            Activation.RELU,
            Dense.of(32, 32, random),
            Activation.RELU,
            Dense.of(32, 2, random));
    Optimizer adam = new Adam(net.parameters(), 0.01);
    DataLoader loader = new DataLoader(data, 32).withShuffle(4);

    for (int epoch = 1; epoch <= 40; epoch++) {
      double sum = 0;
      for (Batch batch : loader) {
        try (Tape tape = Tape.record()) {
          Tensor loss = Losses.crossEntropy(net.forward(batch.inputs()), batch.targets());
          adam.step(tape.gradients(loss));
          sum += loss.item();
        }
      }
      if (epoch % 10 == 0) {
        System.out.printf("epoch %2d   loss %.5f%n", epoch, sum / loader.batches());
      }
    }
    double right = Accuracy.of(net.forward(data.inputs()), data.targets());
    System.out.printf("right on the training points: %.1f %%%n", 100 * right);

    Files.write(picture, ChartEncoder.getBytes(draw(net, data), "png"));
    System.out.println("Picture: " + picture);
    return right;
  }

  /** Two half circles of radius 1, the second upside down and shifted, with noise of 0.12. */
  private static Dataset moons(SplittableRandom random) {
    double[] points = new double[2 * POINTS];
    double[] classes = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      double angle = Math.PI * random.nextDouble();
      boolean upper = i % 2 == 0;
      points[2 * i] = upper ? StrictMath.cos(angle) : 1 - StrictMath.cos(angle);
      points[2 * i + 1] = upper ? StrictMath.sin(angle) : 0.5 - StrictMath.sin(angle);
      classes[i] = upper ? 0 : 1;
    }
    Tensor noise = Initializer.normal(0, 0.12).draw(POINTS, 2, random);
    return new Dataset(Tensor.of(Shape.of(POINTS, 2), points).add(noise), Tensor.vector(classes));
  }

  private static XYChart draw(Module net, Dataset data) {
    XYChart chart =
        new XYChartBuilder().width(900).height(640).title("What the net says where").build();
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setXAxisMin(-1.5).setXAxisMax(2.5).setYAxisMin(-1.0).setYAxisMax(1.5);

    double[] grid = new double[2 * GRID * GRID];
    for (int i = 0; i < GRID * GRID; i++) {
      grid[2 * i] = -1.5 + 4.0 * (i % GRID) / (GRID - 1);
      grid[2 * i + 1] = -1.0 + 2.5 * Math.floorDiv(i, GRID) / (GRID - 1);
    }
    Tensor places = Tensor.of(Shape.of(GRID * GRID, 2), grid);
    int[] answers = Accuracy.classes(net.forward(places));
    Color[] pale = {new Color(0xFB, 0xE3, 0xCF), new Color(0xD3, 0xE6, 0xF3)};
    Color[] strong = {new Color(0xD5, 0x5E, 0x00), new Color(0x00, 0x72, 0xB2)};
    for (int c = 0; c < 2; c++) {
      XYSeries area = points(chart, "net: class " + c, places, answers, c);
      area.setMarkerColor(pale[c]);
      area.setMarker(SeriesMarkers.SQUARE);
    }
    int[] classes = new int[data.size()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = (int) data.targets().get(i);
    }
    for (int c = 0; c < 2; c++) {
      XYSeries moon = points(chart, "data: class " + c, data.inputs(), classes, c);
      moon.setMarkerColor(strong[c]);
      moon.setMarker(c == 0 ? SeriesMarkers.CIRCLE : SeriesMarkers.DIAMOND);
    }
    return chart;
  }

  /** Adds the points of one class to the chart. */
  private static XYSeries points(
      XYChart chart, String name, Tensor points, int[] classes, int wanted) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] == wanted) {
        x.add(points.get(i, 0));
        y.add(points.get(i, 1));
      }
    }
    return chart.addSeries(name, x, y);
  }
}
