package org.spikelet.optim;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Shape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.optim.file.Disk;

/** A small training of one row of each table, with all that evolves, and everything by a seed. */
final class ResumableRun {

  /** 11 rows in batches of 3: the last batch of an epoch is small, and an epoch has 4. */
  private static final int ROWS = 11;

  /** One row of each table, by its name. */
  record Choice(String optimizer, String net, String schedule, String transformation) {

    static final Choice ALL_OPTIONS =
        new Choice("AMSGrad", "Sequential", "warmUp", "GradientTransformation.then");

    static List<String> optimizers() {
      return OptimizerTable.rows().map(OptimizerTable.Row::name).toList();
    }

    OptimizerTable.Row row() {
      return OptimizerTable.rows()
          .filter(row -> row.name().equals(optimizer))
          .findFirst()
          .orElseThrow();
    }
  }

  final Module net;
  final Trainer trainer;
  final Checkpoint checkpoint;
  final History history = new History();
  final WeightAverage average;
  final EarlyStopping stopping;

  ResumableRun(long seed, Choice choice) {
    this(seed, choice, Disk.REAL);
  }

  ResumableRun(long seed, Choice choice, Disk disk) {
    RandomGenerator random = new SplittableRandom(seed);
    Dataset data = new Dataset(uniform(random, NetTable.FEATURES), uniform(random, 1));
    net = NetTable.make(choice.net(), random);
    List<Parameter> parameters = net.parameters();
    Schedule schedule = ScheduleTable.rows().get(choice.schedule());
    trainer =
        new Trainer(
            net::forward,
            Losses::meanSquaredError,
            choice.row().constructor().apply(parameters, t -> 0.1 * schedule.at(t)),
            new DataLoader(data, 3).withShuffle(seed),
            GradientTransformationTable.rows().get(choice.transformation()).apply(parameters));
    average = new WeightAverage(parameters, 0.9);
    // The measure changes nothing, and its best is at some step in the middle.
    stopping =
        new EarlyStopping(
            () -> Math.abs(history.losses().length - 9.0), 2, 1000, 0, net.state().values());
    trainer.listen(history).listen(average).listen(stopping);
    checkpoint = new Checkpoint(trainer, net.state(), disk);
  }

  private static Tensor uniform(RandomGenerator random, int columns) {
    return Tensor.of(
        Shape.of(ROWS, columns), random.doubles((long) ROWS * columns, -2, 2).toArray());
  }

  /** All bits that evolve, in the words of the state itself and not of a file. */
  List<String> bits() {
    List<String> bits = new ArrayList<>();
    bits.add("steps " + trainer.steps() + " " + trainer.optimizer().steps());
    bits.add("rate " + trainer.optimizer().learningRate());
    net.state().forEach((path, parameter) -> bits.add(path + " " + hex(parameter)));
    for (Slot slot : trainer.optimizer().slots()) {
      bits.add("updates " + slot.updates());
      for (double[] array : slot.arrays()) {
        bits.add("array " + hex(Tensor.vector(array)));
      }
    }
    for (Stateful part : List.of(trainer.transformation(), history, average, stopping)) {
      part.save().forEach(tensor -> bits.add(part.getClass().getName() + " " + hex(tensor)));
    }
    return bits;
  }

  private static String hex(Tensor tensor) {
    return Arrays.stream(tensor.toArray())
        .mapToObj(value -> Long.toHexString(Double.doubleToRawLongBits(value)))
        .collect(Collectors.joining(" ", tensor.shape() + " ", ""));
  }

  /** In a JVM of its own: loads a file, trains some steps, prints all bits. */
  public static void main(String[] arguments) throws IOException {
    ResumableRun run = new ResumableRun(1, Choice.ALL_OPTIONS);
    run.checkpoint.load(Path.of(arguments[0]));
    run.trainer.run(Long.parseLong(arguments[1]));
    run.bits().forEach(System.out::println);
  }
}
