import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The peak of one core in double precision, in GFLOP/s: twelve independent chains of fused
 * multiply-adds in registers, the best of many short runs.
 */
final class Peak {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int ROUNDS = 100_000;

  public static void main(String[] arguments) {
    double[] result = new double[S.length()];
    double best = 0;
    for (int run = 0; run < 300; run++) {
      long start = System.nanoTime();
      run(result);
      double flops = 12. * 2 * S.length() * ROUNDS;
      best = Math.max(best, flops / (System.nanoTime() - start));
    }
    System.out.printf("%d %.1f%n", 64 * S.length(), best);
    if (Double.isNaN(result[0])) {
      throw new IllegalStateException("NaN");
    }
  }

  private static void run(double[] result) {
    DoubleVector x = DoubleVector.broadcast(S, 1.0000001);
    DoubleVector y = DoubleVector.broadcast(S, 1e-9);
    DoubleVector a = x;
    DoubleVector b = x;
    DoubleVector c = x;
    DoubleVector d = x;
    DoubleVector e = x;
    DoubleVector f = x;
    DoubleVector g = x;
    DoubleVector h = x;
    DoubleVector i = x;
    DoubleVector j = x;
    DoubleVector k = x;
    DoubleVector l = x;
    for (int round = 0; round < ROUNDS; round++) {
      a = a.fma(x, y);
      b = b.fma(x, y);
      c = c.fma(x, y);
      d = d.fma(x, y);
      e = e.fma(x, y);
      f = f.fma(x, y);
      g = g.fma(x, y);
      h = h.fma(x, y);
      i = i.fma(x, y);
      j = j.fma(x, y);
      k = k.fma(x, y);
      l = l.fma(x, y);
    }
    a.add(b).add(c).add(d).add(e).add(f).intoArray(result, 0);
    g.add(h).add(i).add(j).add(k).add(l).add(DoubleVector.fromArray(S, result, 0)).intoArray(result, 0);
  }
}
