package org.spikelet.optim.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** Writes numbers, and the checksum of all of them so far. */
final class SummedOutput {

  private final FileChannel channel;
  private final Disk disk;
  private final CRC32C sum = new CRC32C();
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);

  /** Up to here the bytes in the buffer are in the sum. */
  private int summed;

  SummedOutput(FileChannel channel, Disk disk) {
    this.channel = channel;
    this.disk = disk;
  }

  void bytes(byte[] bytes) throws IOException {
    for (int i = 0; i < bytes.length; ) {
      int count = Math.min(bytes.length - i, room(1));
      buffer.put(bytes, i, count);
      i += count;
    }
  }

  void number(int value) throws IOException {
    room(4);
    buffer.putInt(value);
  }

  void longNumber(long value) throws IOException {
    room(8);
    buffer.putLong(value);
  }

  void doubles(double[] values) throws IOException {
    for (int i = 0; i < values.length; ) {
      int count = Math.min(values.length - i, room(8) / 8);
      buffer.asDoubleBuffer().put(values, i, count);
      buffer.position(buffer.position() + 8 * count);
      i += count;
    }
  }

  /** Writes the sum; it is not summed up itself: after a CRC the CRC of all is a constant. */
  void checksum() throws IOException {
    room(4);
    sumUp();
    buffer.putInt((int) sum.getValue());
    summed = buffer.position();
  }

  void flush() throws IOException {
    sumUp();
    buffer.flip();
    while (buffer.hasRemaining()) {
      disk.write(channel, buffer);
    }
    buffer.clear();
    summed = 0;
  }

  private void sumUp() {
    sum.update(buffer.duplicate().flip().position(summed));
    summed = buffer.position();
  }

  /** Makes room for some bytes, and returns how much there is. */
  private int room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer.remaining();
  }
}
