package org.spikelet.show;

import java.util.Arrays;
import java.util.List;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/**
 * What a tensor held at one moment.
 *
 * @param shape its shape
 * @param least the smallest finite element; NaN if there is none
 * @param greatest the largest finite element; NaN if there is none
 * @param notFinite how many elements are NaN or ±∞
 * @param zeros how many elements are 0
 * @param first all elements if there are at most 24, else the first 6
 * @param histogram the finite elements counted in 16 equal parts of the range; empty if {@code
 *     first} has all
 */
record Values(
    Shape shape,
    double least,
    double greatest,
    int notFinite,
    int zeros,
    List<Double> first,
    List<Integer> histogram) {

  private static final int ALL = 24;
  private static final int SOME = 6;
  private static final int BINS = 16;

  static Values of(Tensor x) {
    return of(x.shape(), x.toArray());
  }

  static Values of(Shape shape, double... elements) {
    double[] finite = Arrays.stream(elements).filter(Double::isFinite).toArray();
    double least = Arrays.stream(finite).min().orElse(Double.NaN);
    double greatest = Arrays.stream(finite).max().orElse(Double.NaN);
    boolean all = elements.length <= ALL;
    return new Values(
        shape,
        least,
        greatest,
        elements.length - finite.length,
        (int) Arrays.stream(finite).filter(value -> value == 0).count(),
        Arrays.stream(elements).limit(all ? elements.length : SOME).boxed().toList(),
        all || !(least < greatest) ? List.of() : histogram(least, greatest, finite));
  }

  private static List<Integer> histogram(double least, double greatest, double... finite) {
    int[] counts = new int[BINS];
    for (double value : finite) {
      // Halved, for the range of finite numbers may be infinite.
      double place = (value / 2 - least / 2) / (greatest / 2 - least / 2);
      counts[(int) Math.min(BINS - 1, place * BINS)]++;
    }
    return Arrays.stream(counts).boxed().toList();
  }

  boolean isFinite() {
    return notFinite == 0;
  }
}
