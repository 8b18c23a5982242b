package org.spikelet.optim;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;
import org.spikelet.optim.file.DamagedFile;
import org.spikelet.optim.file.Disk;
import org.spikelet.optim.file.Section;
import org.spikelet.optim.file.SectionFile;

/**
 * All that evolves in a training, to be saved to a file and loaded again: what follows has the same
 * bits as if the training had never stopped.
 *
 * <pre>{@code
 * Trainer trainer = new Trainer(net::forward, Losses::crossEntropy, adam, loader).listen(history);
 * Checkpoint checkpoint = new Checkpoint(trainer, net.state());
 * trainer.run(5_000);
 * checkpoint.save(Path.of("half.spk"));
 *
 * // Another day: make net, adam, loader, trainer and checkpoint as above, and then
 * checkpoint.load(Path.of("half.spk"));
 * trainer.run(5_000);
 * }</pre>
 *
 * <p>In the file are the parameters, frozen ones too; the optimizer's arrays, counts and step; what
 * the transformation of the gradients remembers; the trainer's step, of which the {@link
 * DataLoader}'s batches are a function; and the state of each listener that is {@link Stateful}:
 * {@link History}, {@link EarlyStopping}, {@link WeightAverage}, or one of your own. Make and
 * attach the same ones in the same order before loading. Whatever else evolves is added by {@link
 * #with}.
 *
 * <p>A listener that remembers something and is not {@link Stateful} begins anew; attach it after
 * loading.
 *
 * <p>Functions come from the program and not from the file: model, loss, schedules, lambdas. Of a
 * schedule the last rate is saved and compared. The settings of optimizer, transformation,
 * listeners and loader, and a checksum of the data, must be what they were, or the error says what
 * differs. The bits are the same on the same JDK and with the same kernels.
 *
 * <p>A file is the old one or the new one, whole, at any moment; a damaged one is refused. {@link
 * Checkpoints} saves while a training runs. In a loop of your own, call {@link Trainer#startAt}
 * with the steps taken before you save.
 *
 * <p>In PyTorch: {@index torch.save}, {@index load_state_dict}.
 */
public final class Checkpoint {

  private static final String MEASURE = "measure";
  private static final String TRANSFORMATION = "transformation";
  private static final String LISTENER = "listener ";
  private static final Set<String> RESERVED =
      Set.of(Parts.TRAINING, Parts.PARAMETERS, Parts.OPTIMIZER, TRANSFORMATION, MEASURE);

  private final Trainer trainer;
  private final Map<String, Parameter> parameters;
  private final Map<Parameter, String> paths = new HashMap<>();
  private final Map<String, Stateful> more = new LinkedHashMap<>();
  private final Disk disk;

  /** Of the data, which do not change. */
  private String data = "";

  /**
   * Prepares to save and load a training.
   *
   * @param state all that belongs to the model's state, frozen parameters included: {@code
   *     net.state()}
   */
  public Checkpoint(Trainer trainer, Map<String, Parameter> state) {
    this(trainer, state, Disk.REAL);
  }

  /** The disk may be a faulty one, for tests. */
  Checkpoint(Trainer trainer, Map<String, Parameter> state, Disk disk) {
    this.trainer = Check.given("trainer", trainer);
    this.parameters = new LinkedHashMap<>(Check.given("state", state));
    this.disk = disk;
    parameters.forEach((path, parameter) -> paths.put(parameter, path));
    for (Parameter parameter : trainer.optimizer().parameters()) {
      if (!paths.containsKey(parameter)) {
        // The model's state does not have it, but the optimizer trains it.
        String path = "optimizer." + parameters.size() + "." + parameter.name();
        paths.put(parameter, path);
        parameters.put(path, parameter);
      }
    }
  }

  /**
   * Adds something else that evolves, and returns this.
   *
   * @param name what it is called in the file
   * @throws IllegalArgumentException if the name is taken
   */
  public Checkpoint with(String name, Stateful part) {
    Check.given("name", name);
    Check.given("part", part);
    if (RESERVED.contains(name) || name.startsWith(LISTENER) || more.containsKey(name)) {
      throw new IllegalArgumentException(
          "checkpoint: there is a part '" + name + "' already; take another name");
    }
    more.put(name, part);
    return this;
  }

  /**
   * Writes a file, or replaces one.
   *
   * @throws IOException if it cannot be written; what was there before is there still
   */
  public void save(Path file) throws IOException {
    save(file, OptionalDouble.empty());
  }

  /** With the measure by which it may be the best. */
  void save(Path file, OptionalDouble measure) throws IOException {
    List<Section> sections = new ArrayList<>(sections(measure).values());
    try {
      SectionFile.write(file, sections, disk);
    } catch (IOException e) {
      throw new IOException(
          "save: '%s' could not be written (%s); what was there before is there still"
              .formatted(file, NumberedFiles.reason(e)),
          e);
    }
    try {
      disk.forceFolder(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new IOException(
          "save: '%s' is written, but the disk does not confirm it (%s); after a power failure there may be what was there before"
              .formatted(file, NumberedFiles.reason(e)),
          e);
    }
  }

  /**
   * Goes back to what a file holds. Modifies the parameters, the optimizer, the trainer's step, and
   * whatever else is saved.
   *
   * @throws IOException if the file cannot be read, or is no checkpoint, or damaged: the message
   *     says at which byte
   * @throws IllegalArgumentException if it was saved by another training: the message lists all
   *     that differs, and nothing has changed
   */
  public void load(Path file) throws IOException {
    restore(file, read(file));
  }

  /** Returns the parameters in a file by path, frozen ones too, such as to evaluate a model. */
  public static Map<String, Tensor> parameters(Path file) throws IOException {
    return require(file, read(file), Parts.PARAMETERS).tensors();
  }

  Trainer trainer() {
    return trainer;
  }

  Disk disk() {
    return disk;
  }

  /** The measure in a file; empty if it was saved without one. */
  static OptionalDouble measure(Path file) throws IOException {
    Section section = read(file).get(MEASURE);
    return section == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(section.tensors().get(MEASURE).item());
  }

  private static Map<String, Section> read(Path file) throws IOException {
    try {
      return byName(SectionFile.read(file));
    } catch (DamagedFile e) {
      throw new IOException(
          "load: '%s' is damaged: %s%s"
              .formatted(file, e.getMessage(), NumberedFiles.offerBefore(file)),
          e);
    } catch (IOException e) {
      throw new IOException(
          "load: '%s' could not be read (%s)".formatted(file, NumberedFiles.reason(e)), e);
    }
  }

  private static Map<String, Section> byName(List<Section> sections) {
    Map<String, Section> named = new LinkedHashMap<>();
    sections.forEach(section -> named.put(section.name(), section));
    return named;
  }

  private static Section require(Path file, Map<String, Section> sections, String name)
      throws IOException {
    if (!sections.containsKey(name)) {
      throw new IOException("load: '%s' holds no %s".formatted(file, name));
    }
    return sections.get(name);
  }

  private LongFunction<String> path() {
    List<Parameter> trained = trainer.optimizer().parameters();
    return k -> paths.get(trained.get((int) k));
  }

  private Map<String, Section> sections(OptionalDouble measure) {
    List<Section> sections = new ArrayList<>();
    if (data.isEmpty()) {
      data = Parts.sum(trainer.loader().data());
    }
    sections.add(Parts.training(trainer, data));
    sections.add(Parts.parameters(parameters));
    sections.add(Parts.optimizer(trainer.optimizer(), path()));
    parts().forEach((name, part) -> sections.add(Parts.stateful(name, part)));
    if (measure.isPresent()) {
      Tensor value = Tensor.scalar(measure.getAsDouble());
      sections.add(new Section(MEASURE, "", "", Map.of(MEASURE, value)));
    }
    return byName(sections);
  }

  /** All that is stateful by itself. */
  private Map<String, Stateful> parts() {
    Map<String, Stateful> parts = new LinkedHashMap<>();
    parts.put(TRANSFORMATION, trainer.transformation());
    int count = 0;
    for (TrainingListener listener : trainer.listeners()) {
      if (listener instanceof Stateful stateful) {
        parts.put(LISTENER + ++count, stateful);
      }
    }
    parts.putAll(more);
    return parts;
  }

  private void restore(Path file, Map<String, Section> saved) {
    saved.remove(MEASURE);
    Map<String, Section> before = sections(OptionalDouble.empty());
    before.put(Parts.PARAMETERS, copy(before.get(Parts.PARAMETERS)));
    refuse(file, Differences.of(saved, before));
    List<String> problems = List.of("it could not be restored");
    try {
      problems = put(saved);
      problems.addAll(Parts.differencesOfSchedule(trainer.optimizer(), saved.get(Parts.OPTIMIZER)));
    } finally {
      if (!problems.isEmpty()) {
        put(before);
      }
    }
    refuse(file, problems);
  }

  private static Section copy(Section parameters) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    parameters.tensors().forEach((path, parameter) -> copies.put(path, parameter.copy()));
    return new Section(parameters.name(), parameters.kind(), parameters.settings(), copies);
  }

  private static void refuse(Path file, List<String> problems) {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          problems.stream()
              .map(problem -> "\n- " + problem)
              .collect(
                  Collectors.joining(
                      "", "load: '" + file + "' is of another training; nothing is changed:", "")));
    }
  }

  /** Restores all parts; returns what some of them say against it. */
  private List<String> put(Map<String, Section> sections) {
    List<String> problems = new ArrayList<>();
    Parts.restoreTraining(trainer, sections.get(Parts.TRAINING));
    Parts.restoreParameters(parameters, sections.get(Parts.PARAMETERS));
    Parts.restoreOptimizer(trainer.optimizer(), path(), sections.get(Parts.OPTIMIZER));
    parts()
        .forEach(
            (name, part) -> {
              try {
                Parts.restoreStateful(part, sections.get(name));
              } catch (RuntimeException e) {
                problems.add(name + ": " + e.getMessage());
              }
            });
    return problems;
  }
}
