package org.spikelet.app.options;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.spikelet.app.command.Arguments;
import org.spikelet.nn.BatchNorm;
import org.spikelet.nn.Dense;
import org.spikelet.nn.Dropout;
import org.spikelet.nn.Initializer;
import org.spikelet.nn.Module;
import org.spikelet.nn.Sequential;
import picocli.CommandLine.Option;

/** The options that say which net to train. */
public final class NetOptions {

  @Option(
      names = "--hidden",
      paramLabel = "WIDTHS",
      split = ",",
      defaultValue = "100,40",
      description = "Widths of the hidden layers (default: ${DEFAULT-VALUE}).")
  private List<Integer> hidden;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      defaultValue = "relu",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ActivationChoice activation;

  @Option(names = "--batch-norm", description = "Batch normalization in each hidden layer.")
  private boolean batchNorm;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      defaultValue = "0",
      description = "Dropout in each hidden layer (default: none).")
  private double dropout;

  /** Made by the command line, which sets the options. */
  public NetOptions() {}

  /** Refuses values that are out of range. */
  public void check(Arguments arguments) {
    if (hidden.stream().anyMatch(width -> width < 1)) {
      throw arguments.invalid("--hidden", "must be at least 1", hidden);
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw arguments.invalid("--dropout", "must be in [0, 1)", dropout);
    }
  }

  /** Returns the widths of the hidden layers. */
  public List<Integer> hidden() {
    return hidden;
  }

  /** Returns the activation of the hidden layers. */
  public ActivationChoice activation() {
    return activation;
  }

  boolean batchNorm() {
    return batchNorm;
  }

  /** Returns a net with its first weights: He et al.'s for relu, Glorot and Bengio's for others. */
  public Module of(int inputs, int outputs, SplittableRandom random) {
    List<Module> layers = new ArrayList<>();
    Initializer initializer =
        activation == ActivationChoice.RELU ? Initializer.HE_NORMAL : Initializer.XAVIER_NORMAL;
    int width = inputs;
    for (int next : hidden) {
      layers.add(Dense.of(width, next, random, initializer));
      if (batchNorm) {
        layers.add(BatchNorm.of(next));
      }
      layers.add(activation.activation());
      if (dropout > 0) {
        layers.add(Dropout.of(dropout, random.split()));
      }
      width = next;
    }
    layers.add(Dense.of(width, outputs, random, initializer));
    return Sequential.of(layers.toArray(Module[]::new));
  }

  /** Describes it. */
  public String words() {
    return "Hidden layers of "
        + widths()
        + ", "
        + activation
        + (batchNorm ? ", batch normalization" : "")
        + (dropout > 0 ? ", dropout " + dropout : "");
  }

  /** Returns the widths with commas between them. */
  public String widths() {
    return hidden.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
