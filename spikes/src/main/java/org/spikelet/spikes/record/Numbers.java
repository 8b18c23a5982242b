package org.spikelet.spikes.record;

import java.util.Arrays;

/** Numbers one after the other, as a recorder hands them over and takes them back. */
final class Numbers {

  private double[] values;
  private int size;
  private int next;

  /** None yet. */
  Numbers() {
    values = new double[1024];
  }

  /** Those that were put, to be read from the first on. */
  Numbers(double[] values) {
    this.values = values;
    this.size = values.length;
  }

  /** Adds some. */
  void put(double... more) {
    if (size + more.length > values.length) {
      values = Arrays.copyOf(values, Math.max(2 * values.length, size + more.length));
    }
    System.arraycopy(more, 0, values, size, more.length);
    size += more.length;
  }

  /** Adds whole numbers, up to 2⁵³. */
  void putLongs(long... more) {
    put(Arrays.stream(more).mapToDouble(n -> (double) n).toArray());
  }

  /** Adds 64 bits, of which a double holds but 53. */
  void putBits(long bits) {
    putLongs(bits >>> 32, bits & 0xFFFF_FFFFL);
  }

  /** All that were put. */
  double[] toArray() {
    return Arrays.copyOf(values, size);
  }

  /**
   * Reads so many.
   *
   * @throws IllegalArgumentException if there are no more
   */
  double[] next(int count) {
    if (count < 0 || count > size - next) {
      throw new IllegalArgumentException(
          "restore: SpikeRecorder: of %s numbers %s are wanted from the %sth on; something else has saved them"
              .formatted(size, count, next));
    }
    next += count;
    return Arrays.copyOfRange(values, next - count, next);
  }

  /** Reads one. */
  double next() {
    return next(1)[0];
  }

  /** Reads a whole number. */
  long nextLong() {
    return (long) next();
  }

  /** Reads a count, or an index. */
  int nextInt() {
    return (int) next();
  }

  /** Reads 64 bits. */
  long nextBits() {
    double high = next();
    return (long) high << 32 | (long) next();
  }

  /** Whether all were read. */
  boolean isAtEnd() {
    return next == size;
  }
}
