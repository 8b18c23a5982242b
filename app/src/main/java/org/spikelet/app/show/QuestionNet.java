package org.spikelet.app.show;

import org.spikelet.app.question.Comparison;
import org.spikelet.app.question.Problem;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Losses;
import org.spikelet.nn.Module;
import org.spikelet.optim.Adam;
import org.spikelet.optim.Batch;
import org.spikelet.optim.DataLoader;
import org.spikelet.optim.Optimizer;

/** The flagship's training with Adam, written out so that its lines can be shown. */
final class QuestionNet {

  private static final int SEED = 1;
  private static final int EPOCHS = 11;

  private QuestionNet() {}

  /** Trains for 11 epochs of 48 steps: more than can be asked for. */
  static void train(String... args) {
    Comparison flagship = Comparison.flagship(SEED, Comparison.FLAGSHIP);
    Problem problem = flagship.problem();
    Module net = problem.net();
    Optimizer adam = new Adam(net.parameters(), flagship.settings().adamRate());
    DataLoader loader =
        new DataLoader(problem.data(), flagship.settings().batchSize())
            .withShuffle(problem.shuffleSeed());
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      for (Batch batch : loader) {
        try (Tape tape = Tape.record()) {
          Tensor prediction = net.forward(batch.inputs());
          Tensor loss = Losses.meanSquaredError(prediction, batch.targets());
          adam.step(tape.gradients(loss));
        }
      }
    }
  }
}
