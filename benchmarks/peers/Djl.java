import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import java.util.Arrays;
import java.util.Locale;
import org.spikelet.benchmarks.Timing;

/**
 * DJL's side of the comparison, with its PyTorch engine on one thread.
 *
 * <p>Products are in float64. Trainings are in float32, half the memory and twice the elements in a
 * vector: DJL's trainer reads each gradient as a float, and refuses others.
 */
final class Djl {

  private Djl() {}

  public static void main(String[] arguments) {
    double warmUp = Double.parseDouble(arguments[0]);
    double seconds = Double.parseDouble(arguments[1]);
    for (int i = 2; i < arguments.length; i++) {
      double time =
          arguments[i].startsWith("matmul ")
              ? product(warmUp, seconds, Integer.parseInt(arguments[i].substring(7)))
              : training(warmUp, seconds, arguments[i]);
      System.out.printf(Locale.ROOT, "%s\t%.3f%n", arguments[i], time);
    }
  }

  private static double product(double warmUp, double seconds, int n) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray a = manager.randomUniform(-1, 1, new Shape(n, n), DataType.FLOAT64);
      NDArray b = manager.randomUniform(-1, 1, new Shape(n, n), DataType.FLOAT64);
      return Timing.microseconds(warmUp, seconds, () -> a.matMul(b).close());
    }
  }

  private static double training(double warmUp, double seconds, String setting) {
    int x = setting.indexOf(" x ");
    int[] widths =
        Arrays.stream(setting.substring(0, x).split("-", -1)).mapToInt(Integer::parseInt).toArray();
    int rows = Integer.parseInt(setting.substring(x + 3));
    SequentialBlock net = new SequentialBlock();
    for (int i = 1; i < widths.length; i++) {
      net.add(Linear.builder().setUnits(widths[i]).build());
      if (i < widths.length - 1) {
        net.add(Activation.reluBlock());
      }
    }
    Loss loss = Loss.softmaxCrossEntropyLoss();
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(loss).optOptimizer(Optimizer.adam().build());
    try (Model model = Model.newInstance("net")) {
      model.setDataType(DataType.FLOAT32);
      model.setBlock(net);
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(new Shape(rows, widths[0]));
        NDManager manager = trainer.getManager();
        NDArray inputs = manager.randomUniform(-1, 1, new Shape(rows, widths[0]), DataType.FLOAT32);
        NDArray targets =
            manager
                .randomUniform(0, widths[widths.length - 1], new Shape(rows))
                .floor()
                .toType(DataType.INT64, false);
        return Timing.microseconds(warmUp, seconds, () -> step(trainer, loss, inputs, targets));
      }
    }
  }

  /** A step; what it makes is freed at its end. */
  private static void step(Trainer trainer, Loss loss, NDArray inputs, NDArray targets) {
    try (NDManager scope = trainer.getManager().newSubManager()) {
      NDArray batch = inputs.duplicate();
      batch.attach(scope);
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDArray value = loss.evaluate(new NDList(targets), trainer.forward(new NDList(batch)));
        collector.backward(value);
        value.toArray();
      }
      trainer.step();
    }
  }
}
