package org.spikelet.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** For every operation: an observer learns what is on the tape, and changes nothing but digits. */
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
    return run(trial, tape, trial.inputs().stream().map(tape::watch).toList());
  }

  private static List<double[]> run(Trial trial, Tape tape, List<Tensor> leaves) {
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

  /** One that rounds gets every result before it is read: none is left with more digits. */
  @Property(tries = 50)
  void everyResultCanBeRounded(@ForAll("shapes") Shape shape, @ForAll long seed) {
    TapeObserver rounding =
        new TapeObserver() {
          @Override
          public void round(double[] elements) {
            Arrays.setAll(elements, i -> (float) elements[i]);
          }

          @Override
          public void computed(Tape tape, Operation operation) {
            assertRounded(operation.name(), operation.output().toArray());
          }
        };
    for (String signature : OperationTable.signatures()) {
      Trial trial = OperationTable.trial(signature, new Sample(shape, seed));
      try (Tape tape = Tape.record(rounding)) {
        List<Tensor> leaves = trial.inputs().stream().map(x -> tape.watch(rounded(x))).toList();
        run(trial, tape, leaves).forEach(numbers -> assertRounded(signature, numbers));
      }
    }
  }

  private static Tensor rounded(Tensor x) {
    return Tensor.of(x.shape(), Arrays.stream(x.toArray()).map(v -> (float) v).toArray());
  }

  private static void assertRounded(String name, double[] values) {
    assertThat(values)
        .as(name)
        .containsExactly(Arrays.stream(values).map(x -> (float) x).toArray());
  }

  @Provide
  Arbitrary<Shape> shapes() {
    return Sample.shapes();
  }
}
