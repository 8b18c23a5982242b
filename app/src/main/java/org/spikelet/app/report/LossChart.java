package org.spikelet.app.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.spikelet.app.training.Run;

/**
 * The loss curves of a section as a PNG, loss on a logarithmic axis.
 *
 * <p>The first hundredth of the steps, when the loss falls from wherever the weights began, is left
 * out: it would take up most of the axis.
 */
public final class LossChart {

  /** Vermilion and blue of Okabe and Ito's palette: told apart by every kind of colour vision. */
  private static final List<Color> COLORS =
      List.of(new Color(0xD5, 0x5E, 0x00), new Color(0x00, 0x72, 0xB2));

  private LossChart() {}

  /** Draws the runs of a section. */
  public static byte[] png(Section section) throws IOException {
    List<Run> runs = section.runs();
    XYChart chart =
        new XYChartBuilder()
            .width(1200)
            .height(600)
            .title(section.title())
            .xAxisTitle("step")
            .yAxisTitle("training loss (logarithmic)")
            .build();
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotBorderVisible(false);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
    chart.getStyler().setXAxisDecimalPattern("#,##0");
    chart.getStyler().setXAxisTickMarkSpacingHint(120);
    chart.getStyler().setXAxisMin(0.0);
    for (int k = 0; k < runs.size(); k++) {
      double[] losses = runs.get(k).losses();
      // A logarithmic axis has no place for 0 and for what is not finite.
      int[] drawn =
          IntStream.range(losses.length / 100, losses.length)
              .filter(i -> losses[i] > 0 && Double.isFinite(losses[i]))
              .toArray();
      if (drawn.length > 0) {
        XYSeries series =
            chart.addSeries(
                runs.get(k).name(),
                Arrays.stream(drawn).asDoubleStream().toArray(),
                Arrays.stream(drawn).mapToDouble(i -> losses[i]).toArray());
        series.setMarker(SeriesMarkers.NONE);
        series.setLineStyle(new BasicStroke(0.8f));
        series.setLineColor(COLORS.get(k));
      }
    }
    return ChartEncoder.getBytes(chart, "png");
  }
}
