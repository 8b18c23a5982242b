package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** For every operation: an observer learns what is on the tape, and changes nothing. */
class TapeObserverProperties {

  private static final class Witness implements TapeObserver {

    final List<Operation> kept = new ArrayList<>();
    final List<Operation.Input> started = new ArrayList<>();
    final List<Operation.Input> ended = new ArrayList<>();

    @Override
    public void computed(Tape tape, Operation operation) {
      if (tape.tracks(operation.output())) {
        kept.add(operation);
      }
    }

    @Override
    public void ruleStarts(Tape tape, Operation operation, Operation.Input input, Tensor gradient) {
      assertThat(gradient.shape()).isEqualTo(operation.output().shape());
      started.add(input);
    }

    @Override
    public void ruleEnds(
        Tape tape, Operation operation, Operation.Input input, Tensor gradient, Tensor derivative) {
      assertThat(derivative.shape()).isEqualTo(input.tensor().shape());
      ended.add(input);
    }
  }

  /** The output and all gradients. */
  private static List<double[]> run(Trial trial, Tape tape) {
    List<Tensor> leaves = trial.inputs().stream().map(tape::watch).toList();
    Tensor y = trial.function().apply(leaves);
    List<double[]> numbers = new ArrayList<>(List.of(y.toArray()));
    if (tape.tracks(y)) {
      Gradients gradients = tape.gradients(y, Tensor.ones(y.shape()));
      leaves.forEach(leaf -> numbers.add(gradients.of(leaf).toArray()));
    }
    return numbers;
  }

  @Property(tries = 50)
  void theBitsAreTheSameWithAndWithoutAnObserver(@ForAll("shapes") Shape shape, @ForAll long seed) {
    for (String signature : OperationTable.signatures()) {
      List<double[]> watched;
      try (Tape tape = Tape.record(new Witness())) {
        watched = run(OperationTable.trial(signature, new Sample(shape, seed)), tape);
      }
      try (Tape tape = Tape.record()) {
        List<double[]> plain = run(OperationTable.trial(signature, new Sample(shape, seed)), tape);
        assertThat(watched.toArray(double[][]::new))
            .as(signature)
            .isDeepEqualTo(plain.toArray(double[][]::new));
      }
    }
  }

  /**
   * Each operation once, first to last; the rule of each input that leads to a leaf, in reverse.
   */
  @Property(tries = 50)
  void everyOperationAndEveryRuleIsToldOnce(@ForAll("shapes") Shape shape, @ForAll long seed) {
    for (String signature : OperationTable.signatures()) {
      Witness witness = new Witness();
      try (Tape tape = Tape.record(witness)) {
        Trial trial = OperationTable.trial(signature, new Sample(shape, seed));
        run(trial, tape);
        assertThat(witness.kept)
            .as(signature)
            .doesNotHaveDuplicates()
            .hasSize(tape.size() - trial.inputs().size());
        List<Operation.Input> rules = new ArrayList<>();
        for (Operation operation : witness.kept) {
          List<Operation.Input> inputs =
              operation.inputs().stream().filter(in -> tape.tracks(in.tensor())).toList();
          assertThat(inputs).as(signature).isNotEmpty();
          rules.addAll(0, inputs);
        }
        assertThat(witness.started).as(signature).containsExactlyElementsOf(rules);
        assertThat(witness.ended).as(signature).containsExactlyElementsOf(rules);
      }
    }
  }

  @Provide
  Arbitrary<Shape> shapes() {
    return Sample.shapes();
  }
}
