package org.spikelet.nn.weights;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;

/** types.safetensors was made by the Python package, safetensors 0.6 with torch 2.13. */
class SafetensorsTest {

  @TempDir Path folder;

  private Path resource(String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      try (InputStream in = SafetensorsTest.class.getResourceAsStream("/weights/" + name)) {
        Files.copy(in, file);
      }
    }
    return file;
  }

  @Test
  void filesOfThePythonPackageAreRead() throws IOException {
    Safetensors.Contents contents = Safetensors.read(resource("types.safetensors"));

    double[] halves = {
      0, -0.0, 1, -1.5, 65504, 6.103515625e-05, 0x1p-24, 3.0517578125e-05, 0.333251953125, -2
    };
    Map<String, Tensor> tensors = contents.tensors();
    assertThat(tensors.get("f64").toArray()).containsExactly(halves);
    assertThat(tensors.get("f16").toArray()).containsExactly(halves);
    assertThat(tensors.get("f32").toArray()).containsExactly(0.1f, 1e-40f, 3.4e38f);
    assertThat(tensors.get("bf16").toArray())
        .containsExactly(
            1, -1.0078125, 3.3895313892515355e38, 9.183549615799121e-41, 0.10009765625);
    assertThat(tensors.get("scalar").shape()).isEqualTo(Shape.of());
    assertThat(tensors.get("scalar").item()).isEqualTo(7);
    assertThat(tensors.get("empty").shape()).isEqualTo(Shape.of(0, 3));
    assertThat(tensors.get("ümlaut \"q\"").toArray()).containsExactly(1, 1, 1, 1);
    assertThat(contents.others()).containsExactly(Map.entry("i64", "I64"));
    assertThat(contents.metadata()).containsEntry("note", "made by the Python package");
  }

  @Test
  void infinityAndNotANumberAreNumbersOfAllTypes() {
    short[] halves = {0x7c00, (short) 0xfc00, 0x7e00};
    ByteBuffer bytes = ByteBuffer.allocate(6).order(ByteOrder.LITTLE_ENDIAN);
    for (short half : halves) {
      bytes.putShort(half);
    }
    bytes.flip();
    assertThat(ElementType.F16.read(bytes)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(ElementType.F16.read(bytes)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(ElementType.F16.read(bytes)).isNaN();
    ByteBuffer upper = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
    upper.putShort((short) 0xff80).flip();
    assertThat(ElementType.BF16.read(upper)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void whatIsWrittenIsReadAgainToTheLastBit() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int k = 0; k < 50; k++) {
      int[] shape = random.ints(random.nextInt(4), 0, 9).toArray();
      double[] values =
          random
              .longs(Shape.of(shape).size())
              .mapToDouble(Double::longBitsToDouble)
              .map(v -> Double.isNaN(v) ? -0.0 : v)
              .toArray();
      tensors.put("tensor \\ \"" + k + "\" é", Tensor.of(Shape.of(shape), values));
    }
    // Longer than the buffer.
    tensors.put("long", Tensor.vector(random.doubles(300_001).toArray()));
    Path file = folder.resolve("all.safetensors");

    Safetensors.write(file, tensors, Map.of("a", "b\n\u0001"));

    Safetensors.Contents contents = Safetensors.read(file);
    assertThat(contents.metadata()).isEqualTo(Map.of("a", "b\n\u0001"));
    assertThat(contents.tensors().keySet()).containsExactlyElementsOf(tensors.keySet());
    tensors.forEach(
        (name, tensor) -> {
          assertThat(contents.tensors().get(name).shape()).isEqualTo(tensor.shape());
          assertThat(contents.tensors().get(name).toArray()).isEqualTo(tensor.toArray());
        });
  }

  @Test
  void theNumbersBeginAtAMultipleOfEightAndNothingElseIsLeft() throws IOException {
    Path file = folder.resolve("one.safetensors");
    Safetensors.write(file, Map.of("x", Tensor.vector(1, 2)), Map.of());
    Safetensors.write(file, Map.of("xy", Tensor.vector(1.5)), Map.of());

    byte[] bytes = Files.readAllBytes(file);
    long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(length % 8).isZero();
    assertThat(bytes).hasSize((int) (8 + length + 8));
    assertThat(new String(bytes, 8, (int) length, UTF_8).strip())
        .isEqualTo("{\"xy\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFileMayBeReadByWhoMayReadAnyNewFile() throws IOException {
    Path ours = folder.resolve("ours.safetensors");
    Path any = Files.createFile(folder.resolve("any"));
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));

    Safetensors.write(ours, Map.of("x", Tensor.vector(1)), Map.of());

    assertThat(Files.getPosixFilePermissions(ours)).isEqualTo(Files.getPosixFilePermissions(any));
  }

  @Test
  void aFileCutAtAnyByteIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(resource("types.safetensors"));
    for (int length = 0; length < whole.length; length++) {
      Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Safetensors.read(cut))
          .as("cut at byte %s", length)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cut: byte ");
    }
    Path longer = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length + 1));
    assertThatThrownBy(() -> Safetensors.read(longer))
        .hasMessageContaining("the header tells of %s bytes, the file has %s", 730, 731);
  }

  /** The format has no checksum: other numbers are numbers. The header is checked throughout. */
  @Test
  void anyFlippedBitOfTheHeaderGivesAnErrorOrAnotherHeader() throws IOException {
    byte[] whole = Files.readAllBytes(resource("types.safetensors"));
    int header = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    Safetensors.Contents right = Safetensors.read(resource("types.safetensors"));
    for (int bit = 0; bit < 8 * (8 + header); bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Path file = Files.write(folder.resolve("flipped"), flipped);
      try {
        Safetensors.Contents contents = Safetensors.read(file);
        boolean other =
            !contents.tensors().keySet().equals(right.tensors().keySet())
                || !contents.metadata().equals(right.metadata())
                || !contents.others().equals(right.others())
                || contents.tensors().entrySet().stream()
                    .anyMatch(
                        e -> !e.getValue().shape().equals(right.tensors().get(e.getKey()).shape()));
        boolean space = flipped[bit / 8] == ' ' || whole[bit / 8] == ' ';
        assertThat(other || space).as("bit %s", bit).isTrue();
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("flipped: byte ");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "[]|0|byte 8: the header must begin with '{'",
        "{\"|0|the header is no JSON",
        "{} x|0|the header is no JSON",
        "{\"a\":1}|0|byte 13: tensor 'a' must be an object",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1]}}|8|tensor 'a' needs dtype, shape and two data_offsets",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[-1],\"data_offsets\":[0,8]}}|8|needs whole numbers for its shape",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1.5],\"data_offsets\":[0,8]}}|8|needs whole numbers for its shape",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,8]}}|8|of shape [2] needs 16 bytes as F64, it has 8",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[8,16]}}|16|has the bytes 8 to 16, and must begin at 0",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[8,0]}}|8|has the bytes 8 to 0",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[4,12]}}|12|tensor 'b' has the bytes 4 to 12, and must begin at 8",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}|8|Duplicate field 'a'",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[9223372036854775807,9],\"data_offsets\":[0,8]}}|8|more than 2³¹−1 elements",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}|8|needs whole numbers for its shape",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[4294967296,0],\"data_offsets\":[0,0]}}|0|more than 2³¹−1 elements, in all or along an axis",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,9223372036854775807]}}|8|byte 88: tensor 'a' has the bytes 0 to 9223372036854775807, the file has 8",
        "{\"a\":{\"dtype\":\"X\",\"shape\":[1],\"data_offsets\":[0,9223372036854775807]},\"b\":{\"dtype\":\"X\",\"shape\":[1],\"data_offsets\":[1,2]}}|8|tensor 'a' has the bytes 0 to 9223372036854775807, the file has 8",
        "{\"__metadata__\":{\"a\":1}}|0|metadata must be strings"
      })
  void aHeaderThatIsNoneIsRefused(String json, int data, String message) throws IOException {
    assertRefused(json.getBytes(UTF_8), data, message);
  }

  @Test
  void whatThePythonPackageReadsIsRead() throws IOException {
    String json =
        "{\"__metadata__\":null,\"a\":{\"dtype\":\"F64\",\"shape\":[65536,65536,0],\"data_offsets\":"
            + "[0,0],\"later\":{\"shape\":[[1]]},\"x\":1}}";

    Safetensors.Contents contents = Safetensors.read(made(json.getBytes(UTF_8), 0));

    assertThat(contents.metadata()).isEmpty();
    assertThat(contents.tensors().get("a").shape()).isEqualTo(Shape.of(65536, 65536, 0));
  }

  @Test
  void aNameMayBeLong() throws IOException {
    String name = "n".repeat(50_001);
    Path file = folder.resolve("long");
    Safetensors.write(file, Map.of(name, Tensor.scalar(1)), Map.of("long", name.repeat(500)));
    assertThat(Safetensors.read(file).tensors()).containsOnlyKeys(name);
  }

  @Test
  void fieldsNestedBeyondAllBoundsAreNoHeader() throws IOException {
    assertRefused(("{\"a\":{\"x\":" + "[".repeat(5000)).getBytes(UTF_8), 0, "byte ");
  }

  @Test
  void textsThatNoReaderAcceptsAreNotWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("good"), "good");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("__metadata__", Tensor.scalar(1));
    tensors.put("a\ud800", Tensor.scalar(1));
    Map<String, String> half = Map.of("\udc00", "fine", "b", "\ud800\ud800");

    assertThatThrownBy(() -> Safetensors.write(file, tensors, half))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the name of a tensor must not be __metadata__")
        .hasMessageContaining("the name of a tensor has half a surrogate pair")
        .hasMessageContaining("a key of the metadata has half a surrogate pair")
        .hasMessageContaining("the metadata of 'b' has half a surrogate pair");
    Map<String, String> none = new LinkedHashMap<>();
    none.put("net", null);
    assertThatThrownBy(() -> Safetensors.write(file, Map.of(), none))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("the metadata of 'net' must not be null");
    assertThat(file).hasContent("good");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void whereALinkLeadsTheFileIsReplacedAndTheLinkStays() throws IOException {
    Path file = Files.writeString(Files.createDirectory(folder.resolve("far")).resolve("f"), "");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    Safetensors.write(link, Map.of("x", Tensor.scalar(1)), Map.of());
    assertThat(link).isSymbolicLink();
    assertThat(Safetensors.read(file).tensors()).containsOnlyKeys("x");

    Files.delete(file);
    assertThatThrownBy(() -> Safetensors.write(link, Map.of("x", Tensor.scalar(1)), Map.of()))
        .hasMessage(link + ": there is no such folder");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void messagesHaveTheUsersFileAndAReason() throws IOException {
    Path lost = folder.resolve("none").resolve("w.safetensors");
    assertThatThrownBy(() -> Safetensors.write(lost, Map.of(), Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(lost + ": there is no such folder");
    Path under = Files.writeString(folder.resolve("file"), "").resolve("w.safetensors");
    assertThatThrownBy(() -> Safetensors.write(under, Map.of(), Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(under + ": ")
        .hasMessageNotContaining(".part");
    assertThatThrownBy(() -> Safetensors.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(folder.toString());
    Path file = folder.resolve("w.safetensors");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Safetensors.write(file, Map.of(), Map.of()))
        .hasMessage(file + ": the thread was interrupted");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(file).doesNotExist();
  }

  /** Linux has a device that is always full. */
  @Test
  void aFullDiskIsNamed() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    assertThatThrownBy(
            () ->
                Replacement.write(
                    folder.resolve("w"),
                    out -> {
                      try (FileChannel device = FileChannel.open(full, StandardOpenOption.WRITE)) {
                        device.write(ByteBuffer.allocate(1));
                      }
                    }))
        .hasMessageStartingWith(folder.resolve("w") + ": ");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aHeaderOfAnotherEncodingIsRefused() throws IOException {
    assertRefused("{\"\u00e4\":".getBytes(ISO_8859_1), 0, "byte ");
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    for (byte[] bytes :
        List.of(
            "PK\u0003\u0004 a zip, as torch.save makes".getBytes(UTF_8),
            "a,b\n1,2\n3,4\n".getBytes(UTF_8),
            new byte[100])) {
      Path file = Files.write(folder.resolve("other"), bytes);
      assertThatThrownBy(() -> Safetensors.read(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("this is no safetensors file");
    }
  }

  private void assertRefused(byte[] json, int data, String message) throws IOException {
    Path file = made(json, data);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  private Path made(byte[] json, int data) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    bytes.write(length.putLong(json.length).array());
    bytes.write(json);
    bytes.write(new byte[data]);
    return Files.write(folder.resolve("made"), bytes.toByteArray());
  }
}
