import java.util.Locale;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.spikelet.benchmarks.Timing;

/** EJML's side of the comparison, matrix products only, on one thread. */
final class Ejml {

  private Ejml() {}

  public static void main(String[] arguments) {
    double warmUp = Double.parseDouble(arguments[0]);
    double seconds = Double.parseDouble(arguments[1]);
    for (int i = 2; i < arguments.length; i++) {
      if (arguments[i].startsWith("matmul ")) {
        int n = Integer.parseInt(arguments[i].substring(7));
        DMatrixRMaj a = RandomMatrices_DDRM.rectangle(n, n, new Random(1));
        DMatrixRMaj b = RandomMatrices_DDRM.rectangle(n, n, new Random(2));
        DMatrixRMaj y = new DMatrixRMaj(n, n);
        double time = Timing.microseconds(warmUp, seconds, () -> CommonOps_DDRM.mult(a, b, y));
        System.out.printf(Locale.ROOT, "%s\t%.3f%n", arguments[i], time);
      }
    }
  }
}
