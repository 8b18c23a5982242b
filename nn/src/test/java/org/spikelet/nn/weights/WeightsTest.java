package org.spikelet.nn.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Activation;
import org.spikelet.nn.BatchNorm;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Dropout;
import org.spikelet.nn.LayerNorm;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;

/** pytorch.safetensors is a state_dict of torch 2.13; its outputs are in a file beside it. */
class WeightsTest {

  @TempDir Path folder;

  private static Module net(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Sequential.of(
        Dense.of(3, 5, random),
        BatchNorm.of(5),
        Activation.RELU,
        Dense.withoutBias(5, 4, random),
        LayerNorm.of(4),
        Dropout.of(0.5, random),
        Dense.of(4, 2, random));
  }

  private static Mapping inBody(Module net) {
    return Mapping.pytorch(net).rename(name -> "body." + name);
  }

  private Path resource(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = WeightsTest.class.getResourceAsStream("/weights/" + name)) {
      Files.copy(in, file);
    }
    return file;
  }

  private static List<double[]> values(Module net) {
    return net.state().values().stream().map(Parameter::toArray).toList();
  }

  @Test
  void aNetOfPytorchGivesItsOutputs() throws IOException {
    Module net = net(7);

    Weights.load(net, resource("pytorch.safetensors"), inBody(net));

    Map<String, Tensor> expected =
        Safetensors.read(resource("pytorch-outputs.safetensors")).tensors();
    net.eval();
    assertThat(net.forward(expected.get("x")).toArray())
        .containsExactly(expected.get("y").toArray(), within(1e-12));
  }

  @Test
  void whatIsSavedForPytorchIsWhatItSaved() throws IOException {
    Module net = net(7);
    Path theirs = resource("pytorch.safetensors");
    Weights.load(net, theirs, inBody(net));
    Path ours = folder.resolve("ours.safetensors");

    Weights.save(net, ours, inBody(net));

    Map<String, Tensor> a = Safetensors.read(theirs).tensors();
    Map<String, Tensor> b = Safetensors.read(ours).tensors();
    assertThat(b.keySet()).isEqualTo(a.keySet());
    a.forEach(
        (name, tensor) -> {
          assertThat(b.get(name).shape()).isEqualTo(tensor.shape());
          assertThat(b.get(name).toArray()).isEqualTo(tensor.toArray());
        });
  }

  @Test
  void aSavedNetComesBackToTheLastBit() throws IOException {
    Module net = net(1);
    net.forward(Tensor.of(Shape.of(4, 3), new SplittableRandom(3).doubles(12).toArray()));
    Path file = folder.resolve("net.safetensors");
    Module other = net(2);

    Weights.save(net, file);
    Weights.load(other, file);

    assertThat(values(other)).usingRecursiveComparison().isEqualTo(values(net));
    assertThat(Safetensors.read(file).metadata())
        .containsEntry("net", net.toString())
        .containsKey("library");
  }

  @Test
  void allThatDoesNotFitIsSaidAtOnceAndNothingIsLoaded() throws IOException {
    Module net = net(1);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    net.state().forEach((path, parameter) -> tensors.put(path, parameter.copy()));
    tensors.remove("0.bias");
    tensors.put("3.weight", Tensor.zeros(Shape.of(4, 5)));
    tensors.put("6.bias", Tensor.vector(1, Double.NaN));
    tensors.put("7.weight", Tensor.scalar(1));
    tensors.put("0.weight", Tensor.ones(Shape.of(3, 5)));
    Path file = folder.resolve("net.safetensors");
    Safetensors.write(file, tensors, Map.of());
    List<double[]> before = values(net);

    assertThatThrownBy(() -> Weights.load(net, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            load: %s does not fit the network; nothing was loaded:
              '0.bias' is missing, of shape 5
              '3.weight' has shape 4×5, the network needs 5×4
              '6.bias' holds NaN at offset 1
              '7.weight' has no place in the network
              If the file is PyTorch's, load it with Mapping.pytorch(net)."""
                .formatted(file));
    assertThat(values(net)).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void ownWeightsReadAsPytorchsAreToldApart() throws IOException {
    Module net = net(1);
    Path file = folder.resolve("net.safetensors");
    Weights.save(net, file);

    assertThatThrownBy(() -> Weights.load(net, file, Mapping.pytorch(net)))
        .hasMessageEndingWith(
            "\n  If Weights.save(net, file) made the file, load it without a mapping.");
  }

  @Test
  void aSquareWeightIsNotReadTransposed() throws IOException {
    Module net = Sequential.of(Dense.of(2, 2, new SplittableRandom(1)));
    Path file = folder.resolve("net.safetensors");
    List<double[]> before = values(net);

    Weights.save(net, file, Mapping.pytorch(net));
    assertThatThrownBy(() -> Weights.load(net, file))
        .hasMessageContaining("'0.weight' was saved transposed, the mapping reads it as it is")
        .hasMessageEndingWith("load it with Mapping.pytorch(net).");
    Weights.load(net, file, Mapping.pytorch(net));

    Weights.save(net, file);
    assertThatThrownBy(() -> Weights.load(net, file, Mapping.pytorch(net)))
        .hasMessageContaining("'0.weight' was saved as it is, the mapping reads it transposed");
    Weights.load(net, file);
    assertThat(values(net)).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void integersAreNoWeights() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Module net = Sequential.of(Dense.of(1, 1, random));
    Mapping mapping =
        new Mapping(Map.of("0.weight", new Mapping.Place("i64", Mapping.Layout.AS_IS)));

    assertThatThrownBy(() -> Weights.load(net, resource("types.safetensors"), mapping))
        .hasMessageContaining("'i64' holds I64; only F64, F32, F16 and BF16 are weights")
        .hasMessageContaining("'f32' has no place in the network");
  }

  @Test
  void theMappingCanBeSeen() {
    Module net =
        Sequential.of(
            Dense.of(3, 5, new SplittableRandom(1)),
            BatchNorm.of(5),
            Dropout.of(0.1, new SplittableRandom(1)));

    assertThat(Mapping.pytorch(net))
        .hasToString(
            """
            0.weight ← 0.weight, transposed
            0.bias ← 0.bias
            1.weight ← 1.weight
            1.bias ← 1.bias
            1.runningMean ← 1.running_mean
            1.runningVariance ← 1.running_var""");
  }

  @Test
  void aMappingThatFitsNoNetIsRefused() {
    Module net = Sequential.of(Dense.of(3, 5, new SplittableRandom(1)));
    Path file = folder.resolve("none");
    Mapping surplus = new Mapping(Map.of("1.weight", new Mapping.Place("w", Mapping.Layout.AS_IS)));

    assertThatThrownBy(() -> Weights.save(net, file, surplus))
        .hasMessage("save: %s was not written:\n  the network has no '1.weight'".formatted(file));
    assertThatThrownBy(() -> Weights.save(net, file, Mapping.identity(net).rename(name -> "w")))
        .hasMessageEndingWith("\n  the mapping gives more than one tensor the name 'w'");
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path file = folder.resolve("none.safetensors");
    assertThatThrownBy(() -> Weights.load(net(1), file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.safetensors");
  }

  @Test
  void whatLoadWouldRefuseIsNotSavedOverAGoodFile() throws IOException {
    Module net = net(1);
    Path file = folder.resolve("net.safetensors");
    Weights.save(net, file);
    byte[] good = Files.readAllBytes(file);
    net.state().get("0.bias").update(values -> values[1] = Double.NaN);
    net.state().get("6.weight").update(values -> values[3] = Double.NEGATIVE_INFINITY);

    assertThatThrownBy(() -> Weights.save(net, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            save: %s was not written:
              '0.bias' holds NaN at offset 1
              '6.weight' holds -Infinity at offset 3"""
                .formatted(file));
    assertThat(file).hasBinaryContent(good);
  }

  /** A name with a line break would be two names in the list of those saved transposed. */
  @Test
  void aNameWithALineBreakComesBack() throws IOException {
    Module net = Sequential.of(Dense.of(2, 2, new SplittableRandom(1)));
    Mapping lines = Mapping.pytorch(net).rename(name -> "a\n\r" + name);
    Path file = folder.resolve("net.safetensors");

    Weights.save(net, file, lines);
    Weights.load(net, file, lines);

    assertThat(Safetensors.read(file).tensors()).containsKey("a\n\r0.weight");
  }

  @Test
  void oneTensorOfAFileDoesNotFillTwo() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Module one = Dense.of(2, 2, random);
    Module two = Sequential.of(Dense.of(2, 2, random), Dense.of(2, 2, random));
    Path file = folder.resolve("one.safetensors");
    Weights.save(one, file, Mapping.pytorch(one));
    List<double[]> before = values(two);

    Mapping both = Mapping.pytorch(two).rename(name -> name.substring(2));
    assertThatThrownBy(() -> Weights.load(two, file, both))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the mapping gives more than one tensor the name 'weight'")
        .hasMessageContaining("the mapping gives more than one tensor the name 'bias'");
    assertThat(values(two)).usingRecursiveComparison().isEqualTo(before);
  }
}
