package org.spikelet.nn.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/**
 * The safetensors format: eight bytes with the length of the header, the header as JSON, and the
 * tensors' numbers, row-major and little-endian.
 *
 * <p>Tensors are written as F64. F64, F32, F16 and BF16 are read; a double holds each of their
 * numbers exactly, as they were rounded when they were written. Tensors of other types, such as
 * integers, are only named. The format: <a
 * href="https://huggingface.co/docs/safetensors">huggingface.co/docs/safetensors</a>.
 */
public final class Safetensors {

  /** The Python package reads no longer header either. */
  private static final long LONGEST_HEADER = 100_000_000;

  private static final int START = 8;

  /** Of the elements of types that are no weights; the format may come to have more. */
  private static final Map<String, Integer> OTHER_SIZES =
      Map.of(
          "BOOL", 1, "U8", 1, "I8", 1, "U16", 2, "I16", 2, "U32", 4, "I32", 4, "U64", 8, "I64", 8);

  private static final int CHUNK = 1 << 20;

  private Safetensors() {}

  /**
   * What is in a file.
   *
   * @param tensors by name, in the order of the file
   * @param others types of the tensors that hold no floating-point numbers, by name
   * @param metadata words about the whole
   */
  public record Contents(
      Map<String, Tensor> tensors, Map<String, String> others, Map<String, String> metadata) {

    /** Copies the maps. */
    public Contents {
      tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
      others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
      metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
  }

  /**
   * Writes a file, or replaces one: at any moment there is the old one or the new one, whole. Where
   * there is a link, the file that it leads to is replaced.
   *
   * @param tensors by name, written in this order
   * @param metadata words about the whole
   * @throws IllegalArgumentException if no reader would accept the file, for a name or for words
   *     that cannot be written as UTF-8, for the name {@code __metadata__}, or a header of more
   *     than 100,000,000 bytes; then nothing has changed
   * @throws IOException if it cannot be written; then nothing has changed
   */
  public static void write(
      Path file, Map<String, ? extends Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    byte[] header = Header.json(tensors, metadata, START);
    if (header.length > LONGEST_HEADER) {
      throw new IllegalArgumentException(
          "write: names and metadata would make a header of %s bytes, at most %s can be read"
              .formatted(header.length, LONGEST_HEADER));
    }
    Replacement.write(
        file,
        out -> {
          ByteBuffer bytes = buffer(Math.max(CHUNK, START + header.length));
          bytes.putLong(header.length).put(header);
          flush(bytes, out);
          for (Tensor tensor : tensors.values()) {
            write(tensor.toArray(), bytes, out);
          }
          flush(bytes, out);
        });
  }

  private static void write(double[] values, ByteBuffer bytes, FileChannel out) throws IOException {
    for (int i = 0; i < values.length; ) {
      if (bytes.remaining() < 8) {
        flush(bytes, out);
      }
      int count = Math.min(values.length - i, bytes.remaining() / 8);
      bytes.asDoubleBuffer().put(values, i, count);
      bytes.position(bytes.position() + 8 * count);
      i += count;
    }
  }

  private static void flush(ByteBuffer bytes, FileChannel out) throws IOException {
    bytes.flip();
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
    bytes.clear();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or is no such file or a damaged one; the message says
   *     what is wrong at which byte
   */
  public static Contents read(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file)) {
      return read(in);
    } catch (FileSystemException e) {
      throw e; // it has the name
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static Contents read(FileChannel in) throws IOException {
    long size = in.size();
    if (size < START) {
      throw new Damaged(size, "the file ends within the eight bytes of the header's length");
    }
    long length = fill(in, buffer(START), 0).getLong();
    if (length < 2 || length > LONGEST_HEADER) {
      throw new Damaged(
          0,
          "a header of "
              + Long.toUnsignedString(length)
              + " bytes; this is no"
              + " safetensors file");
    }
    if (START + length > size) {
      throw new Damaged(size, "the file ends within its header of " + length + " bytes");
    }
    byte[] json = new byte[(int) length];
    fill(in, buffer(json.length), START).get(json);
    if (json[0] != '{') {
      throw new Damaged(START, "the header must begin with '{'; this is no safetensors file");
    }
    Header header;
    try {
      header = Header.parse(json, START);
    } catch (IOException e) {
      throw new Damaged(e.getMessage(), e);
    }
    long start = START + length;
    checkCoverage(header, start, size);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<String, String> others = new LinkedHashMap<>();
    for (Map.Entry<String, Header.Entry> entry : header.entries().entrySet()) {
      ElementType type = type(entry.getValue());
      if (type == null) {
        if (OTHER_SIZES.containsKey(entry.getValue().type())) {
          count(entry, OTHER_SIZES.get(entry.getValue().type()), start);
        }
        others.put(entry.getKey(), entry.getValue().type());
      } else {
        tensors.put(entry.getKey(), tensor(in, entry, type, start));
      }
    }
    return new Contents(tensors, others, header.metadata());
  }

  private static ElementType type(Header.Entry entry) {
    return Arrays.stream(ElementType.values())
        .filter(type -> type.name().equals(entry.type()))
        .findFirst()
        .orElse(null);
  }

  /** Every byte belongs to exactly one tensor. */
  private static void checkCoverage(Header header, long start, long size) throws Damaged {
    List<Map.Entry<String, Header.Entry>> entries =
        header.entries().entrySet().stream()
            .sorted(
                Comparator.comparingLong(
                        (Map.Entry<String, Header.Entry> entry) -> entry.getValue().from())
                    .thenComparingLong(entry -> entry.getValue().to()))
            .toList();
    long end = 0;
    for (Map.Entry<String, Header.Entry> entry : entries) {
      Header.Entry place = entry.getValue();
      if (place.from() != end || place.to() < place.from()) {
        throw new Damaged(
            start + end,
            "tensor '%s' has the bytes %d to %d, and must begin at %d"
                .formatted(entry.getKey(), place.from(), place.to(), end));
      }
      end = place.to();
      if (end > size - start) {
        throw new Damaged(
            size,
            "tensor '%s' has the bytes %d to %d, the file has %d"
                .formatted(entry.getKey(), place.from(), end, size - start));
      }
    }
    if (start + end != size) {
      throw new Damaged(
          start + end, "the header tells of " + (start + end) + " bytes, the file has " + size);
    }
  }

  private static Tensor tensor(
      FileChannel in, Map.Entry<String, Header.Entry> entry, ElementType type, long start)
      throws IOException {
    Header.Entry place = entry.getValue();
    double[] values = new double[count(entry, type.size(), start)];
    ByteBuffer bytes = buffer(CHUNK);
    long at = start + place.from();
    for (int i = 0; i < values.length; ) {
      int numbers = Math.min(values.length - i, CHUNK / type.size());
      fill(in, bytes.clear().limit(numbers * type.size()), at);
      for (int k = 0; k < numbers; k++) {
        values[i++] = type.read(bytes);
      }
      at += (long) numbers * type.size();
    }
    int[] shape = place.shape().stream().mapToInt(Long::intValue).toArray();
    return Tensor.of(Shape.of(shape), values);
  }

  /** How many elements a tensor has, which must fill its bytes. */
  private static int count(Map.Entry<String, Header.Entry> entry, int size, long start)
      throws Damaged {
    Header.Entry place = entry.getValue();
    long count = 1;
    boolean small = true;
    for (long dimension : place.shape()) {
      small &= dimension <= Integer.MAX_VALUE;
      count = Math.min(count, Integer.MAX_VALUE + 1L) * Math.min(dimension, Integer.MAX_VALUE);
    }
    count = place.shape().contains(0L) ? 0 : count;
    if (!small || count > Integer.MAX_VALUE) {
      throw new Damaged(
          start + place.from(),
          "tensor '%s' of shape %s has more than 2³¹−1 elements, in all or along an axis"
              .formatted(entry.getKey(), place.shape()));
    }
    if (place.to() - place.from() != count * size) {
      throw new Damaged(
          start + place.from(),
          "tensor '%s' of shape %s needs %d bytes as %s, it has %d"
              .formatted(
                  entry.getKey(),
                  place.shape(),
                  count * size,
                  place.type(),
                  place.to() - place.from()));
    }
    return (int) count;
  }

  private static ByteBuffer fill(FileChannel in, ByteBuffer bytes, long at) throws IOException {
    long position = at;
    while (bytes.hasRemaining()) {
      int count = in.read(bytes, position);
      if (count < 0) {
        throw new Damaged(position, "the file ends here; was it cut while it was read?");
      }
      position += count;
    }
    return bytes.flip();
  }

  /** Not the bytes of such a file. */
  private static final class Damaged extends IOException {
    private static final long serialVersionUID = 1;

    Damaged(long at, String what) {
      super("byte " + at + ": " + what);
    }

    Damaged(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
