package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikelet.optim.ResumableRun.Choice;

/** Bytes that are not what was written are refused, with the place and the reason. */
class CheckpointFileTest {

  private static final int FLIPS = 10_000;

  @TempDir private Path folder;
  private Path file;
  private byte[] whole;
  private ResumableRun run;
  private List<String> before;

  @BeforeEach
  void save() throws IOException {
    file = folder.resolve("run.spk");
    ResumableRun saved = new ResumableRun(1, Choice.ALL_OPTIONS);
    saved.trainer.run(7);
    saved.checkpoint.save(file);
    whole = Files.readAllBytes(file);
    run = new ResumableRun(1, Choice.ALL_OPTIONS);
    run.trainer.run(2);
    before = run.bits();
  }

  private String refusal(byte[] bytes) throws IOException {
    Files.deleteIfExists(file); // some file systems force a file that is written over to the disk
    Files.write(file, bytes);
    try {
      run.checkpoint.load(file);
      return "accepted";
    } catch (IOException e) {
      String start = "load: '" + file + "' is damaged: ";
      return e.getMessage().startsWith(start)
          ? e.getMessage().substring(start.length())
          : "not said to be damaged: " + e;
    }
  }

  @Test
  void cutOffAtAnyByteItIsRefusedAndTheByteIsNamed() throws IOException {
    for (int length = 0; length < whole.length; length++) {
      String words = refusal(Arrays.copyOf(whole, length));
      assertThat(words).matches("it ends at byte " + length + "\\b.*");
    }
    assertThat(refusal(Arrays.copyOf(whole, 27)))
        .isEqualTo("it ends at byte 27, within the 28 bytes that begin a checkpoint");
    assertThat(refusal(Arrays.copyOf(whole, 28)))
        .isEqualTo(
            "it ends at byte 28, and was written with " + whole.length + " bytes: it was cut off");
    assertThat(refusal(Arrays.copyOf(whole, whole.length + 1)))
        .isEqualTo(
            "it ends at byte %s, and was written with %s bytes: it was lengthened"
                .formatted(whole.length + 1, whole.length));
    assertThat(run.bits()).isEqualTo(before);
  }

  /**
   * The numbers in a refusal enclose the byte; at 10,000 places, and at each of the first 1,000
   * bits.
   */
  @Test
  void aFlippedBitIsRefusedAndItsPlaceIsNamed() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int k = 0; k < FLIPS; k++) {
      int bit = k < 1000 ? k : random.nextInt(8 * whole.length);
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      String words = refusal(damaged);
      assertThat(words).as("bit %s", bit).isNotEqualTo("accepted");
      assertNames(words, bit / 8);
    }
    assertThat(run.bits()).isEqualTo(before);
    assertThat(refusal(whole)).isEqualTo("accepted");
  }

  /** "byte 3 …", "bytes 8 to 11 …", "bytes 5 to 90, …, in bytes 91 to 94", "at byte 28: …". */
  private static void assertNames(String words, int place) {
    long[] numbers =
        Arrays.stream(words.split("[^0-9A-Za-z]+"))
            .filter(word -> word.matches("[0-9]+"))
            .mapToLong(Long::parseLong)
            .toArray();
    if (words.startsWith("byte ")) {
      assertThat(numbers[0]).as(words).isEqualTo(place);
    } else if (words.startsWith("bytes ")) {
      // Within the stretch, or within the four bytes of its checksum, which follow it.
      assertThat((long) place).as(words).isBetween(numbers[0], numbers[1] + 4);
    } else { // the length of a head is nonsense
      assertThat(words).startsWith("at byte ");
      assertThat((long) place).as(words).isBetween(numbers[0] - 4, numbers[0]);
    }
  }

  @Test
  void bytesInAnotherOrderAreRefused() throws IOException {
    byte[] swapped = whole.clone();
    int half = whole.length / 2;
    System.arraycopy(whole, half, swapped, half + 8, 8);
    System.arraycopy(whole, half + 8, swapped, half, 8);
    assertThat(refusal(swapped)).contains("do not fit their checksum");
  }

  @Test
  void foreignFilesAreRefused() throws IOException {
    assertThat(refusal("step,loss\n".repeat(10).getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(
            "byte 0 is 73 where a checkpoint has 89: this is no checkpoint, or its beginning is"
                + " damaged");
    assertThat(refusal(new byte[0]))
        .isEqualTo("it ends at byte 0, within the 28 bytes that begin a checkpoint");
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 0};
    assertThat(refusal(png)).startsWith("byte 1 is 50 where a checkpoint has 53");
  }

  @Test
  void aNewerVersionIsRefused() throws IOException {
    byte[] newer = whole.clone();
    newer[8] = 2;
    assertThat(refusal(newer))
        .isEqualTo(
            "bytes 8 to 11 say version 2 of the format, this library reads version 1: a newer"
                + " library wrote it, or it is damaged");
  }

  /** Bytes with right checksums that somebody made: refused by their meaning. */
  @Test
  void nonsenseWithRightChecksumsIsRefused() throws IOException {
    assertThat(refusal(crafted(new byte[] {1, 0, 0, 0})))
        .isEqualTo("byte 28 begins no head of a section: it tells of more bytes than it has");
    // Name, kind and settings are empty; one tensor "", of rank 1, with 2³¹ − 1 numbers.
    byte[] large = ints(0, 0, 0, 1, 0, 1, Integer.MAX_VALUE);
    assertThat(refusal(crafted(large)))
        .isEqualTo("at byte 64: '' of section '' would take 17179869176 bytes, there are 0");
    assertThat(refusal(crafted(ints(0, 0, 0, 1, 0, 1, -1))))
        .startsWith("byte 28 begins no head of a section: ");
    assertThat(refusal(crafted(ints(0, 0, 0, 0, 9))))
        .isEqualTo("byte 28 begins no head of a section: it has 4 bytes too many");
    assertThat(refusal(crafted(ints(0, 0, 0, 2, 0, 0, 0, 0))))
        .isEqualTo("byte 28 begins no head of a section: it names the tensor '' twice");
    Files.write(file, crafted(ints(0, 0, 0, 0)));
    assertThatThrownBy(() -> run.checkpoint.load(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("- the checkpoint has nothing for parameters\n");
    assertThat(run.bits()).isEqualTo(before);
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(bytes::putInt);
    return bytes.array();
  }

  /** A file of one section with this head. */
  private byte[] crafted(byte[] head) {
    ByteBuffer bytes = ByteBuffer.allocate(28 + 4 + head.length + 4).order(ByteOrder.LITTLE_ENDIAN);
    CRC32C sum = new CRC32C();
    bytes.put(whole, 0, 12).putLong(bytes.capacity()).putInt(1);
    sum.update(bytes.duplicate().flip());
    bytes.putInt((int) sum.getValue());
    int from = bytes.position();
    bytes.putInt(head.length).put(head);
    sum.update(bytes.duplicate().flip().position(from));
    return bytes.putInt((int) sum.getValue()).array();
  }

  /** The one before it is read, too, before it is offered. */
  @Test
  void theNewestWholeOneBeforeIsOffered() throws IOException {
    Path damaged = folder.resolve("checkpoint-000400.spk");
    Files.write(damaged, Arrays.copyOf(whole, 100));
    assertThatThrownBy(() -> run.checkpoint.load(damaged))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("cut off; there is no whole one before it");
    Files.write(folder.resolve("checkpoint-000100.spk"), whole);
    Files.write(folder.resolve("checkpoint-000200.spk"), whole);
    Files.write(folder.resolve("checkpoint-000300.spk"), Arrays.copyOf(whole, 50));
    Files.write(folder.resolve("checkpoint-000500.spk"), whole);
    assertThatThrownBy(() -> run.checkpoint.load(damaged))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "load: '%s' is damaged: it ends at byte 100, and was written with %s bytes: it was cut"
                    .formatted(damaged, whole.length)
                + " off; checkpoint-000200.spk is whole: move the damaged one out of the"
                + " folder to resume from there");
  }
}
