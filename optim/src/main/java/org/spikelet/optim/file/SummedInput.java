package org.spikelet.optim.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** Reads what {@link SummedOutput} has written. */
final class SummedInput {

  private final FileChannel channel;
  private final CRC32C sum = new CRC32C();
  private final long size;
  private long position;
  private final ByteBuffer buffer;

  SummedInput(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
    int capacity = (int) Math.min(1 << 20, Math.max(8, size));
    this.buffer = ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  long position() {
    return position;
  }

  long remaining() {
    return size - position;
  }

  DamagedFile damaged(String what) {
    return new DamagedFile("at byte " + position + ": " + what);
  }

  byte[] bytes(int count, String what) throws IOException {
    require(count, what);
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; ) {
      int part = Math.min(count - i, buffer.capacity());
      fill(part, what).get(bytes, i, part);
      i += part;
    }
    return bytes;
  }

  int number(String what) throws IOException {
    require(4, what);
    return fill(4, what).getInt();
  }

  long longNumber(String what) throws IOException {
    require(8, what);
    return fill(8, what).getLong();
  }

  double[] doubles(int count, String what) throws IOException {
    require(8L * count, what);
    double[] values = new double[count];
    for (int i = 0; i < count; ) {
      int part = Math.min(count - i, buffer.capacity() / 8);
      fill(8 * part, what).asDoubleBuffer().get(values, i, part);
      i += part;
    }
    return values;
  }

  /** Compares the sum of all so far; what came from a byte on has not been compared before. */
  void checksum(String what, long from) throws IOException {
    int expected = (int) sum.getValue();
    long to = position - 1;
    require(4, "the checksum of " + what);
    // Read without summing it up.
    int there = read(4, what).getInt();
    if (there != expected) {
      throw new DamagedFile(
          "bytes %d to %d, %s, do not fit their checksum in bytes %d to %d: it is %08X, they have %08X"
              .formatted(from, to, what, to + 1, to + 4, there, expected));
    }
  }

  private void require(long count, String what) throws DamagedFile {
    if (count < 0 || count > remaining()) {
      throw damaged("%s would take %d bytes, there are %d".formatted(what, count, remaining()));
    }
  }

  private ByteBuffer fill(int count, String what) throws IOException {
    ByteBuffer filled = read(count, what);
    sum.update(filled.duplicate());
    return filled;
  }

  private ByteBuffer read(int count, String what) throws IOException {
    buffer.clear().limit(count);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw damaged("the file ends here, within " + what + "; was it cut while it was read?");
      }
    }
    position += count;
    return buffer.flip();
  }
}
