package org.spikelet.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;

/**
 * A text table of a network: for each layer its path, its kind, the shape of its output, and how
 * many numbers its own parameters hold.
 *
 * <pre>
 * path   kind   output  trainable  frozen
 * 0      Dense  32×100      1,500       0
 * 1      RELU   32×100          0       0
 * 2      Dense  32×4          404       0
 * total                     1,904       0
 * </pre>
 */
public final class Summary {

  private static final String UNKNOWN = "?";

  private final List<String[]> rows = new ArrayList<>();

  private Summary() {
    rows.add(new String[] {"path", "kind", "output", "trainable", "frozen"});
  }

  /**
   * Returns the table, found by running the network on zeros in evaluation; the mode of each layer
   * is as before afterwards, also after an error.
   *
   * <p>A {@link Sequential} has no row of its own. The outputs inside another composite are
   * unknown, "?": only its own forward knows what it feeds to its children. The total counts a
   * shared parameter once.
   *
   * @param input the shape of a batch of inputs
   * @throws IllegalArgumentException if the network does not accept it
   */
  public static String of(Module module, Shape input) {
    List<Runnable> restore = new ArrayList<>();
    rememberModes(module, restore);
    Summary summary = new Summary();
    // A tape of its own keeps the trial run off a tape that may be open.
    Tape scratch = Tape.record();
    try {
      module.eval();
      summary.add("", module, Optional.of(Tensor.zeros(input)));
    } finally {
      scratch.close();
      restore.forEach(Runnable::run);
    }
    List<Parameter> all = module.state().values().stream().distinct().toList();
    summary.addRow("total", "", "", all);
    return summary.table();
  }

  /** Parents first: they switch their children too, which are then set to their own mode. */
  private static void rememberModes(Module module, List<Runnable> restore) {
    restore.add(module.training() ? module::train : module::eval);
    module.children().values().forEach(child -> rememberModes(child, restore));
  }

  /** Adds rows for a module and all in it; returns its output, empty if its input is unknown. */
  private Optional<Tensor> add(String path, Module module, Optional<Tensor> input) {
    if (module instanceof Sequential) {
      Optional<Tensor> x = input;
      for (Map.Entry<String, Module> child : module.children().entrySet()) {
        x = add(join(path, child.getKey()), child.getValue(), x);
      }
      return x;
    }
    Optional<Tensor> output = input.map(module::forward);
    String shape = output.map(y -> y.shape().toString()).orElse(UNKNOWN);
    addRow(path, kind(module), shape, module.ownParameters());
    module.children().forEach((name, child) -> add(join(path, name), child, Optional.empty()));
    return output;
  }

  private void addRow(String path, String kind, String output, List<Parameter> parameters) {
    String trainable = count(parameters, Parameter::trainable);
    String frozen = count(parameters, parameter -> !parameter.trainable());
    rows.add(new String[] {path, kind, output, trainable, frozen});
  }

  private static String count(List<Parameter> parameters, Predicate<Parameter> which) {
    long numbers = parameters.stream().filter(which).mapToLong(Parameter::size).sum();
    return String.format(Locale.ROOT, "%,d", numbers);
  }

  private static String kind(Module module) {
    if (module instanceof Enum<?> constant) {
      return constant.name();
    }
    return isFunction(module) ? "Module" : module.getClass().getSimpleName();
  }

  /** A lambda, or a class without a name. */
  private static boolean isFunction(Module module) {
    return module.getClass().isHidden() || module.getClass().isAnonymousClass();
  }

  /** What a module says of itself; its kind if it has no words of its own. */
  static String words(Module module) {
    String text = module.toString();
    return isFunction(module) || text.endsWith("@" + Integer.toHexString(module.hashCode()))
        ? kind(module)
        : text;
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private String table() {
    int[] widths = new int[5];
    for (String[] row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row[column].length());
      }
    }
    String format =
        String.format(
            Locale.ROOT,
            "%%-%ds  %%-%ds  %%-%ds  %%%ds  %%%ds",
            widths[0],
            widths[1],
            widths[2],
            widths[3],
            widths[4]);
    return rows.stream()
        .map(row -> String.format(Locale.ROOT, format, (Object[]) row))
        .collect(Collectors.joining("\n"));
  }
}
