package org.spikelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spikelet.autodiff.Gradients;
import org.spikelet.autodiff.Parameter;
import org.spikelet.autodiff.Tensor;

/** What holds for every transformation of gradients: it saves all that it remembers. */
class GradientTransformationTableTest {

  private static final long SEED = 5;
  private static final int SAVED = 40;
  private static final int STEPS = 80;

  /** Divides by the number of its calls, and saves nothing. */
  private static final class Forgetful implements GradientTransformation {
    private double steps;

    @Override
    public Gradients apply(Gradients gradients) {
      return gradients.scale(1 / ++steps);
    }
  }

  static Set<String> transformations() {
    return GradientTransformationTable.rows().keySet();
  }

  private static Function<List<Parameter>, GradientTransformation> row(String name) {
    return GradientTransformationTable.rows().get(name);
  }

  @Test
  void noTransformationIsMissingFromTheTable() {
    assertThat(transformations().stream().filter(name -> !name.startsWith("(")))
        .as("the rows of GradientTransformationTable; add one for each that is missing")
        .containsExactlyInAnyOrderElementsOf(GradientTransformationTable.declared());
  }

  @ParameterizedTest
  @MethodSource("transformations")
  void whatFollowsARestoredStateHasTheSameBits(String name) {
    checkRestored(row(name));
  }

  @Test
  void oneThatForgetsItsStateIsFound() {
    assertThatThrownBy(() -> checkRestored(p -> new Forgetful()))
        .isInstanceOf(AssertionError.class);
  }

  private static void checkRestored(Function<List<Parameter>, GradientTransformation> kind) {
    TransformedRun run = new TransformedRun(SEED, kind);
    run.train(0, SAVED);
    List<Tensor> weights = run.parameters();
    OptimizerState adam = run.adam.save();
    List<Tensor> state = run.transformation.save();
    run.train(SAVED, STEPS);
    double[] expected = run.weights();
    List<double[]> after = arrays(run.transformation.save());

    TransformedRun fresh = new TransformedRun(SEED, kind);
    for (TransformedRun restored : List.of(run, fresh)) {
      restored.continueFrom(weights, adam, state);
      restored.train(SAVED, STEPS);
      String which = restored == run ? "restored" : "restored to a new one";
      assertThat(restored.weights()).as(which).containsExactly(expected);
      assertThat(arrays(restored.transformation.save()))
          .as("the state of the one %s", which)
          .usingRecursiveComparison()
          .isEqualTo(after);
    }
  }

  private static List<double[]> arrays(List<Tensor> state) {
    return state.stream().map(Tensor::toArray).toList();
  }

  @ParameterizedTest
  @MethodSource("transformations")
  void aStateOfAnotherNumberOfTensorsIsRefusedAndNothingHasChanged(String name) {
    TransformedRun run = new TransformedRun(SEED, row(name));
    run.train(0, SAVED);
    List<Tensor> state = run.transformation.save();
    List<double[]> before = arrays(state);
    List<Tensor> more = new ArrayList<>(state);
    more.add(Tensor.scalar(1));
    List<List<Tensor>> others =
        state.isEmpty() ? List.of(more) : List.of(more, state.subList(1, state.size()));
    for (List<Tensor> other : others) {
      assertThatThrownBy(() -> run.transformation.restore(other))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(arrays(run.transformation.save())).usingRecursiveComparison().isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource("transformations")
  void gradientsOfNothingStayGradientsOfNothing(String name) {
    assertThat(row(name).apply(List.of()).apply(Gradients.none()).isEmpty()).isTrue();
  }

  /** So a snapshot can be taken before the first step. */
  @ParameterizedTest
  @MethodSource("transformations")
  void asManyTensorsAreSavedAtTheFirstStepAsLater(String name) {
    TransformedRun run = new TransformedRun(SEED, row(name));
    Stream<Tensor> first = run.transformation.save().stream();
    run.train(0, SAVED);
    assertThat(run.transformation.save()).hasSize((int) first.count());
  }
}
