package org.spikelet.optim.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/**
 * A file of sections, which is the old one or the new one at any moment, and whose bytes are what
 * was written or are refused.
 *
 * <pre>
 *  0  8 bytes  89 'S' 'P' 'K' 0D 0A 1A 0A, which no text file begins with
 *  8  int      the format's version, 1
 * 12  long     the length of the file in bytes
 * 20  int      the number of sections
 * 24  int      checksum
 * of each section:
 *     int      the length of its head in bytes
 *              {@link Head}
 *     int      checksum
 *     of each tensor: its doubles, row-major; int, checksum
 * </pre>
 *
 * <p>Numbers are little-endian. Each checksum is the CRC-32C of all bytes before it, from the
 * beginning of the file, without the other checksums: so the first that does not fit shows where
 * the damage is, and the last one is over all.
 */
public final class SectionFile {

  static final byte[] MAGIC = {(byte) 0x89, 'S', 'P', 'K', '\r', '\n', 0x1A, '\n'};
  static final int VERSION = 1;
  static final int START = 28;

  private static final String PART = ".part";
  private static final Pattern ASIDE =
      Pattern.compile("\\.(.+)\\.\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\.part");

  private SectionFile() {}

  /**
   * Writes a file, or replaces one.
   *
   * <p>That the name is on the disk too, {@link Disk#forceFolder} asks for.
   *
   * @throws IOException if it cannot be written; then nothing has changed
   */
  public static void write(Path file, List<Section> sections, Disk disk) throws IOException {
    Path target = file.toAbsolutePath();
    Path aside = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + PART);
    try {
      fill(aside, sections, disk);
      disk.move(aside, target);
    } catch (IOException | RuntimeException | Error e) {
      try {
        disk.delete(aside);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  /** Returns which file one is to become that is being written; empty if it is no such one. */
  public static Optional<Path> target(Path aside) {
    Matcher name = ASIDE.matcher(String.valueOf(aside.getFileName()));
    return name.matches() ? Optional.of(aside.resolveSibling(name.group(1))) : Optional.empty();
  }

  private static void fill(Path aside, List<Section> sections, Disk disk) throws IOException {
    FileChannel channel = disk.create(aside);
    try {
      SummedOutput out = new SummedOutput(channel, disk);
      List<byte[]> heads = sections.stream().map(section -> Head.of(section).encoded()).toList();
      out.bytes(MAGIC);
      out.number(VERSION);
      out.longNumber(length(sections, heads));
      out.number(sections.size());
      out.checksum();
      for (int k = 0; k < heads.size(); k++) {
        out.number(heads.get(k).length);
        out.bytes(heads.get(k));
        out.checksum();
        for (Tensor tensor : sections.get(k).tensors().values()) {
          out.doubles(tensor.toArray());
          out.checksum();
        }
      }
      out.flush();
      disk.force(channel);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
    disk.close(channel);
  }

  private static long length(List<Section> sections, List<byte[]> heads) {
    long length = START;
    for (int k = 0; k < heads.size(); k++) {
      length += 4 + heads.get(k).length + 4;
      for (Tensor tensor : sections.get(k).tensors().values()) {
        length += 8L * tensor.size() + 4;
      }
    }
    return length;
  }

  /**
   * Reads a file.
   *
   * @throws DamagedFile if its bytes are not what was written, or it is no such file
   * @throws IOException if it cannot be read
   */
  public static List<Section> read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      SummedInput in = new SummedInput(channel);
      int count = begin(in);
      Map<String, Section> sections = new LinkedHashMap<>();
      for (int k = 0; k < count; k++) {
        Section section = section(in);
        if (sections.put(section.name(), section) != null) {
          throw in.damaged("there are two sections '" + section.name() + "'");
        }
      }
      if (in.remaining() != 0) {
        throw in.damaged("after the last section there are " + in.remaining() + " bytes more");
      }
      return new ArrayList<>(sections.values());
    }
  }

  /** Reads what stands before the sections; returns their number. */
  private static int begin(SummedInput in) throws IOException {
    long size = in.remaining();
    for (int i = 0; i < MAGIC.length && in.remaining() > 0; i++) {
      byte there = in.bytes(1, "the first bytes")[0];
      if (there != MAGIC[i]) {
        throw new DamagedFile(
            "byte %d is %02X where a checkpoint has %02X: this is no checkpoint, or its beginning is damaged"
                .formatted(i, there, MAGIC[i]));
      }
    }
    if (size < START) {
      throw new DamagedFile(
          "it ends at byte " + size + ", within the " + START + " bytes that begin a checkpoint");
    }
    int version = in.number("the version");
    if (version != VERSION) {
      throw new DamagedFile(
          "bytes 8 to 11 say version %d of the format, this library reads version %d: a newer library wrote it, or it is damaged"
              .formatted(version, VERSION));
    }
    long length = in.longNumber("the length");
    int count = in.number("the number of sections");
    in.checksum("the beginning", 0);
    if (size != length) {
      throw new DamagedFile(
          "it ends at byte %d, and was written with %d bytes: it was %s"
              .formatted(size, length, size < length ? "cut off" : "lengthened"));
    }
    return count;
  }

  private static Section section(SummedInput in) throws IOException {
    long from = in.position();
    byte[] bytes = in.bytes(in.number("the length of a head"), "the head of a section");
    in.checksum("the head of a section", from);
    Head head;
    try {
      head = Head.decoded(bytes);
    } catch (IllegalArgumentException e) {
      throw new DamagedFile("byte " + from + " begins no head of a section: " + e.getMessage());
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, Shape> entry : head.shapes().entrySet()) {
      String what = "'%s' of section '%s'".formatted(entry.getKey(), head.name());
      long begin = in.position();
      double[] values = in.doubles(entry.getValue().size(), what);
      in.checksum(what, begin);
      tensors.put(entry.getKey(), Tensor.of(entry.getValue(), values));
    }
    return head.with(tensors);
  }
}
