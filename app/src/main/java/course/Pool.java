package course;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Chapter 12: memory and speed. Arrays that are used again, and a product that runs along rows. */
public final class Pool {
  private final Map<Integer, Deque<double[]>> free = new HashMap<>();
  private int made;

  /** An empty pool. */
  public Pool() {}

  /** Returns an array of zeros: one that was given back if there is one, else a new one. */
  public double[] take(int size) {
    // Gap take: look for a free array of this size. It still holds the numbers of its last user.
    Deque<double[]> arrays = free.getOrDefault(size, new ArrayDeque<>());
    if (arrays.isEmpty()) {
      made++;
      return new double[size];
    }
    double[] array = arrays.pop();
    Arrays.fill(array, 0);
    return array;
    // End of gap.
  }

  /** Takes an array back that nobody reads any more. */
  public void giveBack(double[] array) {
    // Gap giveBack: keep it with those of its size.
    free.computeIfAbsent(array.length, size -> new ArrayDeque<>()).push(array);
    // End of gap.
  }

  /** Returns how many arrays were made in all. */
  public int made() {
    return made;
  }

  /**
   * Adds the product of a and b to c, all row by row.
   *
   * @param a m × n
   * @param b n × p
   * @param c m × p
   */
  public static void addProduct(double[] a, double[] b, double[] c, int m, int n, int p) {
    // Gap addProduct: the loops in the order i, k, j, so that the innermost runs along a row of b
    // and a row of c.
    for (int i = 0; i < m; i++) {
      for (int k = 0; k < n; k++) {
        double factor = a[i * n + k];
        for (int j = 0; j < p; j++) {
          c[i * p + j] += factor * b[k * p + j];
        }
      }
    }
    // End of gap.
  }
}
