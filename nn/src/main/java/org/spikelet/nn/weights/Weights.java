package org.spikelet.nn.weights;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Module;

/**
 * Saves the weights of a network, the frozen ones too, and loads them, in the safetensors format.
 *
 * <pre>{@code
 * Weights.save(net, Path.of("net.safetensors"));
 * Weights.load(net, Path.of("net.safetensors"));
 *
 * // In Python: safetensors.torch.save_file(model.state_dict(), "model.safetensors")
 * Weights.load(net, Path.of("model.safetensors"), Mapping.pytorch(net));
 * }</pre>
 *
 * <p>PyTorch's {@code num_batches_tracked} is skipped, and not saved: it matters only to a
 * BatchNorm whose momentum is None, which there is none of here, and PyTorch loads a file without
 * it, too.
 *
 * <p>In PyTorch: {@index torch.save}, {@index load_state_dict}.
 */
public final class Weights {

  /**
   * PyTorch counts the batches of a BatchNorm, which changes nothing unless its momentum is None.
   */
  private static final String COUNTER = "num_batches_tracked";

  /**
   * The metadata that names the tensors saved as rows for columns, one a line: of a square weight
   * the shape does not tell.
   */
  private static final String TRANSPOSED = "transposed";

  private Weights() {}

  /**
   * Saves all of {@link Module#state}, under its paths.
   *
   * @throws IOException if the file cannot be written; then there is the old one, or none
   * @throws IllegalArgumentException if a tensor is not finite, which {@link #load} would refuse;
   *     then, too
   */
  public static void save(Module net, Path file) throws IOException {
    save(net, file, Mapping.identity(net));
  }

  /** Of the module, or of the jar on the class path. */
  private static String version() {
    return Optional.ofNullable(Weights.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .or(() -> Optional.ofNullable(Weights.class.getPackage().getImplementationVersion()))
        .orElse("(development)");
  }

  /**
   * Saves what the mapping has a place for, under its names.
   *
   * @throws IOException if the file cannot be written; then there is the old one, or none
   * @throws IllegalArgumentException if {@link #load} would refuse the file: a tensor is not
   *     finite, or two would have one name; or if the network lacks one: all of it at once
   */
  public static void save(Module net, Path file, Mapping mapping) throws IOException {
    Map<String, Parameter> state = net.state();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    List<String> problems = shared(mapping);
    mapping
        .places()
        .forEach(
            (path, place) -> {
              if (!state.containsKey(path)) {
                problems.add("the network has no '" + path + "'");
                return;
              }
              notFinite("'" + path + "'", state.get(path)).ifPresent(problems::add);
              tensors.put(place.name(), place.layout().apply(state.get(path).detach()));
            });
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "save: " + file + " was not written:\n  " + String.join("\n  ", problems));
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("library", "Spikelet " + version());
    metadata.put("net", net.toString());
    metadata.put(
        TRANSPOSED,
        mapping.places().values().stream()
            .filter(place -> place.layout() == Mapping.Layout.TRANSPOSED)
            .map(place -> line(place.name()))
            .collect(Collectors.joining("\n")));
    Safetensors.write(file, tensors, metadata);
  }

  /**
   * Loads what {@link #save} has saved. Modifies the parameters of the network.
   *
   * @throws IOException if the file cannot be read, or is damaged
   * @throws IllegalArgumentException if a tensor is missing, is of another shape or not finite, or
   *     the file holds more, or the mapping gives two tensors one name: all of it at once, and
   *     nothing is modified
   */
  public static void load(Module net, Path file) throws IOException {
    load(net, file, Mapping.identity(net));
  }

  /** Loads from a file with other names and layouts, such as PyTorch's. */
  public static void load(Module net, Path file, Mapping mapping) throws IOException {
    Safetensors.Contents contents = Safetensors.read(file);
    Map<String, Parameter> state = net.state();
    List<String> problems = shared(mapping);
    Map<Parameter, Tensor> loaded = new LinkedHashMap<>();
    Set<String> surplus = new LinkedHashSet<>(contents.tensors().keySet());
    contents.others().keySet().stream()
        .filter(name -> !name.endsWith(COUNTER))
        .forEach(surplus::add);
    mapping
        .places()
        .forEach(
            (path, place) -> {
              surplus.remove(place.name());
              Optional<String> problem = problem(state.get(path), path, place, contents);
              problem.ifPresent(problems::add);
              if (problem.isEmpty()) {
                Tensor tensor = contents.tensors().get(place.name());
                loaded.put(state.get(path), place.layout().apply(tensor));
              }
            });
    surplus.forEach(name -> problems.add("'" + name + "' has no place in the network"));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "load: "
              + file
              + " does not fit the network; nothing was loaded:\n  "
              + String.join("\n  ", problems)
              + cure(net, mapping));
    }
    loaded.forEach(Parameter::assign);
  }

  private static String cure(Module net, Mapping mapping) {
    if (mapping.equals(Mapping.identity(net))) {
      return "\n  If the file is PyTorch's, load it with Mapping.pytorch(net).";
    }
    return mapping.equals(Mapping.pytorch(net))
        ? "\n  If Weights.save(net, file) made the file, load it without a mapping."
        : "";
  }

  private static Optional<String> problem(
      Parameter parameter, String path, Mapping.Place place, Safetensors.Contents contents) {
    String name = "'" + place.name() + "'";
    if (parameter == null) {
      return Optional.of("the network has no '" + path + "'");
    }
    Tensor tensor = contents.tensors().get(place.name());
    if (tensor == null) {
      String type = contents.others().get(place.name());
      return Optional.of(
          type == null
              ? name + " is missing, of shape " + place.layout().apply(parameter).shape()
              : name + " holds " + type + "; only F64, F32, F16 and BF16 are weights");
    }
    Tensor expected = place.layout().apply(parameter.detach());
    if (!tensor.shape().equals(expected.shape())) {
      return Optional.of(
          name + " has shape " + tensor.shape() + ", the network needs " + expected.shape());
    }
    String transposed = contents.metadata().get(TRANSPOSED);
    if (transposed != null) {
      boolean saved = transposed.lines().anyMatch(line(place.name())::equals);
      if (saved != (place.layout() == Mapping.Layout.TRANSPOSED)) {
        return Optional.of(
            name
                + (saved
                    ? " was saved transposed, the mapping reads it as it is"
                    : " was saved as it is, the mapping reads it transposed"));
      }
    }
    return notFinite(name, tensor);
  }

  /** A name as one line, and no two as the same. */
  private static String line(String name) {
    return name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static Optional<String> notFinite(String name, Tensor tensor) {
    for (int i = 0; i < tensor.size(); i++) {
      if (!Double.isFinite(tensor.at(i))) {
        return Optional.of(name + " holds " + tensor.at(i) + " at offset " + i);
      }
    }
    return Optional.empty();
  }

  /** The names under which the mapping has more than one tensor, as problems. */
  private static List<String> shared(Mapping mapping) {
    Set<String> names = new HashSet<>();
    return mapping.places().values().stream()
        .map(Mapping.Place::name)
        .filter(name -> !names.add(name))
        .distinct()
        .map(name -> "the mapping gives more than one tensor the name '" + name + "'")
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
