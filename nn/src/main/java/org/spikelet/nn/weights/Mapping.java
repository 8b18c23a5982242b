package org.spikelet.nn.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Attention;
import org.spikelet.nn.BatchNorm;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Dropout;
import org.spikelet.nn.Module;

/**
 * Where each tensor of a network stands in a file, by its path in {@link Module#state}. Printed, it
 * is a table.
 *
 * @param places in the order of the paths; what has none is not in the file
 */
public record Mapping(Map<String, Place> places) {

  /** How the names of an attention's children begin in PyTorch: one is no module there. */
  private static final Map<String, String> ATTENTION = Map.of("in", "in_proj_", "out", "out_proj.");

  /** How a tensor lies in a file. */
  public enum Layout {
    /** As in the network. */
    AS_IS,
    /** Rows for columns, as PyTorch keeps the weight of a linear layer, out × in. */
    TRANSPOSED;

    Tensor apply(Tensor tensor) {
      return this == AS_IS ? tensor : tensor.transpose();
    }
  }

  /** A name in a file, and how the tensor lies there. */
  public record Place(String name, Layout layout) {

    /** Checks that both are given. */
    public Place {
      Objects.requireNonNull(name, "place: name must not be null");
      Objects.requireNonNull(layout, "place: layout must not be null");
    }
  }

  /** Copies the map. */
  public Mapping {
    places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
  }

  /** Returns the mapping under which everything keeps its path. */
  public static Mapping identity(Module net) {
    Map<String, Place> places = new LinkedHashMap<>();
    net.state().keySet().forEach(path -> places.put(path, new Place(path, Layout.AS_IS)));
    return new Mapping(places);
  }

  /**
   * Returns the mapping to PyTorch's {@code state_dict} of the same layers under the same names:
   * the weight of a {@link Dense} is transposed there, {@code runningMean} is {@code running_mean},
   * {@code runningVariance} is {@code running_var}. What a {@link Dropout} remembers is not there.
   */
  public static Mapping pytorch(Module net) {
    Map<String, Place> places = new LinkedHashMap<>();
    addPytorch("", "", net, places);
    return new Mapping(places);
  }

  private static void addPytorch(
      String path, String theirs, Module module, Map<String, Place> places) {
    if (!(module instanceof Dropout)) {
      module
          .ownParameters()
          .forEach(
              parameter ->
                  places.put(path + parameter.name(), place(theirs, module, parameter.name())));
    }
    boolean attention = module instanceof Attention;
    module
        .children()
        .forEach(
            (name, child) ->
                addPytorch(
                    path + name + ".",
                    theirs + (attention ? ATTENTION.get(name) : name + "."),
                    child,
                    places));
  }

  private static Place place(String prefix, Module module, String name) {
    if (module instanceof Dense && name.equals("weight")) {
      return new Place(prefix + name, Layout.TRANSPOSED);
    }
    String theirs =
        module instanceof BatchNorm
            ? switch (name) {
              case "runningMean" -> "running_mean";
              case "runningVariance" -> "running_var";
              default -> name;
            }
            : name;
    return new Place(prefix + theirs, Layout.AS_IS);
  }

  /** Returns this with other names in the file: {@code name -> "model." + name}. */
  public Mapping rename(UnaryOperator<String> change) {
    Map<String, Place> renamed = new LinkedHashMap<>();
    places.forEach(
        (path, place) -> renamed.put(path, new Place(change.apply(place.name()), place.layout())));
    return new Mapping(renamed);
  }

  @Override
  public String toString() {
    return places.entrySet().stream()
        .map(
            entry ->
                entry.getKey()
                    + " ← "
                    + entry.getValue().name()
                    + (entry.getValue().layout() == Layout.AS_IS ? "" : ", transposed"))
        .collect(Collectors.joining("\n"));
  }
}
