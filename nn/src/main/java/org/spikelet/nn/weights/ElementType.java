package org.spikelet.nn.weights;

import java.nio.ByteBuffer;

/** How a file writes a number that a double holds exactly; little-endian. */
enum ElementType {
  F64(8) {
    @Override
    double read(ByteBuffer bytes) {
      return bytes.getDouble();
    }
  },
  F32(4) {
    @Override
    double read(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  /** IEEE 754's half: a sign, 5 bits of exponent, 10 of fraction. */
  F16(2) {
    @Override
    double read(ByteBuffer bytes) {
      int bits = bytes.getShort();
      int exponent = bits >> 10 & 0x1f;
      int fraction = bits & 0x3ff;
      double size =
          switch (exponent) {
            case 0 -> fraction * 0x1p-24;
            case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            default -> Math.scalb((double) (0x400 + fraction), exponent - 25);
          };
      return bits < 0 ? -size : size;
    }
  },
  /** The upper half of a float. */
  BF16(2) {
    @Override
    double read(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << 16);
    }
  };

  private final int size;

  ElementType(int size) {
    this.size = size;
  }

  /** How many bytes a number has. */
  int size() {
    return size;
  }

  abstract double read(ByteBuffer bytes);
}
